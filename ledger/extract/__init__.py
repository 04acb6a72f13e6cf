"""Bytes -> Document: one reader per format.

`read` chooses the reader; how each goes on is told in the docstring of its package.

1. `media` says what some bytes are, `characters` makes text of them, and `unpacked` takes a zip
   apart within limits. `expected` says which reader would read them, by the names in `versions`;
   `refused` says why none reads them.
2. Most formats become lines of Markdown or a page first: `office` (Word, OpenDocument), `book`
   (EPUB), `jats`, `message` with `message_parts` and `web_archive` (mails, saved pages), `pdf`,
   `wiki`, `notebook`, `answers` (what AI services hand out); `page_body` takes the inside of a
   page, `exported_page` reads a text that is nothing else.
3. A page is read in `html`; lines are read in `markdown`, which has the order of the steps below.
   `html` walks its tree instead of reading lines, and from its blocks on goes the same way.
4. `opened` takes off what stands above a text (`front`), undoes what it spells in a way of its own
   (`respell`) and the marks of printed pages (`pages`); `included` names its parts in other files.
   `lists` finds the reference lists. `markers` asks the text without them how it cites.
5. `lines` cuts blocks: `classify` says what one line is; what only its neighbours show is told by
   `fences`, `displays`, `counters`, `bold_lines`, `columns` and `interface`; `joined_lines` makes
   one text of the lines of a block, `labels` has the words before authors, days and sources.
6. `assemble` reads block by block: `compose` cuts the markers out (`markers.inline`) and keeps
   their places, with the cells of a row (`source_cells`). `marker_cells`, `ticks` and `same_again`
   spell markers out before.
7. What is no citation after all: `further`, `passing_on`, `closing_sources`. `as_written` gives the
   markers the characters that the document has; `notice` (with `mixed_scripts` and `doubts`) says
   what an editor must know, `language` in which language the text is.

Throughout, lines are numbered from 0, offsets count code points of the text or block that is named,
and an end is exclusive. A number with a name whose reason is "chosen" is a bound that no standard
and no measurement gives; "measured" is what some 1,200 documents of services, wikis and newspapers
have, "seen" what the cases of the tests have.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.counting import counted
from ledger.document import Document, Finding
from ledger.errors import ExtractError, UsageError
from ledger.extract import versions
from ledger.extract.characters.decode import Decoded, clean_text, decode
from ledger.extract.characters.garbled import garbled
from ledger.extract.media import (
    BOOK,
    JATS,
    JSON,
    MAIL,
    MARKDOWN,
    OPEN_DOCUMENT,
    PDF,
    PLAIN,
    SAVED,
    WEB_ARCHIVE,
    WIKI,
    WORD,
    looks_binary,
    media_type_of,
)
from ledger.extract.refused import misnamed, no_answer, only_references, unreadable
from ledger.letters import holds
from ledger.patterns import later

if TYPE_CHECKING:
    from ledger.extract.notebook import Notebook

_TEXTS = {
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "text",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "answer",
    WORD: "word",
    OPEN_DOCUMENT: "opendocument",
    BOOK: "book",
    WIKI: "wikitext",
    JATS: "jats",
}

_LOOKS_MARKDOWN = later(
    r"^[ ]{0,3}(?:#{1,6}[ ]|- \[|\|[^\n|]{0,1000}\||\[\^[^\]\s]{1,60}\]:)|\]\(http|\*\*"
    r"|^\\begin\{document\}|^:PROPERTIES:$",
    re.M,
)
"""What people write in Markdown, LaTeX and Org, and hardly ever in plain text."""
_LARGEST, _TOP = later(r"^# ([^\n]{1,200})$", re.M), 2_000
"""The title of a PDF is set in the largest letters, not far below its beginning."""
_MOST_NAMED = 5
"""Of what is attached to a mail; the others are attached beside them."""
_AUDIT = later(r"Citation audit(?:: | of [0-9,]{1,9} articles?\b)")
_AUDIT_SAYS = "This audit shows where each citation leads, not whether it is true."
"""How the title of an audit of this program begins, and what stands in it before all claims."""
_TOP_OF_AUDIT, _LONGEST_TITLE = 5_000, 300
"""Characters at the beginning of a text in which the sentence and, of the second, the title are
looked for. Chosen: an audit has its counts and warnings above the sentence."""
_NAMED_LIST = later(r"\.(?:bib|ris)(?:[?#]|$)", re.I)
"""How files of BibTeX and RIS are called: each line of one would be a claim."""
_SENT_AS_DATA = later(
    r"[\s\ufeff]{0,99}+(?:(?:event|id|retry)?:[^\n]{0,200}\n\s{0,9}+){0,40}+"
    r"(?:data:[ \t]?)?[\[{]\s{0,99}+[\"{]"
)
"""How text begins that may be JSON, or the events of an answer as they were sent."""
_NAMED_TEXT = later(r"\.te?xt(?:[?#]|$)", re.I)


def read(
    body: bytes,
    *,
    name: str,
    media_type: str | None = None,
    charset: str | None = None,
    known: Sequence[str] = (),
) -> tuple[Document, str, str | None]:
    """Read the article that some bytes hold.

    Args:
        body: After content decoding.
        name: What the bytes are called: an address or a file name, for choosing and for errors.
        media_type, charset: As declared with them; None when nothing was declared.
        known: The markers of a reference list that comes from outside.

    Returns:
        The document, the media type and the charset that were decided; None as charset of a format
        that is no text, or says its charset inside.

    Raises:
        ExtractError: Codes "empty", "binary", "broken-file", "encrypted", "unsupported-type",
            "reference-list", "no-text", "own-audit", and those of the format's reader.
    """
    if not body.strip():
        raise ExtractError(name, "empty", "it is empty")
    decided = media_type_of(body, media_type, name)
    if decided == PDF:
        return _with_text(_pdf(body, name, known), name), PDF, None
    if decided in (MAIL, SAVED, WEB_ARCHIVE):
        return _message(body, decided, name, known), decided, None
    kind = _TEXTS.get(decided)
    if broken := misnamed(name, decided, media_type):
        raise broken
    if kind in ("word", "opendocument", "book"):
        return _with_text(_zipped(kind, body, name, known), name), decided, None
    if kind == "jats":  # XML says its charset itself
        from ledger.extract.jats import read_jats

        return _with_text(read_jats(body, name, known), name), decided, None
    # A type that nobody declared was decided from the bytes: those were looked at.
    if kind is None or (media_type is not None and looks_binary(body)):
        raise unreadable(name, decided, body)
    decoded = decode(body, declared=charset, is_html=kind == "html")
    # Standard input has no name, and servers call every text plain.
    if decided == PLAIN and not _NAMED_TEXT.search(name) and _LOOKS_MARKDOWN.search(decoded.text):
        decided, kind = MARKDOWN, "markdown"
    if decided == PLAIN and (answer := _sent_as_data(decoded.text, name)):
        return answer, JSON, decoded.charset
    document = _with_text(_reader(kind, decoded, name, known), name)
    return document, decided, decoded.charset


def _sent_as_data(text: str, name: str) -> Document | None:
    """The answer that a plain text is, as it was sent; None where it is words.

    Raises:
        ExtractError: It is nothing but the events of a stream, and no answer.
    """
    if not _SENT_AS_DATA.match(text):
        return None
    from ledger.extract.answers.streams import responses_in

    try:
        return _with_text(_answer(text, name), name)
    except ExtractError:
        if text.lstrip("\ufeff \t\r\n")[:1] not in "{[" and responses_in(text):
            raise
        return None


def _is_reference_list(text: str) -> bool:
    """Whether JSON that no service answered is a list of references, such as CSL-JSON."""
    from ledger.extract.lists.given import read_references

    try:
        return text.lstrip()[:1] == "[" and bool(read_references(text, "a list"))
    except UsageError:
        return False


def _with_text(document: Document, name: str) -> Document:
    if not document.text:
        raise ExtractError(name, "no-text", "it contains no prose")
    above = document.text[:_TOP_OF_AUDIT]
    if _AUDIT_SAYS in above and _AUDIT.search(f"{document.title}\n{above[:_LONGEST_TITLE]}"):
        what = "it is an audit written by this program, and what it lists would be counted twice"
        raise ExtractError(name, "own-audit", what, remedy="Keep audits in another folder")
    return document


def _reader(kind: str, decoded: Decoded, name: str, known: Sequence[str]) -> Document:
    document = _read_as(kind, decoded, name, known)
    told = garbled(decoded)
    return replace(document, findings=(told, *document.findings)) if told else document


def _read_as(kind: str, decoded: Decoded, name: str, known: Sequence[str]) -> Document:
    text = decoded.text
    if kind in ("text", "markdown") and _NAMED_LIST.search(name):
        raise only_references(name)
    if kind == "answer":
        return _answer(text, name)
    if kind == "wikitext":
        from ledger.extract.wiki.read import read_wikitext

        return read_wikitext(text, name)
    if kind == "html":
        # The parser takes time to import: only pages pay for it.
        from ledger.extract.html import read_html

        return read_html(text, known, decoded.encoded)
    from ledger.extract.markdown import read_markdown

    if kind == "markdown" and holds(text, "</p>"):
        from ledger.extract.exported_page import page_in

        if page := page_in(text, known):
            return page
    return read_markdown(text, plain=kind == "text", known=known)


def _zipped(kind: str, body: bytes, name: str, known: Sequence[str]) -> Document:
    if kind == "word":
        from ledger.extract.office.word import read_word

        return read_word(body, name, known)
    if kind == "book":
        from ledger.extract.book import read_book

        return read_book(body, name, known)
    from ledger.extract.office.opendocument import read_opendocument

    return read_opendocument(body, name, known)


def _pdf(body: bytes, name: str, known: Sequence[str]) -> Document:
    from ledger.extract.lists.heads import is_head
    from ledger.extract.markdown import read_markdown
    from ledger.extract.pdf.read import read_pdf

    found = read_pdf(body, name)
    if found.html:
        from ledger.extract.office.page import read_made_page

        return read_made_page(
            found.html, b"", versions.PDF, known, left_out=(), fields=(), notes=()
        )
    document = read_markdown(clean_text(found.text), plain=True, known=known)
    findings = document.findings
    if found.left_out:
        findings = (Finding(code="text-left-out", detail=f"the PDF is {found.left_out}"), *findings)
    if found.are_tags_damaged:
        what = "the tags of the PDF, which say what its parts are, are damaged"
        findings = (Finding(code="markup-lost", detail=what), *findings)
    largest = _LARGEST.findall(found.text)
    is_above = len(largest) == 1 and f"# {largest[0]}" in found.text[:_TOP]
    is_above = is_above and not is_head(largest[0])
    title = largest[0].strip() if is_above else document.title
    return replace(document, extractor=versions.PDF, title=title, findings=findings)


def _message(body: bytes, media_type: str, name: str, known: Sequence[str]) -> Document:
    from ledger.extract.message import read_message
    from ledger.extract.web_archive import read_web_archive

    part = (read_web_archive if media_type == WEB_ARCHIVE else read_message)(body, name)
    kind = _TEXTS[part.media_type]
    decoded = decode(part.body, declared=part.charset, is_html=kind == "html")
    document, head = _with_text(_reader(kind, decoded, name, known), name), part.head
    named = ", ".join(part.attached[:_MOST_NAMED])
    left_out = Finding(code="text-left-out", detail=f"what is attached is not read: {named}")
    return replace(
        document,
        extractor=versions.MESSAGE,
        title=head.title or document.title,
        byline=head.byline or document.byline,
        published=head.published or document.published,
        findings=(*((left_out,) if named else ()), *document.findings),
        base=document.base or part.base,
    )


def _notebook(notebook: "Notebook", name: str) -> Document:
    from ledger.extract.markdown import read_markdown

    if not notebook.text.strip():
        what = "this notebook has no Markdown; code and its output are not read"
        raise ExtractError(name, "no-text", what, remedy="Save its text as Markdown")
    document = read_markdown(notebook.text)
    cells = counted(notebook.printed, "cell")
    left_out = [f"what the code of {cells} printed is not read"] if notebook.printed else []
    if notebook.raw:
        left_out.append(f"raw cells, which are for programs: {notebook.raw:,}")
    told = (Finding(code="text-left-out", detail=what) for what in left_out)
    findings = (*told, *document.findings)
    return replace(document, extractor=versions.NOTEBOOK, findings=findings)


def _answer(text: str, name: str) -> Document:
    from ledger.extract.answers.activity import read_activity
    from ledger.extract.answers.answer import read_answer
    from ledger.extract.answers.chats import read_chat
    from ledger.extract.markdown import read_markdown
    from ledger.extract.notebook import read_notebook

    notebook = read_notebook(text)
    if notebook is not None:
        return _notebook(notebook, name)
    if page := read_activity(text):
        from ledger.extract.html import read_html

        return replace(read_html(page), extractor=versions.ANSWER)
    answer = read_chat(text) or read_answer(text)
    if answer is None and _is_reference_list(text):
        raise only_references(name)
    if answer is None:
        raise no_answer(name, text)
    document = read_markdown(answer.text, beside=answer.references)
    findings = document.findings
    if answer.left_out:
        what = f"the file has more than one thousand answers: {answer.left_out:,} are left out"
        findings = (Finding(code="text-left-out", detail=what), *findings)
    return replace(
        document,
        extractor=versions.ANSWER,
        findings=findings,
        title=answer.title or document.title,
        published=answer.published or document.published,
    )
