"""The HTML made of a file of an office program -> Document.

What decides about markers, notes and lists is the same as for pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from ledger.document import Document, Finding, Reference
from ledger.extract.office.citation_fields import NoteFields, with_addresses
from ledger.extract.office.citation_records import works_of

_RAISED = re.compile(r"<sup>([0-9][0-9,;\s–-]{0,60})</sup>")
"""Numbers set high, spelled as the reader of lines knows them."""
_CELL = re.compile(r"(<t[dh][^<>]{0,100}>)((?:[^<]|<(?!/?t))*+)(?=</t[dh]>)")
"""Every cell is put into a paragraph, which in a page would be a sign of mere layout."""
_TITLE = re.compile(rb"<dc:title>([^<>]{1,300})</dc:title>")
"""Often that of a template, or none; it is believed where the text begins with it."""
_TAG = re.compile("<[^<>]*>")
_TOP = 5_000


def read_office_page(
    html: str,
    about: bytes,
    extractor: str,
    known: Sequence[str],
    *,
    hidden: bool,
    fields: Iterable[str],
    notes: Iterable[NoteFields],
    sources: Iterable[Reference] = (),
) -> Document:
    """Read the body of a page that was made of such a file.

    Args:
        html: The inside of its body.
        about: The part of the file that says what it is about; empty for none.
        extractor: What the document is to say of its reader.
        known: The markers of a list that comes from outside.
        hidden: Whether words were left out that the file shows nobody: a finding says so.
        fields: What citation programs keep behind the citations.
        notes: The notes that have some of them.
        sources: The works that the file lists where nobody sees them.
    """
    from ledger.extract.html import read_html

    html = _CELL.sub(_plain_cell, _RAISED.sub(_in_carets, html))
    said = _TITLE.search(about)
    title = said[1].decode("utf-8", "replace").strip() if said else ""
    head = f"<title>{title}</title>" if title and title in _TAG.sub("", html[:_TOP]) else ""
    document = read_html(f"{head}<body>{html}</body>", known, whole=True)
    left_out = (Finding(code="text-left-out", detail="words are hidden in the file"),)
    findings = (*(left_out if hidden else ()), *document.findings)
    works = chain.from_iterable(map(works_of, fields))
    references = with_addresses(document.references, chain(works, sources), notes)
    return replace(document, extractor=extractor, findings=findings, references=references)


def _in_carets(match: re.Match[str]) -> str:
    return f"^{','.join(match[1].replace(',', ' ').split())}^"


def _plain_cell(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2].replace('</p><p>', ' ').replace('<p>', '').replace('</p>', '')}"
