"""Lines -> their reference lists, including those in rare notations.

Lists in rare notations are first rewritten as definitions, "[2]: name". Each notation has a sign
that most documents lack, and is tried only where that sign is found.
"""

from collections.abc import Sequence

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.counted_files import with_counted_files
from ledger.extract.lists.counted_links import with_counted_links
from ledger.extract.lists.defined_in_text import defined_in_text
from ledger.extract.lists.id_rows import cites_ids, with_id_rows
from ledger.extract.lists.lettered_notes import with_lettered_notes
from ledger.extract.lists.linked_numbers import with_linked_numbers
from ledger.extract.lists.named_rows import with_named_rows
from ledger.extract.lists.odd_list import with_odd_list
from ledger.extract.lists.references import Listed, find_references
from ledger.letters import holds
from ledger.patterns import later

_QUOTED = later(r"\A(?:>[ \t]?){1,8}(?:\[![A-Za-z-]{1,20}\][-+]?[ \t]*(?=\S))?")
"""With the kind of a box: "> [!info] Sources"."""
_SECOND_NOTE = later(r"\n(?:\[(?:ii|b)\]|\\\[(?:ii|b)\\\]|[ \t]{0,8}(?:ii|b)\\?[.)][ \t])")


def every_list(lines: Sequence[str], text: str) -> Listed:
    """Every reference list of a document, as `find_references`; `text` has its lines."""
    lines = _with_definitions(_unquoted(lines, text), text)
    listed = find_references(lines)
    if any(each.marker for each in listed.references):
        return listed
    addressed = has_address(text)
    odd = with_id_rows(lines) if addressed or cites_ids(text) else None
    if odd := odd or (with_odd_list(lines) if addressed else None):
        return find_references(odd)
    explained = defined_in_text(text) if not listed.references and holds(text, "1] [") else None
    return explained or listed


def _unquoted(lines: Sequence[str], text: str) -> Sequence[str]:
    """The lines without the marks of a quotation: in a mail, or a box, a list is a list."""
    if not (text.startswith(">") or holds(text, "\n>")):
        return lines
    return [_QUOTED.sub("", line) if line[:1] == ">" else line for line in lines]


def _with_definitions(lines: Sequence[str], text: str) -> Sequence[str]:
    if holds(text, "[1. ", "[1) "):
        lines = with_counted_links(lines)
    if holds(text, "**File:** "):
        lines = with_counted_files(lines)
    if _SECOND_NOTE.search(text):
        lines = with_lettered_notes(lines)
    if holds(text, "[[", "[\\["):
        lines = with_linked_numbers(lines)
    if holds(text, "-|", "- |", ":|"):
        lines = with_named_rows(lines)
    return lines
