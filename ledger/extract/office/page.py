"""The HTML made of a file of an office program, or of a tagged PDF -> Document.

What decides about markers, notes and lists is the same as for pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from itertools import chain, islice

from ledger.document import Document, Finding, Reference
from ledger.extract.office.citation_fields import NoteFields, with_addresses
from ledger.extract.office.citation_records import as_listed, works_of

_RAISED = re.compile(r"<sup>([0-9][0-9,;\s–-]{0,60})</sup>")
"""Numbers set high, spelled as the reader of lines knows them."""
_CELL = re.compile(r"(<t[dh][^<>]{0,100}>)((?:[^<]|<(?!/?t))*+)(?=</t[dh]>)")
"""Every cell is put into a paragraph, which in a page would be a sign of mere layout."""
_TITLE = re.compile(rb"<dc:title>([^<>]{1,300})</dc:title>")
"""Often that of a template, or none; it is believed where the text begins with it."""
_TAG = re.compile("<[^<>]*>")
_TOP = 5_000
"""Characters of a page, with its tags, in which its title must stand to be believed. Chosen, for
some paragraphs."""
_MOST_LISTED = 500
"""Works that are looked for: no text cites as many."""
_WITHOUT_LIST = "what a citation program cites here was read as words: no list of it is printed"


def read_made_page(
    html: str,
    about: bytes,
    extractor: str,
    known: Sequence[str],
    *,
    left_out: Iterable[str],
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
        left_out: What of the file is not in it: a finding each.
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
    cited = [*chain.from_iterable(map(works_of, fields))]
    works = [*cited, *sources]
    lost = [Finding(code="text-left-out", detail=each) for each in left_out]
    if works and not document.references and not any(each.labels for each in document.mentions):
        if unlisted := _listed(works, html):
            document = read_html(f"{head}<body>{html}{unlisted}</body>", known, whole=True)
        elif cited:
            lost.append(Finding(code="works-kept", detail=_WITHOUT_LIST))
    findings = (*lost, *document.findings)
    references = with_addresses(document.references, works, notes)
    return replace(document, extractor=extractor, findings=findings, references=references)


def _listed(works: Iterable[Reference], html: str) -> str:
    """A list of the works that a text without one names by author and year; "" for none."""
    found = dict.fromkeys(filter(None, map(as_listed, works)))
    entries = [
        said
        for named, said in islice(found, _MOST_LISTED)
        if all(escape(each, quote=False) in html for each in named)
    ]
    items = "".join(f"<li>{escape(said)}</li>" for said in entries)
    return f"<h2>References</h2><ul>{items}</ul>" if items else ""


def _in_carets(match: re.Match[str]) -> str:
    return f"^{','.join(match[1].replace(',', ' ').split())}^"


def _plain_cell(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2].replace('</p><p>', ' ').replace('<p>', '').replace('</p>', '')}"
