"""What a page says itself of whose words it holds. Names of agencies stand for themselves here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.credits import agency_of, elsewhere, home_of
from ledger.extract.html.metadata import credited
from ledger.finding_words import own_address

URL = "https://gazette.example/story"
PROSE = "The dam broke on Monday."


def agency(
    byline: tuple[str, ...] = (), prose: tuple[str, ...] = (), url: str = URL, detail: str = ""
) -> str | None:
    findings = [{"code": "wire-credit", "detail": detail}] if detail else []
    found = agency_of(url, byline, prose, findings)
    return found and found.name


@pytest.mark.parametrize(
    "byline",
    [
        "Reuters",
        "Reuters Staff",
        "By Reuters",
        "Ann Lee, Reuters",
        "Ann Lee for Reuters",
        "Reuters in Port Alder",
        "PORT ALDER - Reuters",
        "Por Reuters",
    ],
)
def test_a_byline_credits_an_agency(byline: str) -> None:
    assert agency((byline,)) == "Reuters"


def test_in_a_byline_the_name_of_a_family_is_no_agency() -> None:
    assert agency(("Von Ritzau",)) == "Ritzau"
    assert agency(("Anna von Ritzau",)) is None


@pytest.mark.parametrize(
    "prose",
    [
        (f"LONDON (Reuters) - {PROSE}",),
        (f"LONDON, March 3 (Reuters) — {PROSE}",),
        ("Summary of the day", f"LONDON (Reuters) - {PROSE}"),
        (f"Reuters – {PROSE}",),
        (PROSE, "© 2025 Reuters"),
        (PROSE, "Copyright 2025 Reuters."),
        (PROSE, "— Reuters"),
        (PROSE, "Quelle: Reuters"),
        (PROSE, "Источник: Рейтер"),
        (PROSE, "来源：路透社"),
        (PROSE, "المصدر: رويترز"),
        (PROSE, "Quelle: gazette.example, rts/Reuters"),
        (PROSE, "(Reuters)"),
    ],
)
def test_the_text_credits_an_agency_where_it_opens_and_where_it_closes(
    prose: tuple[str, ...],
) -> None:
    assert agency((), prose) == "Reuters"


@pytest.mark.parametrize(
    ("opening", "key"),
    [
        ("Hamburg (dpa/lno) - Die Brücke ist zu.", "dpa.com"),
        ("Hamburg. (dpa) Die Brücke ist zu.", "dpa.com"),
        ("Madrid, 3 mar (EFE).- El puente está cerrado.", "efe.com"),
        ("新华社北京3月3日电 大桥关闭。", "xinhuanet.com"),
        ("中新网3月3日电 大桥关闭。", "chinanews.com.cn"),
        ("Die Brücke ist zu. (APA, 4.3.2025)", "apa.at"),
        ("【北京共同】橋が閉鎖された。", "kyodonews.net"),
        ("[東京 3日 ロイター] - 橋が閉鎖された。", "reuters.com"),
        ("(서울=연합뉴스) 다리가 폐쇄됐다.", "yna.co.kr"),
        ("МОСКВА, 3 марта. /ТАСС/. Мост закрыт.", "tass.com"),
        ("МОСКВА, 3 мар — РИА Новости. Мост закрыт.", "ria.ru"),
        ("КИЇВ. 3 березня. УНІАН. Міст закрито.", "unian.ua"),
        ("Most jest zamknięty. (PAP)", "pap.pl"),
        ("Bron är stängd. (TT)", "tt.se"),
        ("Le pont est fermé. (ATS/AFP)", "afp.com"),
        ("الجسر مغلق. (أ ف ب)", "afp.com"),
        ("It was closed (Reuters).", None),
        ("(Gestern) Die Brücke ist zu.", None),
        ("Brücke. (Nachtrag) Sie ist zu.", None),
    ],
)
def test_the_ways_of_agencies_to_open_a_text(opening: str, key: str | None) -> None:
    found = agency_of(URL, (), (opening,), ())
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("note", "key"),
    [
        ("This story was provided by Reuters.", "reuters.com"),
        ("Reporting by Reuters", "reuters.com"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "reuters.com"),
        ("dpa/afp", "dpa.com"),
        ("mrc/dpa", "dpa.com"),
        ("Gazette/dpa", None),
        ("© dpa-infocom, dpa:250304-930-123456/1", "dpa.com"),
        (
            "This article is republished from The Conversation under a Creative Commons license.",
            "theconversation.com",
        ),
        ("Originally published by ProPublica.", "propublica.org"),
        ("This story was first published in The New York Times on 3 May.", "nytimes.com"),
        ("Republished with permission from ProPublica.", "propublica.org"),
        (
            "Cet article est republié à partir de The Conversation sous licence libre.",
            "theconversation.com",
        ),
        ("Este artículo fue publicado originalmente en The Conversation.", "theconversation.com"),
        ("Dieser Artikel erschien zuerst bei Reuters.", "reuters.com"),
        ("Reporting by Jane Roe; editing by John Doe", None),
        ("The report was published by Reuters last year.", None),
        ("This report was published in 2021.", None),
    ],
)
def test_a_page_that_says_where_its_text_was_first_has_the_words_of_that_outlet(
    note: str, key: str | None
) -> None:
    found = agency_of(URL, (), (PROSE, note), ())
    assert (found.key if found else None) == key


def test_brackets_behind_several_paragraphs_cite_and_credit_nobody() -> None:
    assert agency((), (f"{PROSE} (AFP)", f"{PROSE} (Reuters)")) is None


@pytest.mark.parametrize(
    "prose",
    [
        (PROSE, "Reuters contributed to this report."),
        (PROSE, "With material from Reuters."),
        (PROSE, "Photo: Reuters"),
        (f"{PROSE} Reuters reported it first.",),
        (f"Officials told Reuters - and others - that {PROSE}",),
        (f"The agency (Reuters) says that {PROSE}",),
        (PROSE, "Additional reporting: Reuters"),
        (PROSE, "Sources: the harbour master, Reuters"),
        ("(Gazette) - It broke.",),
        (PROSE, "© 2025 Gazette"),
        (),
    ],
)
def test_a_page_that_names_an_agency_otherwise_has_its_own_text(prose: tuple[str, ...]) -> None:
    assert agency((), prose) is None


def test_an_agency_that_credits_itself_speaks_for_itself() -> None:
    assert agency(("Reuters",), url="https://reuters.com/world/dam") is None


@pytest.mark.parametrize(
    "where", ["the page credits Reuters (JSON-LD)", "the text credits Reuters"]
)
def test_what_the_page_says_for_machines_is_taken_from_its_finding(where: str) -> None:
    assert agency(detail=where) == "Reuters"
    assert credited("LONDON (Reuters) - It broke.") == "Reuters"


def test_a_newspaper_in_the_field_for_agencies_is_no_agency() -> None:
    assert agency(detail="the page credits The Guardian (JSON-LD)") is None


@pytest.mark.parametrize(
    ("address", "is_elsewhere"),
    [
        ("https://courier.example/story", True),
        ("https://www.gazette.example/story", False),
        ("https://courier.example/", False),
        (None, False),
        ("urn:x", False),
    ],
)
def test_a_page_elsewhere_is_one_of_another_outlet(address: str | None, is_elsewhere: bool) -> None:
    assert elsewhere(URL, address) is is_elsewhere


def test_the_address_that_a_page_names_as_its_own_is_read_from_its_finding() -> None:
    finding = {"code": "other-address", "detail": own_address("https://courier.example/story")}

    assert home_of(URL, [finding]) == "https://courier.example/story"
    assert home_of("https://courier.example/1", [finding]) is None
    assert home_of(URL, [{"code": "other-address", "detail": "altered"}]) is None


@given(st.lists(st.text(max_size=80)), st.lists(st.text(max_size=300)))
def test_any_page_has_an_answer(byline: list[str], prose: list[str]) -> None:
    agency_of(URL, byline, prose, [{"code": "wire-credit", "detail": "?"}])
