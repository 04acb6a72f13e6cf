"""Clean text -> findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.markdown import read_markdown

LONG = "The dam near the town had been built in the thirties of the last century"


def findings(text: str) -> list[tuple[str, str]]:
    return [(each.code, each.detail) for each in read_markdown(text).findings]


@pytest.mark.parametrize(
    "rest", ["towns were flooded .", "towns were flooded , and", "towns [] fell.", "towns () fell."]
)
def test_what_a_stripped_marker_leaves_is_found(rest: str) -> None:
    assert [code for code, _ in findings(f"It broke [1]. Two {rest}")] == ["citation-lost"]


@pytest.mark.parametrize("rest", ["version .5 is out.", "wait ... and see.", "the .org domain."])
def test_other_spaces_before_stops_are_fine(rest: str) -> None:
    assert findings(f"It broke [1]. Then {rest}") == []


@pytest.mark.parametrize(
    "rest",
    ["we fit yi , θ2 and τ 2 .", "it lies in [ 0.13 , 1.26 ].", "gates . . . . . 7"],
)
def test_spaces_before_stops_in_formulas_and_tables_of_contents_are_fine(rest: str) -> None:
    assert [code for code, _ in findings(f"It broke [1]. Then {rest}")] == []


def test_a_text_without_citations_can_have_lost_none() -> None:
    assert findings("Two towns were flooded .") == []


def test_the_place_of_a_finding_is_an_offset_into_the_text() -> None:
    document = read_markdown("It broke [1]. Two towns were flooded .")

    (finding,) = document.findings
    assert document.text[(finding.at or 0) :] == " ."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LONG, ["unterminated-sentence"]),
        ("เขื่อนสร้างขึ้นในปีนั้นและระดับน้ำสูงขึ้นมากจนบ้านเรือนในหุบเขาถูกน้ำท่วมทั้งหมด", []),
        (f"{LONG}.", []),
        (f"{LONG}:", []),
        (f"“{LONG}.”", []),
        (f"{LONG}\n\n- and an item", []),
        ("Too short to tell", []),
        (f"- {LONG}", []),
    ],
)
def test_a_long_paragraph_must_end(text: str, expected: list[str]) -> None:
    assert [code for code, _ in findings(text)] == expected


def test_a_look_alike_is_named() -> None:
    ((code, detail),) = findings("The dаm broke.")

    assert code == "mixed-script"
    assert "“dam” was probably meant" in detail


def test_a_foreign_word_that_broke_another_is_undone_by_the_text_itself() -> None:
    ((code, detail),) = findings("The denuclearization talks. The den текст4 nuclearization goals.")

    assert code == "mixed-script"
    assert "“denuclearization”, which this text has elsewhere, was probably meant" in detail
    assert "the digits 4 may be what is left of a citation" in detail


def test_words_of_another_language_are_no_finding() -> None:
    assert findings("The newspaper Известия and the word κόσμος appear here.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Its band ν3 splits, and the lines at 1β and 42Ω stay.",
        "硫酸钙约922），ν3分裂约748–838。",
        "They measured ΔCoVaR, σVth, εlow, the NF-κB path, HIF-1α and 15μm.",
        "延迟为15μs级别，FWHM或σ，靠N与π电子吸附。",
        "PGC-1α는 높다.",
        "3D-модель была готова.",
    ],
)
def test_letters_of_greek_that_are_symbols_are_no_finding(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("The dαms broke.", "“dαms” mixes"),
        ("The cοuncil voted.", "“cοuncil” mixes"),
        ("他说Mосква市很大。", "“Mосква” mixes"),
        ("The κόσμος4 wide text.", "κόσμος4 wide"),
        ("Faster *х100 than that.", "the digits 100"),
    ],
)
def test_letters_that_broke_a_word_are_a_finding(text: str, odd: str) -> None:
    ((code, detail),) = findings(text)

    assert code == "mixed-script"
    assert odd in detail


@given(st.text(max_size=300))
def test_any_text_whatever_is_noticed(text: str) -> None:
    document = read_markdown(text)

    assert all(0 <= (each.at or 0) <= len(document.text) for each in document.findings)
