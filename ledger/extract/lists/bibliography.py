"""A bibliography in CSL-JSON, RIS or BibTeX -> the entries of a reference list.

Markers are what each format calls an entry by: CSL's `citation-number`, else its `id`; BibTeX's
key; RIS's ID or LB. RIS alone needs neither: where no record of a file has one, the file is a list
in order, and its first record is "1". Nothing is counted where entries have names of their own.

Addresses that an entry gives beside its first one are kept only where they lead to the same page:
an archived copy does, a DOI beside the publisher's page cannot be known to, and would look like a
second source of the claim. The entry as it stood (`raw`) keeps all of them.
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from ledger import urls
from ledger.counting import counted
from ledger.density import most_items
from ledger.document import Reference
from ledger.errors import UsageError

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry
    from pylatexenc.macrospec import LatexContextDb

_RIS_BEGIN = re.compile(r"[ \t]*TY[ \t]{0,4}-", re.M)
_RIS_TAG = re.compile(r"[A-Z][A-Z0-9]  -(?: |$)")
_RIS_EXAMPLE = "A record begins with 'TY  - ', ends with 'ER  - ' and has two spaces before each -"
_MOST_CONTINUED = 1_000
"""Lines without a tag one after another: the reader takes time that grows with their square."""
_BIB_BEGIN = re.compile(r"(?:[ \t]*(?:%[^\n]*)?\n)*[ \t]*@[A-Za-z]{1,40}\s{0,20}[{(]")
_BIB_ENTRY = re.compile(r"@[A-Za-z]{1,40}[ \t]{0,20}[{(]")
_BIB_URL = re.compile(r"\\url\s{0,4}\{([^{}]{1,2000})\}|(https?://[^\s{}\\]{3,2000})")
_BIB_ESCAPE = re.compile(r"\\([&%$#_{}~^])")
_CSL_KEYS = frozenset(["URL", "DOI", "issued", "container-title", "citation-number"])
_ARXIV = re.compile(
    r"(?:arxiv:\s{0,2})?([a-z.-]{2,20}/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?", re.I
)
_IN_ADDRESS = {ord("<"): "%3C", ord(">"): "%3E"}
"""How an address has signs that older numbers hold: "10.1175/1520-0477(1997)078<0197:E>2"."""
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s{0,2})?(10\.[0-9]{4,9}/\S{1,500})", re.I)
_LONGEST_TITLE = 1_000
_DEEPEST_TITLE = 20
"""Characters and braces of a title up to which TeX in it is undone: the library takes long for what
is nested. Chosen, far beyond any title."""


def is_ris(text: str, name: str) -> bool:
    """Whether a file is RIS: by its ending, or because it begins with a record."""
    return name.lower().endswith(".ris") or bool(_RIS_BEGIN.match(text.lstrip()))


def is_bibtex(text: str, name: str) -> bool:
    """Whether a file is BibTeX: by its ending, or because it begins with an entry."""
    return name.lower().endswith(".bib") or bool(_BIB_BEGIN.match(text))


def is_csl(row: object) -> bool:
    """Whether an object is an item of CSL-JSON, which spells its address "URL"."""
    if not isinstance(row, dict) or "url" in row or "marker" in row:
        return False
    return not _CSL_KEYS.isdisjoint(row) or {"id", "type", "title"} <= row.keys()


def csl_reference(item: Mapping[str, Any], name: str) -> Reference:
    """The entry that an item of CSL-JSON is.

    Raises:
        UsageError: It has nothing to be cited by: no citation-number, id, citation-key or index.
    """
    marker = _first(item, "citation-number", "id", "citation-key", "index")
    if marker is None:
        raise UsageError(
            name, "an item has no citation-number and no id", remedy="CSL-JSON gives each an id"
        )
    identifiers = _first(item, "DOI"), _arxiv_in(item.get("number"), item.get("archive"))
    found = addresses(
        [_first(item, "URL")], *identifiers, archived=_first(item, "archive_location")
    )
    return entry(marker, json.dumps(item, ensure_ascii=False), found, _first(item, "title"))


def read_ris(text: str, name: str) -> tuple[Reference, ...]:
    """The entries of a RIS file, in its order.

    Raises:
        UsageError: A record does not end, is not spelled as RIS, or a value has no end.
    """
    import rispy

    begun = len(_RIS_BEGIN.findall(text))
    if _longest_run(text) > _MOST_CONTINUED:
        raise UsageError(name, f"a value goes on for over {_MOST_CONTINUED} lines")
    records = rispy.loads(text)
    if len(records) != begun:
        raise UsageError(
            name,
            f"{counted(begun, 'record begins', 'records begin')} in this RIS file, and "
            f"{len(records)} can be read",
            remedy=_RIS_EXAMPLE,
        )
    markers = [_first(record, "id", "label") for record in records]
    if not any(markers):
        markers = [str(number) for number in range(1, len(records) + 1)]
    return tuple(
        _ris_reference(marker, record) for marker, record in zip(markers, records, strict=True)
    )


def has_ris_id(reference: Reference) -> bool:
    """Whether the record of a RIS file that an entry is has an id of its own."""
    return _first(json.loads(reference.raw), "id", "label") is not None


def _longest_run(text: str) -> int:
    """The most lines without a tag that follow one another."""
    longest = run = 0
    for line in text.splitlines():
        run = 0 if _RIS_TAG.match(line) else run + 1
        longest = max(longest, run)
    return longest


def _ris_reference(marker: str | None, record: Mapping[str, Any]) -> Reference:
    listed = record.get("urls")
    urls_given = [str(url) for url in listed] if isinstance(listed, list) else []
    urls_given.append(_first(record, "url", "link") or "")
    title = _first(record, "title", "primary_title", "short_title", "secondary_title")
    found = addresses(urls_given, _first(record, "doi"), None)
    return entry(marker, json.dumps(record, ensure_ascii=False), found, title)


def read_bibtex(text: str, name: str) -> tuple[Reference, ...]:
    """The entries of a BibTeX file, in its order.

    Raises:
        UsageError: An entry cannot be read; its line is said. Or there are too many.
    """
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

    if len(_BIB_ENTRY.findall(text)) > most_items(len(text)):
        raise UsageError(
            name,
            "it has more entries than a list of its length can have",
            remedy="Take the empty ones out",
        )
    found: list[Reference] = []
    for each in _bib_blocks(text):
        # Two entries of one key both count: where they lead decides.
        block = each.ignore_error_block if isinstance(each, DuplicateBlockKeyBlock) else each
        if isinstance(block, Entry):
            found.append(_bib_reference(block.key, _bib_fields(block), block.raw or block.key))
        elif isinstance(block, ParsingFailedBlock):
            said = getattr(block.error, "abort_reason", "") or str(block.error)
            said = said.partition(" Note: ")[0]  # of what a programmer may do
            reason = said.strip().replace("\n", " ")[:200] or "it cannot be read"
            line = (block.start_line or 0) + 1
            raise UsageError(name, f"the entry at line {line} is not valid BibTeX: {reason}")
    return tuple(found)


def fields_of_bibtex(raw: str) -> dict[str, str]:
    """The fields of one entry of BibTeX, their names in small letters; none when it is no entry."""
    from bibtexparser.model import Entry

    return next((_bib_fields(block) for block in _bib_blocks(raw) if isinstance(block, Entry)), {})


def _bib_blocks(text: str) -> "list[Block]":
    from bibtexparser.entrypoint import parse_string

    logger = logging.getLogger("bibtexparser")
    if not logger.handlers:  # else it prints what it raises
        logger.addHandler(logging.NullHandler())
    return parse_string(text).blocks


def _bib_fields(entry: "Entry") -> dict[str, str]:
    return {field.key.lower(): str(field.value) for field in entry.fields}


def _bib_reference(key: str, fields: Mapping[str, str], raw: str) -> Reference:
    given = [_plain(fields.get("url", ""))]
    for place in ("howpublished", "note"):
        match = _BIB_URL.search(fields.get(place, ""))
        given.append(_plain(match[1] or match[2]) if match else "")
    is_arxiv = fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv"
    eprint = fields.get("eprint") if is_arxiv else None
    found = addresses(
        given,
        _plain(fields.get("doi", "")),
        _arxiv_in(eprint, "arxiv") or _arxiv_in(fields.get("journal"), None),
        archived=_plain(fields.get("archiveurl", fields.get("urlarchive", ""))),
    )
    return entry(key, raw, found, untexed(fields.get("title", "")))


def _plain(value: str) -> str:
    """An address without the marks that TeX needs around and in it."""
    match = _BIB_URL.fullmatch(value.strip())
    inner = (match[1] or match[2]) if match else value.strip()
    return _BIB_ESCAPE.sub(r"\1", inner).strip("{}")


def untexed(title: str) -> str:
    """A title as it is printed; one that is long or nested beyond any title stays as it stands."""
    title = " ".join(title.split())
    if len(title) > _LONGEST_TITLE or title.count("{") > _DEEPEST_TITLE or "$" in title:
        return title
    if "\\" not in title:
        return title.replace("{", "").replace("}", "")
    from pylatexenc.latex2text import LatexNodes2Text

    read, printed = _of_tex()
    # Another one for each: it remembers what it was told the title is.
    printer = LatexNodes2Text(latex_context=printed)
    return str(printer.latex_to_text(title, latex_context=read)).strip()


@cache
def _of_tex() -> "tuple[LatexContextDb, LatexContextDb]":
    """The macros of TeX as they are read and printed: to set them up takes longer than a title."""
    from pylatexenc import latex2text, latexwalker

    return (
        latexwalker.get_default_latex_context_db(),
        latex2text.get_default_latex_context_db(),
    )


def _arxiv_in(number: object, archive: object) -> str | None:
    """An arXiv id: one that says so itself, or beside the word."""
    text = str(number or "").strip()
    says = text.lower().startswith("arxiv:") or str(archive or "").lower() == "arxiv"
    match = _ARXIV.match(text) if says else None
    return match[1] if match else None


def addresses(
    given: Iterable[str | None],
    doi: str | None,
    arxiv: str | None,
    archived: str | None = None,
) -> tuple[str, ...]:
    """The addresses of one entry: the first there is, and those that lead to the same page.

    The order of preference is: its own addresses, its DOI, its arXiv id, its archived copy; None
    for what it does not have. They are repaired, each once.
    """
    number = _DOI.fullmatch(unescape(doi or "").strip().translate(_IN_ADDRESS))
    candidates = [
        *given,
        f"https://doi.org/{number[1]}" if number else None,
        f"https://arxiv.org/abs/{arxiv}" if arxiv else None,
        archived,
    ]
    usable = [found for each in candidates if each and (found := urls.repair(each))]
    pages = [urls.unwrap(each).url for each in usable]
    same = [each for each, page in zip(usable, pages, strict=True) if page == pages[0]]
    return tuple(dict.fromkeys(same))


def entry(marker: str | None, raw: str, found: tuple[str, ...], title: str | None) -> Reference:
    """A reference with these addresses; without any it stays in the list as a gap.

    Args:
        marker: With or without brackets; None, or nothing but those, for none.
        raw: As it stands in its list.
        found: Its addresses, the first one preferred.
        title: None, or empty, where it is not known.
    """
    return Reference(
        marker=(marker or "").strip("[]^ ") or None,
        raw=raw.strip(),
        url=found[0] if found else None,
        urls=found,
        title=title or None,
    )


def _first(record: Mapping[str, Any], *keys: str) -> str | None:
    """The first of some values that is a text or a number, as text; None when none is."""
    for value in map(record.get, keys):
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return None
