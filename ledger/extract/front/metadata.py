"""Text -> title, byline, date and dateline, as far as the text itself gives them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from ledger.document import Block
from ledger.extract.front.dates import date_in
from ledger.extract.front.part_names import names_part
from ledger.patterns import later

_PLACE = (
    r"[A-Z][^\W\d_]{1,20}(?:[ '.-][^\W\d_]{1,20}){0,3}(?:, (?!"
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b)[A-Z][\w.]{1,20})?"
)
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?:,? (?P<date>(?:[^—–\n():-]|:(?=[0-9])){{3,30}}))?"
    r"(?: ?\((?P<credit>[A-Z][\w .&/-]{1,30})\))? ?(?:[—–]|--?(?= )) ?\S"
)
_WORD = later(r"[^\W\d_]{1,60}")
_SMALL_WORD = later(r"\s[a-zà-ÿ]\w*$")
"""What no place ends with: "Ustawa z dnia 20 lipca 2017 r. – Prawo wodne" is an act."""
_FRONT = re.compile(
    r"\A(?P<rule>---|\+\+\+)[ \t]*\n(?P<said>.{0,20000}?)\n(?P=rule)[ \t]*(?:\n|\Z)", re.S
)
_FIELD = later(
    r"(?P<key>[^\W\d_][\w-]{0,60}(?: [\w-]{1,30}){0,2})[ \t]{0,20}:(?:[ \t](?P<value>.*))?$"
)
_PAGE = later(r"\[\[([^\[\]|]{1,200})\]\]")
_SETTING = later(r"(?P<key>[^\W\d_][\w-]{0,60})[ \t]{0,20}=[ \t]{0,20}(?P<value>.*)$")
_NO_PROSE = later(r"[ \t]|-[ \t]|-$|#|\]|\}")
_NO_PROSE_EITHER = later(r"[ \t#\]}\[\"'{]")
_LINES = {"---": (_FIELD, _NO_PROSE), "+++": (_SETTING, _NO_PROSE_EITHER)}
"""A key with its value, and what goes on with one, in YAML and in TOML, by the rule around them."""
_AUTHORS = later(
    r"^authors?:[ \t]{0,8}\n(?:[ \t]{0,8}(?:-[ \t]|[a-z]{2,20}:)[^\n]{1,200}\n?){1,60}", re.M
)
_LISTED = later(r"^[ \t]{0,8}-[ \t]{1,8}(?:name:[ \t]{0,4})?(?![a-z-]{2,20}:)([^\n]{2,100})$", re.M)
"""Authors as a list, each by name alone or with more: "- name: Li Wei"."""
_KEYED = later(r"^bibliography[ \t]{0,8}:", re.M)
_LIST = "references"
_OF_NOTES = frozenset({"tags", "aliases", "created", "updated", "modified", "cssclass", "id"})
"""What programs for notes say of one, and nothing of it is read."""
_READ = frozenset({"title", "date", "published", "author", "authors", _LIST})
_OF_SITES = frozenset({"description", "layout", "permalink", "slug", "categories", "summary"})
"""What programs for sites say of a page."""
_KEYS = later(r"^([^\s#-][^:\n]{0,60}):", re.M)
_FEWEST_WORDS = 4
"""Words of a key and its value that may say something."""
_OF_A_PROGRAM = later(r"[a-z][a-z0-9]{1,40}(?:[_-][a-z0-9]{1,40}){0,6}")
_HANDLE = later(r"\s{0,4}(?:\(@[\w.-]{1,40}\)|<[^<>\n]{1,200}>)")
"""What stands behind a name: "Ann Roe (@roe)"."""


_MOST_ABOVE = 8
"""Blocks in which the title stands, if there is one: a site's name, a rubric, a date come first."""
_STOPS = frozenset(".!?…。！？")
_QUOTES = frozenset("\"'")
_INDENTED = frozenset(" \t-#")
_LONGEST_VALUE = 80
"""Lines of a value that quotation marks hold together."""
_LONGEST_ABOVE = 40
"""Characters of a line with a stop that is no text yet: a date, a rubric, a greeting."""


class Metadata(NamedTuple):
    """What a text says of itself; None or empty where it says nothing.

    `source` is whose text it is, as a line above it says.
    """

    title: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    source: str | None = None


def front_matter(text: str) -> tuple[Metadata, str]:
    """Front matter as YAML or TOML, read for title, author and date only, and what is behind it."""
    match = _FRONT.match(text)
    found = _fields(match["said"].split("\n"), *_LINES[match["rule"]]) if match else None
    if match is None or not found:
        return Metadata(), text
    known = not found.keys().isdisjoint(_READ | _OF_NOTES | _OF_SITES)
    if not known and not _is_of_a_program(match["said"]):
        return Metadata(), text
    authors = found.get("author") or found.get("authors") or ""
    listed = _AUTHORS.search(match["said"])
    names = _LISTED.findall(listed[0]) if listed else _HANDLE.sub("", authors).split(",")
    byline = tuple(filter(None, (name.strip(" []\"'") for name in names)))
    published = date_in(found.get("date") or found.get("published") or "")
    title = found.get("title")
    page = _PAGE.fullmatch(title) if title else None  # of the same vault: "[[Dams]]"
    return Metadata(page[1] if page else title, byline, published), text[match.end() :]


def _is_of_a_program(said: str) -> bool:
    """Whether keys are several and of the kind that programs write: "run_id:", "model:".

    Most of what they say is no sentence, as it is where people talk: "ann: No, the wall broke."
    """
    keys = _KEYS.findall(said)
    told = sum(
        line.rstrip(" \t\"'")[-1:] in _STOPS
        and len(line.split(maxsplit=_FEWEST_WORDS)) > _FEWEST_WORDS
        for line in said.split("\n")
        if line[:1] not in _INDENTED
    )
    return len(keys) > 1 and 2 * told < len(keys) and all(map(_OF_A_PROGRAM.fullmatch, keys))


def names_works(front: str) -> bool:
    """Whether front matter says in which file the works are that a text cites by their keys."""
    return _KEYED.search(front) is not None


def _fields(
    lines: Sequence[str], pattern: re.Pattern[str], goes_on: re.Pattern[str]
) -> dict[str, str]:
    """What front matter says by key, in lower case; empty when a line of it is prose.

    Its first line is a key, comments aside; each other one is a key, an item, indented, a comment
    or blank.
    """
    found: dict[str, str] = {}
    closes = ""
    first = next((n for n, line in enumerate(lines) if line[:1] != "#"), 0)
    for number, line in enumerate(lines[first:], start=first):
        if closes:  # a value over several lines
            closes = "" if line.rstrip().endswith(closes) else closes
            continue
        field = pattern.match(line)
        if field is None and (number == first or (line.strip() and not goes_on.match(line))):
            return {}
        said = (field["value"] or "").strip() if field else ""
        closes = _closes(said, lines, number)
        value = _unquoted(said)
        if field and (value or field["key"] == _LIST):
            found[field["key"].lower()] = value
    return found


def _unquoted(said: str) -> str:
    r"""A value without its quotation marks; those in it are escaped: "The \"dry\" dam"."""
    sign = said[:1]
    if sign in _QUOTES and len(said) > 1 and said.endswith(sign):
        return said[1:-1].replace('\\"' if sign == '"' else "''", sign).strip()
    return said.strip("\"'")


def _closes(said: str, lines: Sequence[str], number: int) -> str:
    """The sign that closes a value below the line that opens it with that sign; else empty."""
    sign = said[:1]
    if sign not in _QUOTES or (len(said) > 1 and said.endswith(sign)):
        return ""
    below = lines[number + 1 : number + 1 + _LONGEST_VALUE]
    return sign if any(line.rstrip().endswith(sign) for line in below) else ""


def read_metadata(text: str, blocks: Sequence[Block], cited: Sequence[int] = ()) -> Metadata:
    """Title from the first heading, date and place from a dateline in the first paragraphs.

    Args:
        text: Of the document.
        blocks: Of it.
        cited: Where its markers and links stand, in order.
    """
    title = _title(text, blocks, cited)
    prose = [text[b.start : b.start + 200] for b in blocks[:8] if b.role == "paragraph"][:3]
    for opening in prose:
        match = _DATELINE.match(opening)
        if match and not _SMALL_WORD.search(match["place"]) and not _is_short_form(match):
            published = date_in(match["date"] or "")
            if published or match["credit"]:
                return Metadata(title, (), published, match["place"])
    return Metadata(title)


def _is_short_form(match: re.Match[str]) -> bool:
    """Whether brackets hold the short form of the words before them: "Word Error Rate (WER) –"."""
    return match["credit"] == "".join(word[0] for word in _WORD.findall(match["place"]))


def _title(text: str, blocks: Sequence[Block], cited: Sequence[int]) -> str | None:
    """The first heading, if it stands above the text or above all the other headings.

    One that names a part, "Key Points", is a title only where it heads all the rest.
    """
    number = next((n for n, b in enumerate(blocks[:_MOST_ABOVE]) if b.role == "heading"), None)
    if number is None:
        return None
    title = text[blocks[number].start : blocks[number].end]
    below_text = any(_is_text(text, block, cited) for block in blocks[:number])
    if not below_text and not names_part(title):
        return title
    others = [block for block in blocks[number + 1 :] if block.role == "heading"]
    heads_all = all(block.section[:1] == (title,) for block in others)
    return title if heads_all and (others or not below_text) else None


def _is_text(text: str, block: Block, cited: Sequence[int]) -> bool:
    """Whether a block is text already: a heading below it may head a part, and not the whole."""
    stopped = text[block.end - 1 : block.end] in _STOPS and block.end > block.start
    if block.role not in ("paragraph", "item") or not stopped:
        return False
    first = bisect_left(cited, block.start)
    cites = first < len(cited) and cited[first] <= block.end
    long = block.role == "paragraph" and block.end - block.start > _LONGEST_ABOVE
    return cites or long
