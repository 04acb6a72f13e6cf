"""Wikitext, as MediaWiki keeps its pages -> Document.

The page becomes lines of Markdown, which the reader of lines already knows; each footnote stands
in them as a mark that is exchanged for its number afterwards.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

import mwparserfromhell

from ledger.density import most_work
from ledger.document import Block, Document, Finding, Mention, Reference
from ledger.errors import ExtractError
from ledger.extract.front.dates import date_in
from ledger.extract.lists.heads import is_beside, is_head
from ledger.extract.lists.point_back import point_back
from ledger.extract.markdown import read_markdown
from ledger.extract.versions import WIKITEXT
from ledger.extract.wiki import tables
from ledger.extract.wiki.cite import Notes
from ledger.extract.wiki.marks import balanced
from ledger.extract.wiki.spell import LINE_MARK, without_marks
from ledger.extract.wiki.templates import DOUBT, USE, Templates
from ledger.extract.wiki.write import EMPTIED, Writer

MAX_CHARACTERS = 2_097_152
"""MediaWiki's own limit of a page ($wgMaxArticleSize: 2 MiB)."""
_IN_BRACKETS = re.compile(
    r"[ \u00a0]?\((?:[\s;,]|&nbsp;)*\ufdd3[\s;,\ufdd3]*\)|(?<=\()\ufdd3\s*[;,]\s*"
)
_LIST = re.compile(r"^(?=[*#:;])", re.M)
_BARE_HEAD = re.compile(r"^(#{1,6}) [^\n]{1,80}\n\s*+(?=(?!\1#)#{1,6} |\Z)", re.M)
"""A heading with nothing below it, nor a section in it."""
_MAGIC = re.compile(r"__[A-Z]{3,20}__|^#REDIRECT[^\n]*", re.M)
_VARIANTS = re.compile(r"-\{(?:(?P<flags>[A-Z+-]{1,4})\|)?(?P<said>[^{}\n]{0,500})\}-")
"""Words in the spellings of several scripts: "-{zh-hans:台湾;zh-hant:臺灣}-"."""
_OF_ONE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?\s?:")
_OF_FORMULA = re.compile(r"[A-Za-z0-9{}()^\\]")
"""What stands before a dash of TeX: "x-{y}-z"."""
_HIDDEN = frozenset("HT-")
"""Flags of a rule for the rest of the page, for its title, and of one that is taken back."""
_MARK = re.compile(r"\{[{|]|\[\[?|</?|\n\||\|\|?|&|= ?https?:|://|\n[=!]")
_COSTS = {
    "{{": 6,
    "{|": 8,
    "[[": 3,
    "<": 18,
    "://": 12,  # of a link: that of a parameter has its bar already
    "|": 4,
    "\n=": 6,
    "\n|": 1,
    "||": 1,
}
"""What reading a mark takes, in cells of a table; two where nothing is said."""
_LONGEST_LINE = 5_000
"""In characters: of a longer one a part is read."""
_TABLE = re.compile(r"^[ \t:*#]{0,9}(?:(\{\|)|\|\}(?!\}))", re.M)
"""Where a table begins, or ends."""
_MOST_OPEN = 30
"""Tables in one another: `balanced` reads no more as such."""
_DAY_ABOVE = re.compile(r"\s*\{\{date\|([^{}|\n]{6,40})\}\}[ \t]*\n", re.I)
"""A day alone on the first line."""


def read_wikitext(text: str, name: str) -> Document:
    """Read a page of a wiki.

    Args:
        text: As `decode` gives it.
        name: For errors.

    Raises:
        ExtractError: It is longer than MediaWiki lets a page be ("too-large").
    """
    if len(text) > MAX_CHARACTERS:
        raise ExtractError(name, "too-large", "it is longer than a page of a wiki can be")
    dated = _DAY_ABOVE.match(text)  # as every page of Wikinews is
    published = date_in(dated[1]) if dated else None
    if dated and published:
        text = text[dated.end() :]
    if "-{" in text:
        text = _VARIANTS.sub(_in_one_spelling, text)
    text, beyond = _within(text)
    plain = _MAGIC.sub("", without_marks(text))
    spelled = _LIST.sub(LINE_MARK, tables.marked(balanced(plain)))
    # Apostrophes for bold and italics are read as text: their reader goes back to each.
    page = mwparserfromhell.parse(spelled, skip_style_tags=True)
    notes = Notes(page)
    writer = Writer(notes)
    rendered = tables.with_rows(writer.render(page))
    rendered = _IN_BRACKETS.sub("", rendered).replace(EMPTIED, "")
    lines = _BARE_HEAD.sub(_without_head, _BARE_HEAD.sub(_without_head, rendered))
    listed = tuple(point_back([*notes.references()]))
    document = read_markdown(lines, beside=listed)
    references, part = _apart(document.references, listed)
    mentions, doubts = _exchanged(document.mentions, writer.templates, part)
    blocks, mentions = _without_lists(document, mentions)
    document = replace(
        document,
        extractor=WIKITEXT,
        blocks=blocks,
        mentions=mentions,
        references=references,
        findings=(*document.findings, *doubts, *writer.templates.left_out()),
        title=writer.templates.title,
        published=published or document.published,
    )
    return _with_unread(document, beyond) if beyond else document


def _within(text: str) -> tuple[str, str]:
    """The page as far as it has no more marks than any, and what stands behind that."""
    left = most_work(len(text))
    for mark in _MARK.finditer(text):
        left -= _COSTS.get(mark[0], 2)
        if left < 0:
            near = max(0, mark.start() - _LONGEST_LINE)
            at = text.rfind("\n", near, mark.start()) + 1 or mark.start()
            return _closed(text[:at]), without_marks(text[at:]).strip()
    return text, ""


def _closed(text: str) -> str:
    """A part of a page, the tables closed that go on behind it: of an open one no row is read."""
    depth = 0
    for mark in _TABLE.finditer(text):
        depth = depth + 1 if mark[1] else max(0, depth - 1)
    return text + "\n|}" * min(depth, _MOST_OPEN)


def _with_unread(document: Document, beyond: str) -> Document:
    """The document with what was not read behind it, as text that claims nothing."""
    above = f"{document.text}\n\n" if document.text else ""
    text = above + beyond
    block = Block(len(above), len(text), "furniture")
    findings = document.findings
    if not any(each.code == "too-dense" for each in findings):
        what = "more marks than any page of its length has: what follows is kept as text and was "
        finding = Finding(code="too-dense", detail=f"{what}not read", at=len(above))
        findings = (*findings, finding)
    return replace(document, text=text, blocks=(*document.blocks, block), findings=findings)


def _in_one_spelling(match: re.Match[str]) -> str:
    """The words of the first script or country; "" for a rule that shows none."""
    if not _HIDDEN.isdisjoint(match["flags"] or ""):
        return ""
    said, before = match["said"], match.string[max(0, match.start() - 1) : match.start()]
    if match["flags"] is None and _OF_FORMULA.match(before) and not _OF_ONE.match(said):
        return match[0]
    return said.partition(":")[2].partition(";")[0].strip() if _OF_ONE.match(said) else said


def _without_lists(
    document: Document, mentions: tuple[Mention, ...]
) -> tuple[tuple[Block, ...], tuple[Mention, ...]]:
    """The blocks, items of literature and of links as furniture, and mentions: theirs are listed.

    A list of footnotes has none of them, and no item of these sections is a sentence that cites.
    """
    blocks = tuple(
        block._replace(role="furniture") if _is_in_a_list(block) else block
        for block in document.blocks
    )
    ends = [block.end for block in blocks]

    def is_listed(mention: Mention) -> bool:
        number = bisect_left(ends, mention.at)  # no block is left of a page of broken templates
        return number < len(blocks) and _is_in_a_list(document.blocks[number])

    return blocks, tuple(
        mention._replace(form="listed")
        if mention.form == "link" and is_listed(mention)
        else mention
        for mention in mentions
    )


def _is_in_a_list(block: Block) -> bool:
    heads = block.section if block.role == "item" else ()
    return any(is_head(head) or is_beside(head) for head in {*heads[:1], *heads[-1:]})


def _without_head(match: re.Match[str]) -> str:
    """A heading with nothing below it; that of a list that the page makes of itself goes."""
    return "" if is_head(match[0].split("\n")[0]) else match[0]


def _apart(
    references: Sequence[Reference], notes: Sequence[Reference]
) -> tuple[tuple[Reference, ...], int]:
    """The references, and the part of the page that its footnotes are.

    They are one of their own where the page also has a list of its own with the same numbers.
    """
    of_notes = frozenset(notes)
    labels = {each.marker for each in notes}
    if labels.isdisjoint(each.marker for each in references if each not in of_notes):
        return tuple(references), 0
    part = 1 + max(each.part for each in references)
    return tuple(
        replace(each, part=part) if each in of_notes else each for each in references
    ), part


def _exchanged(
    found: Iterable[Mention], templates: Templates, part: int
) -> tuple[tuple[Mention, ...], list[Finding]]:
    """Mentions with the numbers of their footnotes, and findings where editors had doubts.

    The footnotes are the part of the page that `part` says.
    """
    mentions: list[Mention] = []
    doubts: list[Finding] = []
    for mention in found:
        label = mention.labels[0] if len(mention.labels) == 1 else ""
        if label.startswith(DOUBT):
            code, detail = templates.doubts[int(label.removeprefix(DOUBT))]
            doubts.append(Finding(code=code, detail=detail, at=mention.at))
        elif label.startswith(USE):
            use = templates.notes.uses[int(label.removeprefix(USE))]
            mentions.append(mention._replace(labels=(use.label,), raw=use.raw, part=part))
        else:
            mentions.append(mention)
    return tuple(mentions), doubts
