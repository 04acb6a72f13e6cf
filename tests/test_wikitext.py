"""Wikitext -> documents: marks that nothing closes, templates, hostile pages.

What is read of footnotes is in the cases `wiki-*` of `fixtures/dialects/`.
"""

from unittest.mock import PropertyMock, patch

import mwparserfromhell
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.doubts import DOUBTS
from ledger.extract.media import WIKI
from ledger.extract.wiki.marks import balanced
from ledger.extract.wiki.publication import published
from ledger.extract.wiki.read import MAX_CHARACTERS, read_wikitext
from ledger.extract.wiki.words import SAID, SILENT

CITED = "{{cite web|url=http://a.example/b|title=C}}"


def page(text: str) -> Document:
    return read_wikitext(text, "page.wiki")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {{b|c}} [[d]] [http://e f] <ref>g</ref>", None),
        ("{|\n| a || {{b}}\n|}", None),
        ("a <br> b <li> c <ref name=x />", None),
        ("<nowiki>{{</nowiki> <!-- [[ --> <math>a{{b</math>", None),
        ("a {{b", "a &#123;&#123;b"),
        ("a [[b", "a &#91;&#91;b"),
        ("a [http://b\nc]", "a &#91;http://b\nc]"),
        ("a <ref>b", "a &#60;ref>b"),
        ("a <ref b", "a &lt;ref b"),
        ("a < b", "a &lt; b"),
        ("a <!-- b", "a &lt;!-- b"),
        ("a <nowiki>b", "a &lt;nowiki>b"),
        ("a <small>b", "a <!---->b"),
        ("a</div> b", "a<!----> b"),
        ("{{a|[[b}}", "{{a|&#91;&#91;b}}"),
        ("<ref name='a>b</ref>", "&lt;ref name='a>b<!---->"),
        ("{|\n| a", "&#123;|\n| a"),
        ("a {| b", None),
        ("[[a|[http://b c]]]", None),
        ("{{a|b|}} c", None),
    ],
)
def test_a_mark_that_nothing_closes_is_characters(text: str, expected: str | None) -> None:
    assert balanced(text) == (text if expected is None else expected)


MARKS = [
    "{{", "}}", "[[", "]]", "[http://a ", "]", "<ref>", "</ref>", "<ref name=x />", "<b>", "</b>",
    "<!--", "-->", "<nowiki>", "</nowiki>", "{|", "|}", "|-", "|", "\n", "\n* ", "''", "==", "a",
    "<ref name='", '"', "{{cite web|url=https://a.example/1}}", "{{efn|", "{{notelist}}", "{{r|x}}",
    "{{frac|", "{{sfn|Doe|2020}}", "{{citation needed}}", "&nbsp;", "[^use_n.1]", "[^doubt_n.0]",
    "<", " ",
]  # fmt: skip


@given(st.lists(st.sampled_from(MARKS), max_size=40))
def test_what_is_balanced_is_balanced(marks: list[str]) -> None:
    once = balanced("".join(marks))

    assert balanced(once) == once


@given(st.lists(st.sampled_from(MARKS), max_size=40))
@example(["{{r|x}}", "{{r|x}}", "{{r|x}}", "|-", "{{sfn|Doe|2020}}"])
@example(["{{", "<ref name=x />", "{{cite web|url=https://a.example/1}}"])
def test_any_page_whatever_is_read_and_each_footnote_is_listed(marks: list[str]) -> None:
    found = page("".join(marks))

    listed = {each.marker for each in found.references}
    assert {label for each in found.mentions for label in each.labels if each.url is None} <= listed
    assert all(0 <= each.at <= len(found.text) for each in found.mentions)


@given(st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=9))
def test_footnotes_count_from_their_first_use(names: list[str]) -> None:
    text = "".join(
        f'It was so {number}.<ref name="{name}">https://{name}.example/</ref> '
        for number, name in enumerate(names)
    )
    order = list(dict.fromkeys(names))

    found = page(text)

    assert [each.labels for each in found.mentions] == [(str(order.index(n) + 1),) for n in names]
    assert [each.url for each in found.references] == [f"https://{name}.example/" for name in order]


@pytest.mark.parametrize(
    "unit",
    [
        "{{a|", "[[a|", "<ref>", "<ref name=", "<ref a='", "<b>''</b>", "{{a|b=[[c]]", "<!--",
        "{|\n|", "{{frac|", "''", "\n* a", ":;", "[http://a ",
        "{{notelist}}{{efn|a<ref>b</ref>{{notelist}}}}",
    ],
)  # fmt: skip
def test_hostile_pages_come_back(unit: str) -> None:
    # With a parser that goes back to each opening this does not come back.
    found = page(unit * (30_000 // len(unit)))

    assert isinstance(found.text, str)


def test_nesting_ends_where_the_parser_would_give_up() -> None:
    deep = "{{frac|" * 60 + "1" + "}}" * 60

    assert mwparserfromhell.parse(balanced(deep)).filter_templates()
    assert "1" in page(f"The dam is {deep} high.").text


def test_a_page_longer_than_a_wiki_allows_is_refused() -> None:
    with pytest.raises(ExtractError) as caught:
        page("a" * (MAX_CHARACTERS + 1))

    assert caught.value.code == "too-large"


@pytest.mark.parametrize(
    ("name", "declared", "text", "expected"),
    [
        ("a.wiki", None, "The dam broke.", WIKI),
        ("a.mediawiki", None, "The dam broke.", WIKI),
        ("https://a.example/w?action=raw", "text/x-wiki; charset=UTF-8", "The dam broke.", WIKI),
        ("a.wikitext", "text/plain", "The dam broke.", WIKI),
        ("-", None, "'''Dam''' is a [[dam]].<ref>https://a.example</ref>", WIKI),
        ("a.txt", None, "== Dam ==\nIt is a [[dam]].{{sfn|Doe|2020}}", WIKI),
        ("a.txt", None, "A <ref>tag</ref> alone is none.", "text/plain"),
        ("a.txt", None, "Links [[a]] and [[b]] alone are none.", "text/plain"),
        ("a.md", None, "'''Dam''' is a [[dam]].<ref>https://a.example</ref>", "text/markdown"),
    ],
)
def test_what_is_wikitext(name: str, declared: str | None, text: str, expected: str) -> None:
    assert read(text.encode(), name=name, media_type=declared)[1] == expected


def test_no_template_is_known_for_two_things() -> None:
    assert not (DOUBTS.keys() & SAID.keys() | DOUBTS.keys() & SILENT | SAID.keys() & SILENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is {{frac|1|2}} {{lang|fr|barrage}}{{snd}}a dam.", "It is 1/2 barrage – a dam."),
        ("It cost {{US$|5}} {{as of|2020|5}}.", "It cost US$5 As of 2020-5."),
        ("It is {{frac|3}} or {{frac|1|2|3}} m{{'s}}.", "It is 1/3 or 1 2/3 m's."),
        ("It ''is'' {{{1|a}}} '''dam''' <small>still</small>.", "It is a dam still."),
        ("<blockquote>It fell.\nIt broke.</blockquote>", "It fell. It broke."),
        ("{{Quote|text=It fell.}}", "It fell."),
        ("It is {{transl|ar|ALA|sadd}} or {{transl|ar|sadda}}.", "It is sadd or sadda."),
        ("[[de:Damm]]\n[[:Category:Dams|Dams]] fell. [[Dam]]s too.", "Dams fell. Dams too."),
        ("__NOTOC__\nIt fell.{{refn|group=n|See.}}", "It fell."),
        ("{{DISPLAYTITLE:''The'' dam}}\nIt fell.", "It fell."),
        ("a * b ~ c [5] \\ d_e_ `f` <nowiki>[6]</nowiki>", "a * b ~ c [5] \\ d_e_ `f` [6]"),
        ("It fell, said {{harvtxt|Doe|2020}}.", "It fell, said Doe 2020."),
    ],
)
def test_the_words_of_a_page_are_those_it_shows(text: str, expected: str) -> None:
    assert page(text).text == expected


def test_a_title_is_what_the_page_says_it_is() -> None:
    assert page("{{DISPLAYTITLE:''The'' dam}}\nIt fell.").title == "The dam"
    assert page("== History ==\nIt fell.").title is None


def test_a_day_alone_on_the_first_line_is_that_of_the_page() -> None:
    found = page("{{date|March 3, 2012}}\n{{Germany}}\nIt fell.")

    assert (found.published, found.text) == ("2012-03-03", "It fell.")


def test_code_stays_as_it_stands() -> None:
    found = page("It runs:\n<syntaxhighlight lang=c>\na[1] = '''b''';\nc[2];\n</syntaxhighlight>")

    assert found.text == "It runs:\n\na[1] = '''b''';\n\nc[2];"
    assert [block.role for block in found.blocks] == ["paragraph", "code", "code"]
    assert not found.mentions


def test_short_citations_in_the_text_lead_to_the_one_entry_they_name() -> None:
    entry = "* {{cite book |last=Doe |year=2020 |title=%s |url=https://%s.example/}}\n"
    one = page("It fell ({{harv|Doe|2020}}).\n\n" + entry % ("A", "a"))
    two = page("It fell ({{harv|Doe|2020}}).\n\n" + entry % ("A", "a") + entry % ("B", "b"))

    assert [each.url for each in one.mentions] == ["https://a.example/", "https://a.example/"]
    assert [each.url for each in two.mentions] == ["https://a.example/", "https://b.example/"]


def test_a_short_citation_of_a_work_that_the_page_lacks_says_its_author_and_year() -> None:
    found = page("It fell.<ref>{{Harvnb|Doe|Roe|2020|p=3}}.</ref><ref name=a />")

    assert [each.title for each in found.references] == ["Doe, Roe 2020", None]
    assert found.references[1].raw == '<ref name="a" />'


@pytest.mark.parametrize(
    ("cited", "url"),
    [
        ("{{cite journal|title=A|pmid=123}}", "https://pubmed.ncbi.nlm.nih.gov/123"),
        ("{{cite journal|title=A|pmc=PMC12}}", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12"),
        ("{{cite arXiv|title=A|eprint=2305.12773}}", "https://arxiv.org/abs/2305.12773"),
        ("{{cite book|title=A|isbn=1}}", None),
        ("{{Internetquelle|titel=A|url=https://a.example/1}}", "https://a.example/1"),
        ("{{Цитат уеб|заглавие=A|уеб_адрес=https://a.example/1}}", "https://a.example/1"),
        ("{{צ-ספר|שם=A|כתובת=https://a.example/1}}", "https://a.example/1"),
        ("{{cite web|title=A|url=https://a.example/1<!-- x -->}}", "https://a.example/1"),
        ("{{cite web|title=A|archive-url=https://web.archive.org/web/2020/https://a.example/1}}",
         "https://web.archive.org/web/2020/https://a.example/1"),
    ],
)  # fmt: skip
def test_addresses_of_publications(cited: str, url: str | None) -> None:
    found = page(f"It fell.<ref>{cited}</ref>")

    assert [(each.title, each.url) for each in found.references] == [("A", url)]


def test_what_a_template_cites_is_read_from_its_parameters_once() -> None:
    (template,) = mwparserfromhell.parse(CITED).filter_templates()
    asked = PropertyMock(return_value=template.params)
    with patch.object(type(template), "params", asked):
        assert published(template) == (("http://a.example/b",), "C")
    assert asked.call_count == 1


def test_of_more_marks_than_any_page_has_the_rest_is_kept_and_said() -> None:
    document = page(f"The dam fell.<ref>{CITED}</ref>\n\n" + "{{a}} " * 60_000 + "The end of it.")

    assert document.text.startswith("The dam fell.")
    assert document.text.endswith("{{a}} The end of it.")
    (finding,) = (each for each in document.findings if each.code == "too-dense")
    assert finding.at == document.blocks[-1].start
    assert document.blocks[-1].role == "furniture"
    assert [mention.labels for mention in document.mentions] == [("1",)]


def test_rows_before_the_bound_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.density._WORK", 20)
    rows = "".join(f"|-\n| [[Ann Roe]] || {rank} || 2:03\n" for rank in range(20))

    document = page('{| class="wikitable"\n' + rows + "|}\n\nThe end of it.")

    assert document.text.startswith("Ann Roe | 0 | 2:03")
    assert document.text.endswith("|}\n\nThe end of it.")
    assert [each.role for each in document.blocks[:9]] == ["row"] * 9


@pytest.mark.no_cover
def test_a_table_of_thousands_of_results_is_below_the_bound() -> None:
    row = "|-\n| {} || {{{{flagicon|USA}}}} [[Ann Roe]] || [[Oslo]] || 2:03:04 || Best\n"

    document = page("{|\n" + "".join(map(row.format, range(8_000))) + "|}\n")

    assert "{{" not in document.text


@pytest.mark.no_cover
def test_templates_that_show_nothing_are_read_to_the_end() -> None:
    # What is quadratic does not come back; benchmarks/parse.py has the timings.
    document = page("{{a}}" * 30_000 + "\n\nThe dam fell.")

    assert document.text == "The dam fell."
