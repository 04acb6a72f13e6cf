"""Document -> sentences with their citation groups."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.document import Block, Document
from ledger.extract.markdown import read_markdown
from ledger.split import split
from ledger.split.cuts import cuts
from ledger.split.habits import habits_of
from ledger.split.one_sentence import is_one


def sentences(text: str) -> list[tuple[str, list[str]]]:
    document = read_markdown(text)
    return [
        (document.text[each.start : each.end], [m.raw for group in each.groups for m in group])
        for each in split(document)
    ]


def test_a_cell_without_marker_is_a_claim_when_it_is_a_sentence() -> None:
    rows = (
        "| Bread fell by ten percent. | Milk rose [1]. |\n"
        "| Wheat | Tea rose [2] |\n"
        "| Kg. | Oats rose [3] |\n"
        "| Rye and barley both fell | Salt rose [4] |\n"
        "| Rye and barley fell | Salt fell [5] |"
    )

    assert sentences(rows) == [
        ("Bread fell by ten percent.", []),
        ("Milk rose.", ["[1]"]),
        ("Tea rose", ["[2]"]),
        ("Oats rose", ["[3]"]),
        ("Rye and barley both fell", []),
        ("Salt rose", ["[4]"]),
        ("Salt fell", ["[5]"]),
    ]


def test_a_work_that_the_last_sentence_is_about_stands_for_none_above_it() -> None:
    said = "Prices rose. [3] is a survey.\n\nBread fell. Milk rose [2].\n\nIt fell. [3] is old [3]."

    covered = [each.covered for each in split(read_markdown(said))]

    assert covered == [False, False, True, False, True, False]


def test_a_quotation_mark_that_opens_a_sentence_belongs_to_it() -> None:
    assert sentences('Prices rose [1]. "Bread fell," he said [2].') == [
        ("Prices rose.", ["[1]"]),
        ('"Bread fell," he said.', ["[2]"]),
    ]


def test_who_says_it_behind_a_comma_belongs_to_the_quotation() -> None:
    assert sentences("“Que me den alguna fecha...”, se queja. Nadie la tiene.") == [
        ("“Que me den alguna fecha...”, se queja.", []),
        ("Nadie la tiene.", []),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Le paratoie nuove erano state chieste al comune due anni fa.| Lo ha scritto il giornale.",
        "I tecnici dissero di no.| Era il sindaco che le voleva. |Ne parla il sig. Roe.",
        "Se preguntó en el pueblo, y el alcalde dijo que no.| Era el dueño de la finca.",
    ],
)
def test_words_that_look_like_short_ones_end_sentences(text: str) -> None:
    whole = text.replace("|", "")

    assert [said for said, _ in sentences(whole)] == [each.strip() for each in text.split("|")]


@pytest.mark.parametrize(
    "text",
    [
        "Der Damm hat die Stadt am Ende 5 Mrd. gekostet, und es waren 12 Mio.| Die Bürger zahlen.",
        "El pueblo perdió un tercio de su agua en ene. 2023 porque llovió poco en toda la zona.",
        "Le maire peut interdire ces voies selon l'art. L. 2213-4 du code.| Il ne le fait pas.",
        "Tama została otwarta 2. 5. 2021 i miasto zapłaciło za nią samo, jak mówi jej burmistrz.",
    ],
)
def test_stops_of_amounts_months_codes_and_days(text: str) -> None:
    whole = text.replace("|", "")

    assert [said for said, _ in sentences(whole)] == [each.strip() for each in text.split("|")]


def test_a_marker_between_a_stop_and_a_small_letter_ends_nothing() -> None:
    assert sentences("The firm Acme Inc. [1] rose.") == [("The firm Acme Inc. rose.", ["[1]"])]


def test_a_name_with_a_mail_address_says_nothing() -> None:
    document = read_markdown(
        "Dams fell.\n\nAnn Roe, roe@post.example\n\n최윤호 기자 choi@post.example\n"
    )

    assert [each.asserts for each in split(document)] == [True, False, False]


def test_a_long_block_has_the_sentences_of_its_parts() -> None:
    sentence = "The price of bread rose in the north. "
    found = sentences(sentence * 1500)

    assert found == [(sentence.strip(), [])] * 1500


def test_a_long_sentence_is_not_cut_where_the_library_gets_it_in_parts() -> None:
    text = "word " * 9000 + "end."

    assert sentences(text) == [(text, [])]


@pytest.mark.parametrize("unit", ["Abc. [1] ", "![a](", '"Abc. ', "a.", "。"])
def test_hostile_blocks_are_read_to_the_end(unit: str) -> None:
    # What is quadratic does not come back; benchmarks/parse.py has the timings.
    text = (unit * 200_000)[:200_000]

    assert sum(len(exact) for exact, _ in sentences(text)) <= len(text)


@given(st.text(alphabet='ab. "[1]|\n。?:', max_size=200))
def test_sentences_never_overlap_and_hold_every_mention_once(text: str) -> None:
    document = read_markdown(text)
    found = list(split(document))

    assert all(one.end <= other.start for one, other in pairwise(found))
    held = [mention for each in found for group in each.groups for mention in group]
    assert not found or len(held) == len(document.mentions)


_PIECES = (
    "Abc def 字 é 12 3.5 2020) (1) (a) a) (iv) ii) (mild) (2020) (A.B) 字（b） U.S x.Y node.js [a] "
    '。 ； ; : → • * † ” “ ’ " . ! ? .) …) … – %'
).split()


@example(["”", "a)", "”", "a)", "”", "Abc"], None, set())
@given(
    st.lists(st.sampled_from([*_PIECES, " ", " ", " ", " "]), min_size=1, max_size=15),
    st.sampled_from([None, "en", "de", "fr", "ru", "zh", "ja", "hi"]),
    st.sets(st.integers(0, 20), max_size=2),
)
def test_a_block_that_is_seen_to_be_one_sentence_is_cut_nowhere(
    pieces: list[str], language: str | None, places: set[int]
) -> None:
    text = "".join(pieces).strip()
    document = Document("test", text, (Block(0, len(text), "paragraph"),), language=language)
    markers = sorted(place for place in places if place <= len(text))

    if text and is_one(text, language, marked=bool(markers)):
        assert cuts(text, 0, markers, [], habits_of(document), 100) == set()


SOURCED = (
    "## Dams",
    "It fell by a third.",
    "Verdict: true",
    "*Source: [Herald](https://herald.example/a)*",
    "*Source: Reuters*",
    "> It fell.",
    "> — [Board](https://board.example/b)",
    "- Status: confirmed",
    "- Sources: [Post](https://post.example/c)",
    "- Summary: Dams fell by half.",
    "```\nmean(a, b)\n```",
    "📎 [Gazette](https://gazette.example/d)",
)
"""Blocks of which some only name the sources of others."""


@given(st.lists(st.sampled_from(SOURCED), max_size=9))
def test_lines_of_sources_lose_no_mention(blocks: list[str]) -> None:
    document = read_markdown("\n\n".join(blocks))
    sentences = list(split(document))
    kept = [mention.url for each in sentences for group in each.groups for mention in group]

    if sentences:
        assert sorted(map(str, kept)) == sorted(str(each.url) for each in document.mentions)
