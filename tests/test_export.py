"""An audit as Markdown, HTML, JSON and CSV: complete, safe, and the same bytes every time."""

import csv
import json
import re
import unicodedata
from dataclasses import fields, replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import pytest
from audit_cases import HOSTILE_WORDS, OUTLETS, RAIN, SNOW, the_letter
from bs4 import BeautifulSoup, Tag
from exported import a_set, to_csv, to_html, to_json, to_markdown
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_of import Named, Nav, Said, Text, record
from markdown_it import MarkdownIt
from markdown_it.token import Token
from readings import NOON

from ledger import model
from ledger.audit import (
    Audit,
    AuditedAttribution,
    AuditedCitation,
    AuditedClaim,
    AuditedFinding,
    AuditSet,
    Journal,
    ListedReference,
    MissingLead,
    Numbers,
    OutletSaid,
    Page,
    SoleSupport,
    Weight,
    Withdrawn,
    WithdrawnStory,
    audit,
    audit_set,
)
from ledger.document import Finding, Reference
from ledger.export import wording
from ledger.export.cells import csv_cell, escaped, json_text, one_line, visible
from ledger.export.csv import COLUMNS
from ledger.export.markup import address, bullets, plain
from ledger.export.sentences import link
from ledger.extract.doubts import DOUBTS
from ledger.forms import Form
from ledger.model import Outlet
from ledger.reader import Reader

ROOT = Path(__file__).parent.parent
FORMATS = {"md": to_markdown, "html": to_html, "json": to_json, "csv": to_csv}


@pytest.fixture
def rain(empty_db: Path) -> Audit:
    (id,) = record(empty_db, [RAIN], OUTLETS, the_letter)
    with Reader(empty_db) as reader:
        return audit(reader, id)


@pytest.fixture
def both(empty_db: Path) -> AuditSet:
    ids = record(empty_db, [RAIN, SNOW], OUTLETS, the_letter)
    with Reader(empty_db) as reader:
        return a_set(*audit_set(reader, ids))


def filled(expected: str, audit: Audit) -> str:
    """A file written by hand, with the digests that nobody can write by hand."""
    values = {
        "size": f"{audit.page.size:,}",
        "payload": audit.page.payload_digest,
        "article": audit.page.id[:12],
        "entries": f"{audit.journal.entries:,}",
        "root": str(audit.journal.root),
        "digest": str(audit.journal.digest),
    }
    for claim in audit.claims:
        values[str(claim.number) if claim.number else "question"] = claim.id[:12]
    return re.sub(r"@([a-z0-9]+)@", lambda found: values[found[1]], expected)


# --- Markdown ---------------------------------------------------------------------------------


def test_an_article_as_markdown_is_what_was_written_by_hand(rain: Audit) -> None:
    expected = (ROOT / "fixtures/audit-of-one-article/audit.md").read_text(encoding="utf-8")
    assert to_markdown(rain) == filled(expected, rain)


def test_a_set_as_markdown_begins_with_a_summary_and_its_outlets(both: AuditSet) -> None:
    text, first = to_markdown(both), next(iter(both))
    expected = (ROOT / "fixtures/audit-of-a-set/frame.md").read_text(encoding="utf-8")
    rain = to_markdown(first)
    # what is said of each article stands in between, one level deeper
    for part in expected.split("@@@\n"):
        assert filled(part, first).strip() in text
    for heading in re.findall(r"^#(#+ [1-7]\. .*)$", rain, re.MULTILINE):
        assert text.count(f"\n##{heading}\n") == len(both)
    assert text.index("## Summary") < text.index("## Article 1: Rain over Exampleton")
    assert text.index("## Outlets by weight over all articles") < text.index("## Article 1: Rain")


def test_an_article_with_nothing_to_tell_says_so(empty_db: Path) -> None:
    (id,) = record(empty_db, [Text("https://a.example/x", [Said("So it is.")], {})])
    with Reader(empty_db) as reader:
        text = to_markdown(audit(reader, id, made_at="2026-01-01T00:00:00Z"))
    assert "# Citation audit: https://a.example/x\n" in text
    assert "- By: not known\n- Published: day not known, a.example\n" in text
    assert "- Audited: 2026-01-01T00:00:00Z\n" in text
    assert "## 1. Findings\n\nNone.\n" in text
    assert "## 2. Gaps\n\nNone: nothing is cited.\n" in text
    assert "## 3. Single-source claims\n\nNone.\n" in text
    assert "## 4. Outlets by weight\n\nNo outlet is cited or named.\n" in text
    assert "## 7. The reference list as read\n\nThere is none.\n" in text


def test_an_earlier_version_says_so_and_so_does_a_list_from_outside(empty_db: Path) -> None:
    (first,) = record(empty_db, [RAIN])
    later = Text(
        RAIN.url,
        [Said("So.", [["1"]], section=("Head",)), Said("So, too.", [["1", "1"]])],
        RAIN.pages,
        captured_at=NOON + timedelta(1),
        revises=first,
        fields={"references_digest": "0" * 64},
    )
    (second,) = record(empty_db, [later])
    with Reader(empty_db) as reader:
        old, new = audit(reader, first), audit(reader, second)
    assert (
        f"version 1 of 2, which is not the current one; the next is {second[:12]}\n"
        in to_markdown(old)
    )
    assert f"{first[:12]} is an earlier version; the next one is {second}" in str(
        json.loads(to_json(old))["warnings"]
    )
    text = to_markdown(new)
    assert "version 2 of 2\n" in text
    assert f"- Reference list: given separately, sha256:{'0' * 64}\n" in text
    assert "None: every citation leads to a page." in text
    assert "### Head\n\n**1.** So." in text
    assert "### (no heading)\n\n**2.** So, too." in text


def test_a_heading_that_cites_is_told_and_one_that_only_heads_is_not(empty_db: Path) -> None:
    said = [
        Said("The river", kind="not-a-claim"),
        Said("The river", [["1"]], section=("The river",)),
    ]
    (id,) = record(empty_db, [Text("https://a.example/x", said, {})])
    with Reader(empty_db) as reader:
        text = to_markdown(audit(reader, id))
    told = text.partition("## 5. All claims in reading order\n\n")[2].partition("\n\n- ")[0]
    assert told == "### The river\n\n**1.** The river"


def test_where_nothing_is_known_to_be_single_source_it_is_not_denied(empty_db: Path) -> None:
    (id,) = record(empty_db, [Text("https://a.example/x", [Said("So.", [["1"]])], {})])
    with Reader(empty_db) as reader:
        assert "None, as far as the sources are known." in to_markdown(audit(reader, id))


def test_what_is_not_known_is_no_zero(empty_db: Path) -> None:
    page = "https://b.example/1"
    said = [
        Said("Nobody knows.", [["1"]]),
        Said("One knows.", [[page], ["1"]]),
        Said("An agency says so.", named=[Named("BBC", "bbc.example")]),
        Said("The office says so.", named=[Named("The office")]),
    ]
    (id,) = record(empty_db, [Text("https://a.example/x", said, {"1": "no-reference"})])
    with Reader(empty_db) as reader:
        text = to_markdown(audit(reader, id))
    told = re.findall(r"^- (?:cited|attributed); [a-z ]+; (.+); [0-9a-f]{12}$", text, re.MULTILINE)
    assert told == [
        "no known voice, and one source whose voice is not known",
        "one voice (1 address, 1 outlet), and one source whose voice is not known",
        "one voice (1 outlet)",
        "no known voice, and one source whose voice is not known",
    ]
    assert "| **Sentences that cite or name a source** | 4 | 4 |" in text


def test_a_source_that_is_cited_twice_is_named_once_as_what_a_claim_rests_on(
    empty_db: Path,
) -> None:
    said = [Said("It is so.", [["2", "2"]])]
    (id,) = record(empty_db, [Text("https://a.example/x", said, {"2": "https://b.example/1"})])
    with Reader(empty_db) as reader:
        text = to_markdown(audit(reader, id))
    assert "- rests on b.example alone: [2] <https://b.example/1>\n" in text


def test_every_alternative_has_a_line_of_its_own_on_the_page(rain: Audit) -> None:
    page = BeautifulSoup(to_html(rain), "lxml")
    line = next(li for li in page.find_all("li") if li.get_text().startswith("from blog.example"))
    assert [part.strip() for part in line.get_text("|").split("|") if "from" in part] == [
        "from blog.example, [5]",
        "or from Northern Wire, [5]",
    ]
    assert line.find("br") is not None


@pytest.mark.parametrize(
    "word",
    [
        *("claim", "sentence", "cites or names", "group", "falls", "One part of a claim rests on"),
        *("address", "outlet", "voice", "story", "only listed", "gap", "digits"),
    ],
)
def test_how_to_read_an_audit_explains_its_words(word: str) -> None:
    assert any(word in line for line in wording.HOW_TO_READ)


def test_a_page_that_answered_elsewhere_says_where() -> None:
    told = an_audit()
    moved = replace(told, page=replace(told.page, final_url="https://b.example/moved"))
    assert "Answered by" not in to_markdown(told)
    assert "- Answered by: <https://b.example/moved>\n" in to_markdown(moved)


def test_findings_and_gaps_without_words_are_still_told() -> None:
    text = to_markdown(an_audit(findings=(AuditedFinding("new-code", "It is so.", None, None),)))
    assert "### Finding new-code: 1\n\nThis version of the program has no description" in text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("[the list](URL)", "link “the list” to URL"),
        ("[the list](<a b>)", "link “the list” to a b"),
        ("[the list]()", "link “the list” to nothing"),
        ("the list", "link the list"),
        ("[a](b) [c](d)", "link \\[a\\](b) \\[c\\](d)"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_by_its_words_and_what_it_names(
    raw: str, said: str
) -> None:
    assert link(raw) == said


def test_every_finding_and_gap_that_the_program_can_say_has_words() -> None:
    said = {
        code
        for path in (ROOT / "ledger").rglob("*.py")
        for code in re.findall(r'Finding\(\s*code="([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(said) > 5
    assert said | set(DOUBTS.values()) == set(wording.FINDINGS)
    assert set(get_args(model.Gap)) == set(wording.GAPS)


# --- hostile text -----------------------------------------------------------------------------


@pytest.fixture
def hostile(empty_db: Path) -> Audit:
    """An audit in which everything that can come from outside is hostile."""
    words = HOSTILE_WORDS
    at = "https://a.example/x"
    pages = {word: f"https://b.example/{word}" for word in words[::2]}
    said = [
        Said(word, [[word], [Nav(at)]], [Named(word, "b.example", None)], section=(word,))
        for word in words
    ]
    text = Text(
        at,
        said,
        pages,
        references=[
            Reference(marker=word, raw=word, url=word, urls=(word,), title=word) for word in words
        ],
        findings=[Finding(code="mixed-script", detail=word, at=0) for word in words],
        fields={
            "title": " ".join(words),
            "byline": words,
            "published": "`now`",
            "dateline": "<b>here</b>",
        },
    )
    outlets = [
        Outlet.make(key=key, name=words[0] + words[2], domain=key, owner=words[5], country=words[1])
        for key in ("a.example", "b.example")
    ]
    (id,) = record(empty_db, [text], outlets)
    with Reader(empty_db) as reader:
        return audit(reader, id)


def tokens(text: str) -> list[Token]:
    """All tokens of the Markdown, inline ones too."""
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [inner for token in found for inner in (token, *(token.children or ()))]


def outline(text: str) -> list[str]:
    """Its blocks, without what they say."""
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [f"{token.type} {token.level}" for token in found]


ALLOWED = {"text", "softbreak", "link_open", "link_close", "strong_open", "strong_close"}


def test_hostile_text_becomes_no_markup(hostile: Audit) -> None:
    text = to_markdown(hostile)
    inline = [token for token in tokens(text) if token.type == "inline"]
    assert inline
    for token in inline:
        for child in token.children or ():
            if child.type == "code_inline":
                assert child.content == f"ledger link {hostile.page.id[:12]} MARKER URL"
                continue
            assert child.type in ALLOWED, child
            if child.type == "link_open":
                assert re.match(r"https?://[a-z]+\.example/", str(child.attrs["href"]))
            if child.type == "strong_open":
                assert child.markup == "**"
    strong = re.findall(r"\*\*(.+?)\*\*", re.sub(r"\\.", "", text))
    assert all(
        re.fullmatch(r"[0-9]+\.|In short:|Not checked:|[A-Z][a-z ]+", words) for words in strong
    ), strong
    assert not {token.type for token in tokens(text)} & {
        "html_block",
        "html_inline",
        "image",
        "hr",
        "fence",
        "code_block",
        "blockquote_open",
        "ordered_list_open",
    }


def test_hostile_text_breaks_no_block(hostile: Audit) -> None:
    """Harmless words in its place give the same blocks."""
    tame = json.loads(to_json(hostile))["items"][0]

    def tamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: tamed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [tamed(inner) for inner in value]
        return f"w{HOSTILE_WORDS.index(value)}" if value in HOSTILE_WORDS else value

    assert outline(to_markdown(of(Audit, tamed(tame)))) == outline(to_markdown(hostile))


@pytest.mark.parametrize("form", FORMATS)
def test_no_control_character_leaves_in_any_format(hostile: Audit, form: str) -> None:
    text = FORMATS[form](hostile)
    active = {
        char
        for char in text
        if (unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") and char not in "\n\t\r")
        or unicodedata.bidirectional(char) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI")
    }
    assert active == set()


def test_no_cell_of_a_spreadsheet_calculates(hostile: Audit) -> None:
    cells = [cell for row in csv.reader(StringIO(to_csv(hostile))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]


@pytest.mark.parametrize(
    "name",
    ["1. FC Magazin", "2) Second", "3.", "- Dash", "-", "+ Plus", "+1", "# Hash", "## Two", "1.5"],
)
def test_an_item_of_a_list_may_begin_with_any_name(name: str) -> None:
    item = bullets([f"{plain(name)} was withdrawn"])
    assert outline(item) == outline("- It was withdrawn")
    assert rendered(item) == f"{name} was withdrawn"


def test_hostile_text_is_shown_all_the_same(hostile: Audit) -> None:
    shown = rendered(to_markdown(hostile))
    for word in HOSTILE_WORDS:
        assert one_line(word) in shown


def test_a_page_has_every_word_of_the_markdown(both: AuditSet) -> None:
    body = BeautifulSoup(to_html(both), "lxml").body
    assert body is not None
    for jump in body.select('a[href^="#"]'):
        jump.unwrap()
    body.smooth()
    told = rendered(to_markdown(both)).split()
    assert len(told) > 100
    assert set(told) <= set(body.get_text(" ").split())


def elements(body: Tag | None) -> list[tuple[str, str, object]]:
    """What each one is, shows and leads to, in order."""
    assert body is not None
    return [(each.name, visible(each.get_text()), each.get("href")) for each in body.find_all(True)]


def as_commonmark(audited: Audit | AuditSet) -> list[tuple[str, str, object]]:
    """The elements that everybody's reader makes of the Markdown."""
    reader = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable("table")
    return elements(BeautifulSoup(reader.render(to_markdown(audited)), "lxml").body)


def as_page(audited: Audit | AuditSet) -> list[tuple[str, str, object]]:
    """The elements of the page, without those that the Markdown has not."""
    page = BeautifulSoup(to_html(audited), "lxml")
    assert page.nav is not None
    page.nav.extract()
    for only_here in page.select('a[href^="#"], div.wide, bdi'):
        only_here.unwrap()
    return elements(page.body)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ("הדבורים רוקדות.", "<bdi>הדבורים רוקדות.</bdi>"),
        ("النحل يرقص <b>.", "<bdi>النحل يرقص &lt;b&gt;.</bdi>"),
        ("Bees dance.", "Bees dance."),
    ],
)
def test_a_sentence_has_a_direction_of_its_own(rain: Audit, exact: str, shown: str) -> None:
    claims = (replace(rain.claims[1], exact=exact), *rain.claims[2:])
    page = to_html(replace(rain, claims=claims, findings=(), gaps=(), single_source=()))
    assert f"<strong>1.</strong> {shown}</p>" in page


@pytest.mark.parametrize("of", ["rain", "both", "hostile"])
def test_a_page_is_what_commonmark_makes_of_the_markdown(
    of: str, request: pytest.FixtureRequest
) -> None:
    """Its blocks are set here, and must be those that others read."""
    audited = request.getfixturevalue(of)
    assert len(as_page(audited)) > 100
    assert as_page(audited) == as_commonmark(audited)


def test_hostile_text_is_no_element_of_the_page(hostile: Audit) -> None:
    """Only elements that the Markdown of an audit makes: no script, picture or handler."""
    page = BeautifulSoup(to_html(hostile), "lxml")
    body = page.body
    assert body is not None
    assert page.head is not None
    assert page.title is not None
    allowed = set("h1 h2 h3 h4 p ul li a strong br code table thead tbody tr th td nav div".split())
    assert {element.name for element in body.find_all(True)} <= allowed
    assert {key for element in body.find_all(True) for key in element.attrs} <= {
        "href",
        "id",
        "class",
    }
    links = [str(a["href"]) for a in body.find_all("a")]
    assert all(re.match(r"https?://[a-z]+\.example/|#[a-z0-9-]+$", href) for href in links)
    assert [element.name for element in page.head.find_all(True)] == [
        *["meta"] * 5,
        "title",
        "style",
    ]
    assert page.title.get_text().endswith(one_line(hostile.page.title or ""))


@pytest.mark.parametrize("of_a_set", [False, True])
def test_what_a_page_speaks_of_is_a_link_to_it(rain: Audit, both: AuditSet, of_a_set: bool) -> None:
    page = BeautifulSoup(to_html(both if of_a_set else rain), "lxml")
    jumps = {str(a["href"])[1:]: a for a in page.select('a[href^="#"]')}
    before = "article-1-" if of_a_set else ""
    third = page.find(id=f"{before}claim-3")

    assert all(page.find(id=id) for id in jumps)
    assert third is not None
    assert third.get_text().startswith("3. ")
    assert {f"{before}claim-{number}" for number in (1, 7)} <= set(jumps)
    assert page.select("nav a")[-1].get_text().endswith("How to read this")
    if of_a_set:
        article = page.find(id="article-2")
        assert article is not None
        assert article.get_text() == "Article 2: Snow over Exampleton"
        assert jumps["article-2"].get_text() == "2. Snow over Exampleton"


@pytest.mark.parametrize(("title", "named"), [("A_b [1] <i>", "A_b [1] <i>"), ("W" * 99, "W" * 58)])
def test_the_contents_name_the_articles_where_they_are_few(
    both: AuditSet, title: str, named: str
) -> None:
    first, second = both
    first = replace(first, page=replace(first.page, title=title))
    page = BeautifulSoup(to_html(a_set(first, second)), "lxml")
    links = {str(a["href"]): a.get_text() for a in page.select("nav a")}
    assert links["#article-1"] == f"Article 1: {named}" + ("…" if named != title else "")
    assert links["#article-2"] == "Article 2: Snow over Exampleton"

    many = a_set(*(first, second) * 16)
    assert "article-" not in str(BeautifulSoup(to_html(many), "lxml").nav)


def test_each_article_of_a_long_set_is_a_section_that_is_laid_out_when_it_is_seen(
    both: AuditSet, rain: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is shorter is whole at once, for a picture that is taken without waiting.
    assert BeautifulSoup(to_html(both), "lxml").find("section") is None
    monkeypatch.setattr("ledger.export.html.LONG", 1000)
    page = BeautifulSoup(to_html(both), "lxml")

    assert [h2.parent.name for h2 in page.find_all("h2") if h2.parent] == ["section"] * len(
        page.find_all("h2")
    )
    assert all(len(section.find_all("h2")) == 1 for section in page.find_all("section"))
    assert "section { content-visibility: auto;" in str(page.style)
    assert BeautifulSoup(to_html(rain), "lxml").find("section") is None


def test_words_of_an_article_are_no_link(rain: Audit) -> None:
    said = "At claim 3: 1,234 more are in claims 1, 2"
    claims = tuple(replace(claim, exact=said) for claim in rain.claims)
    findings = (AuditedFinding("citation-lost", said, None, None),)
    page = BeautifulSoup(to_html(replace(rain, claims=claims, findings=findings)), "lxml")

    assert [p for p in page.find_all(["p", "li"]) if said in p.get_text() and p.find("a")] == []


def test_in_short_says_what_there_is_and_what_there_is_not(rain: Audit) -> None:
    none = dict.fromkeys(names(Numbers), 0)
    empty = replace(rain, numbers=Numbers(**none), findings=(), outlets=())
    one = replace(empty, numbers=Numbers(**{**none, "claims": 1, "cited": 1, "citations": 1}))

    assert (
        "- 0 claims.\n- No sentence cites or names a source, so nothing can fall.\n- No findings.\n"
    ) in to_markdown(empty)
    assert "\n- 1 claim: 1 cited.\n" in to_markdown(one)
    assert "\n- 1 citation, and it leads to a page.\n" in to_markdown(one)


@pytest.mark.parametrize(
    ("often", "said"),
    [
        ([1], "1 finding: wall-paywall (1)."),
        ([1, 9], "10 findings, the most urgent first: wall-paywall (1), wall-thin (9)."),
        ([1] * 5 + [2], "works-kept (1); among the others, most often keys-kept (2)."),
        (
            [1] * 7 + [200, 2],
            "works-kept (1); among the others, most often set-aside (200), link-against-list "
            "(2), keys-kept (1), cases-kept (1).",
        ),
        (
            [1] * 8 + [200, 2],
            "works-kept (1); among the others, most often link-against-list (200), "
            "citation-lost (2), keys-kept (1); and 2 more, of 2 other kinds.",
        ),
    ],
)
def test_in_short_names_the_kinds_of_findings_that_are_urgent_and_those_that_are_many(
    rain: Audit, often: list[int], said: str
) -> None:
    apart = {"redacted", "numbers-kept", "same-words", "says-retracted", "circular"}
    apart |= {"page-not-served", "page-not-read"}
    codes = [code for code in wording.FINDINGS if code not in apart]
    codes = [code for code, number in zip(codes, often, strict=False) for _ in range(number)]
    found = tuple(AuditedFinding(code, "of which much could be said", None, None) for code in codes)
    short = to_markdown(replace(rain, findings=found)).partition("**Not checked:**")[0]
    assert short.rstrip().endswith(said)


def test_a_page_asks_nobody_and_runs_nothing(hostile: Audit) -> None:
    policy = BeautifulSoup(to_html(hostile), "lxml").find("meta", {"http-equiv": True})
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none'")


def test_pages_that_are_linked_are_told_nothing_of_the_audit(hostile: Audit) -> None:
    page = BeautifulSoup(to_html(hostile), "lxml")
    said = {str(meta.get("name")): str(meta.get("content")) for meta in page.find_all("meta")}
    assert (said["referrer"], said["robots"]) == ("no-referrer", "nofollow")
    assert page.find_all("a", target=True) == []


def test_columns_of_figures_stand_to_the_right(both: AuditSet) -> None:
    page = BeautifulSoup(to_html(both), "lxml")
    heads = [th.get_text() for th in page.select("table")[0].select("th.n")]
    assert heads[:2] == ["Claims", "Cited"]
    assert len(page.select("table")[0].select("tbody tr:first-child td.n")) == len(heads)
    assert "td.n, th.n { text-align: right; }" in str(page.style)


def test_the_rows_of_the_summary_add_up(both: AuditSet) -> None:
    page = BeautifulSoup(to_html(both), "lxml")
    heads = [th.get_text() for th in page.select("table")[0].select("th")]
    for row in page.select("table")[0].select("tbody tr"):
        told = dict(zip(heads, (cell.get_text() for cell in row.select("td")), strict=True))
        parts = [int(told[name]) for name in ("Cited", "Covered", "Attributed", "Uncited")]
        assert sum(parts) == int(told["Claims"])
        assert told["Not known"].endswith(told["Single-source"].partition(" ")[2])


def test_the_first_column_of_a_wide_table_stays_in_view(both: AuditSet) -> None:
    style = str(BeautifulSoup(to_html(both), "lxml").style)
    assert ".wide tr > :first-child { position: sticky; left: 0;" in style
    # On paper nothing is moved, and what is set fast covers the lines between rows.
    assert (
        "@media print { .wide tr > :first-child { position: static; background: none; } }" in style
    )


# --- safe pieces ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1&z=2#f", "<https://a.example/x?y=1&z=2#f>"),
        ("HTTP://a.example", "<HTTP://a.example>"),
        ("https://a.example:8080/(x)_*y*", "<https://a.example:8080/(x)_*y*>"),
        ("https://[2001:db8::1]/x", "<https://[2001:db8::1]/x>"),
        ("https://a.example/a|b`c\\d{e}[f]", "<https://a.example/a%7Cb%60c%5Cd%7Be%7D%5Bf%5D>"),
        ("https://a.example/%20é", "<https://a.example/%20%C3%A9>"),
        ("https://a.example/100%?%zz%4f", "<https://a.example/100%25?%25zz%4f>"),
        ("https://bücher.example/", "<https://b%C3%BCcher.example/>"),
        ("https://a.example/x y", "https://a.example/x y"),
        ("https://a.example/x>y", "<https://a.example/x%3Ey>"),
        ("https://[a](javascript:x)/", "https://\\[a\\](javascript:x)/"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,<b>", "data:text/html,&lt;b&gt;"),
        ("file:///home/a_b.md", "file:///home/a_b.md"),
        ("https://", "https://"),
        ("", ""),
    ],
)
def test_only_a_web_address_becomes_a_link(url: str, shown: str) -> None:
    assert address(url) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("He paid 5 & left.", "He paid 5 &amp; left."),
        ("a\nb\t c", "a b c"),
        (
            "[5] *x* _y_ `z` a|b ~c~ $d$ #e ^f {g}",
            r"\[5\] \*x\* \_y\_ \`z\` a\|b \~c\~ \$d\$ #e \^f \{g\}",
        ),
        ("a_b __c__ d_ _e f_g_h é_ü _", r"a_b \_\_c\_\_ d\_ \_e f_g_h é_ü \_"),
        ("#1 in C# ##", r"#1 in C# #\#"),
        ("\x1b[0m", r"\\x1b\[0m"),
        ("\u202ea", r"\\u202ea"),
        ("“Ça va ?” – 北京", "“Ça va ?” – 北京"),
    ],
)
def test_text_is_shown_and_is_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("name", ["C#", "Music in C #", "Rain ###", "# #", "#", "#\\#"])
def test_a_heading_keeps_the_hashes_at_its_end(name: str) -> None:
    heading = f"## {plain(name)}"
    assert outline(heading) == outline("## A name")
    assert rendered(heading) == name


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        (-1, "-1"),
        (1.5, "1.5"),
        (None, ""),
        (True, "true"),
        (["=1", "b"], "'=1; b"),
        ((), ""),
        ("\x1b", "\\x1b"),
    ],
)
def test_a_cell_is_text_or_a_number_and_never_a_formula(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


@given(text=st.text())
def test_a_cell_gives_its_text_back(text: str) -> None:
    cell = csv_cell(text)
    back = cell[1:] if re.match(r"'+([=+\-@\t\n＝＋－＠]|\\x0d)", cell) else cell
    assert back == visible(text)


@given(text=st.text(st.characters(codec="utf-8")))
def test_json_text_is_true_and_shows_no_control_character(text: str) -> None:
    written = json_text({"a": text})
    assert json.loads(written) == {"a": text}
    assert visible(written) == written


@given(
    text=st.text(
        st.sampled_from("a—“\x7f\x80\x9f\xa0\u061b\u061c\u200d\u200e\u2028\u2030\u2066\u206a힣")
    )
)
def test_json_on_one_line_shows_no_control_character_either(text: str) -> None:
    written = escaped(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(written) == {"a": text}
    assert visible(written) == written


@given(text=st.text())
@settings(max_examples=300)
def test_whatever_is_written_is_shown_and_is_no_markup(text: str) -> None:
    words = f"from {plain(text)}."
    (paragraph, inline, close) = MarkdownIt("commonmark").enable("table").parse(words)
    assert {child.type for child in inline.children or ()} <= {"text"}
    assert "".join(child.content for child in inline.children or ()) == f"from {one_line(text)}."
    assert [paragraph.type, close.type] == ["paragraph_open", "paragraph_close"]


@given(rest=st.text())
@settings(max_examples=300)
def test_whatever_follows_a_host_stays_inside_its_link(rest: str) -> None:
    found = tokens(f"to {address(f'https://a.example/{rest}')}.")
    links = [token for token in found if token.type == "link_open"]
    assert len(links) == (not re.search(r"\s", rest))
    assert all(str(link.attrs["href"]).startswith("https://a.example/") for link in links)
    assert {token.type for token in found} <= {
        "paragraph_open",
        "inline",
        "paragraph_close",
        "text",
        "link_open",
        "link_close",
    }


# --- JSON -------------------------------------------------------------------------------------


def test_json_is_one_envelope_and_its_item_is_the_audit(rain: Audit) -> None:
    read = json.loads(to_json(rain))
    assert list(read) == ["schema", "items", "warnings"]
    assert read["schema"] == "ledger/audit/1"
    assert of(Audit, read["items"][0]) == rain
    assert read["warnings"] == [
        "not checked: whether the cited pages exist today, and whether they say what the claims "
        "say. This audit shows where each citation leads, not whether it is true.",
        f"{rain.page.id[:12]}: 2 of 10 citations lead nowhere; what depends on them is not known",
    ]


def test_json_of_a_set_has_its_outlets_beside_its_items(both: AuditSet) -> None:
    read = json.loads(to_json(both))
    assert list(read) == ["schema", "items", "warnings", "outlets"]
    assert [of(Audit, item) for item in read["items"]] == list(both)
    assert [of(Weight, item) for item in read["outlets"]] == list(both.total.outlets())


# --- CSV --------------------------------------------------------------------------------------


def test_csv_has_a_row_for_each_citation_and_for_each_sentence_without(rain: Audit) -> None:
    rows = list(csv.DictReader(StringIO(to_csv(rain))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(max(len(claim.citations), 1) for claim in rain.claims) == 18
    number = {claim.id: claim.number for claim in rain.claims}
    assert [
        (number[row["claim"]], row["group"], row["marker"], row["outlet"], row["gap"])
        for row in rows[2:7]
    ] == [
        (2, "0", "1", "Northern Wire", ""),
        (2, "0", "2", "South Daily", ""),
        (None, "", "", "", ""),
        (3, "0", "2", "South Daily", ""),
        (3, "1", "3", "", "no-reference"),
    ]
    assert rows[1] == {
        "article": rain.page.id,
        "article_url": "https://a.example/rain",
        "claim": rain.claims[1].id,
        "start": "22",
        "end": "60",
        "section": "",
        "kind": "cited",
        "exact": "Rain fell on Exampleton for nine days.",
        "group": "0",
        "marker": "1",
        "form": "marker",
        "url": "https://north.example/1",
        "source": "https://north.example/1",
        "outlet": "Northern Wire",
        "owner": "Northern Group",
        "country": "GB",
        "gap": "",
        "resilience": "1",
        "addresses": "1",
        "outlets": "1",
        "origins": "1",
        "attributions": "",
        "linked_by": "",
        "read_as": "",
        "voice": "",
        "owner_resilience": "1",
        "title": "Rain over Exampleton",
        "carried": "true",
        "withdrawn": "",
        "number": "1",
        "alternative": "0",
    }
    unknown, bare = (next(row for row in rows if number[row["claim"]] == n) for n in (4, 5))
    assert [(row["resilience"], row["carried"]) for row in (unknown, bare)] == [
        ("", "true"),
        ("", "false"),
    ]
    west = next(row for row in rows if number[row["claim"]] == 6)
    assert (west["section"], west["kind"]) == ("The river; The homes", "attributed")
    assert (west["marker"], west["attributions"], west["resilience"]) == ("", "West Radio", "1")


def test_csv_of_a_set_has_one_head(both: AuditSet) -> None:
    rows = list(csv.DictReader(StringIO(to_csv(both))))
    assert len(rows) == 18 + 3
    assert {row["article"] for row in rows} == {one.page.id for one in both}


# --- everything is in every format ------------------------------------------------------------


def names(of: Any) -> list[str]:
    return [field.name for field in fields(of)]


PARTS: dict[type, dict[str, type]] = {
    Audit: {
        "page": Page,
        "journal": Journal,
        "numbers": Numbers,
        "findings": AuditedFinding,
        "gaps": MissingLead,
        "single_source": SoleSupport,
        "outlets": Weight,
        "claims": AuditedClaim,
        "references": ListedReference,
        "withdrawn": Withdrawn,
        "copies": WithdrawnStory,
    },
    AuditedClaim: {"citations": AuditedCitation, "attributions": AuditedAttribution},
    SoleSupport: {"citations": AuditedCitation},
    Weight: {"told": OutletSaid},
}


def of(kind: type, read: dict[str, Any]) -> Any:
    """What JSON says, as what it was made from; the keys must be exactly its fields."""
    assert list(read) == names(kind)

    def value(name: str, plain: Any) -> Any:
        part = PARTS.get(kind, {}).get(name)
        if isinstance(plain, list):
            return tuple(of(part, one) if part else one for one in plain)
        return of(part, plain) if part else plain

    return kind(**{name: value(name, plain) for name, plain in read.items()})


def rendered(text: str) -> str:
    """What a reader of the Markdown sees."""
    return " ".join(token.content for token in tokens(text) if token.type == "text")


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
MAYBE = st.none() | WORDS
PATH = st.text(st.characters(categories=["L", "N", "P", "S"], codec="utf-8"), max_size=10)
CITATIONS = st.builds(
    AuditedCitation,
    group=st.integers(0, 2),
    ordinal=st.just(0),
    alternative=st.just(0),
    marker=MAYBE,
    raw=WORDS,
    form=st.sampled_from(get_args(Form)),
    url=PATH.map("https://c.example/{}".format),
    source_id=WORDS,
    source=PATH.map("https://b.example/{}".format),
    key=MAYBE,
    outlet=MAYBE,
    owner=MAYBE,
    country=MAYBE,
    gap=st.none(),
    linked_by=MAYBE,
    linked_at=WORDS,
    linked_because=MAYBE,
    read_as=st.lists(PATH.map("https://d.example/{}".format), max_size=2).map(tuple),
    voice=MAYBE,
) | st.builds(
    AuditedCitation,
    group=st.integers(0, 2),
    ordinal=st.just(0),
    alternative=st.just(0),
    marker=MAYBE,
    raw=WORDS,
    form=st.just("marker"),
    url=st.none(),
    source_id=st.none(),
    source=st.none(),
    key=st.none(),
    outlet=st.none(),
    owner=st.none(),
    country=st.none(),
    gap=st.sampled_from(get_args(model.Gap)),
    linked_by=st.none(),
    linked_at=st.none(),
    linked_because=st.none(),
    read_as=st.just(()),
    voice=st.none(),
)
CLAIMS = st.builds(
    AuditedClaim,
    id=st.uuids().map(str),
    number=st.none() | st.integers(1),
    start=st.integers(0),
    end=st.integers(0),
    exact=WORDS,
    section=st.lists(WORDS, max_size=2).map(tuple),
    kind=st.sampled_from(get_args(model.ClaimKind)),
    covered_by=st.none(),
    carried=st.booleans(),
    resilience=st.none() | st.integers(1, 4),
    owner_resilience=st.none() | st.integers(1, 4),
    addresses=st.integers(0, 4),
    outlets=st.integers(0, 4),
    origins=st.integers(0, 4),
    unknown=st.integers(0, 2),
    shared=st.lists(WORDS, max_size=2).map(tuple),
    citations=st.lists(CITATIONS, max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda one: one.group))
    ),
    attributions=st.lists(
        st.builds(
            AuditedAttribution,
            name=WORDS,
            key=MAYBE,
            outlet=MAYBE,
            carries=st.booleans(),
            together=st.none() | st.integers(0, 1),
            bearers=st.lists(WORDS, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)


def an_audit(**parts: Any) -> Audit:
    page: dict[str, Any] = dict.fromkeys(names(Page))
    page |= {"id": "a" * 64, "url": "https://a.example/", "byline": ()}
    page |= {"captured_at": "then", "payload_digest": "sha256:0", "extractor": "test/1"}
    page |= {"size": 1, "version": 1, "versions": 1, "final_url": "https://a.example/"}
    page["requested_url"] = "https://a.example/"
    empty: dict[str, Any] = dict.fromkeys(names(Audit), ())
    empty |= {
        "page": Page(**page),
        "journal": Journal(0, None, None),
        "made_at": None,
        "numbers": Numbers(**dict.fromkeys(names(Numbers), 0)),
    }
    return Audit(**(empty | parts))


@given(claims=st.lists(CLAIMS, max_size=4))
@pytest.mark.no_cover
def test_every_claim_and_citation_is_in_every_format(claims: list[AuditedClaim]) -> None:
    told = an_audit(claims=tuple(claims))
    assert of(Audit, json.loads(to_json(told))["items"][0]) == told
    rows = list(csv.DictReader(StringIO(to_csv(told), newline="")))
    expected = [
        (claim.id, csv_cell(claim.exact), csv_cell(one and one.marker), csv_cell(one and one.gap))
        for claim in claims
        for one in claim.citations or (None,)
    ]
    assert [(row["claim"], row["exact"], row["marker"], row["gap"]) for row in rows] == expected
    text = to_markdown(told)
    shown = rendered(text)
    links = [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]
    for claim in claims:
        assert one_line(claim.exact) in shown
        for citation in claim.citations:
            if citation.gap:
                assert f"({citation.gap})" in shown
            if citation.marker:
                assert f"[{one_line(citation.marker)}]" in shown
    cited = [one for claim in claims for one in claim.citations if one.gap is None]
    assert sum(link.startswith("https://c.example/") for link in links) == len(cited)


SIGNS = [*"_*`\\|&<>", "1. ", "2) ", "- ", "+ ", "# ", " #", "  ", "\n\n"]
NAMES = st.lists(st.sampled_from([*SIGNS, *HOSTILE_WORDS]) | WORDS, min_size=1).map("".join)


@given(claim=CLAIMS, title=NAMES, exact=NAMES, outlet=NAMES, page=NAMES.map(one_line), reason=NAMES)
@settings(max_examples=50)
@pytest.mark.no_cover
def test_a_page_is_what_commonmark_makes_of_any_words(
    claim: AuditedClaim, title: str, exact: str, outlet: str, page: str, reason: str
) -> None:
    day = "2024-05-01T12:00:00Z"
    gone = Withdrawn(outlet, "outlet", outlet, day, page, day, reason, (claim.id,))
    said = OutletSaid("facts", page, outlet, None, None, (reason,), title, day, reason)
    told = an_audit(
        claims=(replace(claim, exact=exact),),
        withdrawn=(gone, replace(gone, kind="page", subject=page)),
        outlets=(Weight(outlet, outlet, None, title, page, 1, 1, 0, 0, (said,)),),
    )
    told = replace(told, page=replace(told.page, title=title))
    assert as_page(told) == as_commonmark(told)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_kept_in_a_file_meanwhile_is_the_same(
    both: AuditSet, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = FORMATS[form](both)
    monkeypatch.setattr("ledger.export.set_by.IN_MEMORY", 1)
    assert FORMATS[form](both) == whole


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_ledger_gives_the_same_bytes(both: AuditSet, form: str) -> None:
    render = FORMATS[form]
    assert render(both) == render(both)
    assert render(both).endswith("\n")
