"""What a reader of some bytes found, before anything is judged: text, blocks, markers, references.

Findings and references go into the article as they are; the others only lead to its claims.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple

from ledger.forms import Form

Role = Literal["heading", "paragraph", "item", "row", "cell", "quote", "code", "furniture"]
"""What a stretch of text is. A table row that is one statement is a row; where single cells of a
row carry citations of their own, each cell stands for itself."""

_STRICT = {"extra": "forbid"}
"""For whoever builds one from JSON: a field that is not known is refused. Pydantic is not imported
for that: it takes longer to start than a page takes to read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader must know about an article. `at` is an offset into its text or None."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    code: str
    detail: str
    at: int | None = None


class Block(NamedTuple):
    """A stretch `text[start:end]` of an article with one role; only prose roles hold claims.

    `section` lists the headings above it, outermost first.
    """

    start: int
    end: int
    role: Role
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of an article's reference list.

    Attributes:
        marker: Its identifier; None for an entry without one.
        raw: The entry as it stood.
        url: First address, as cited; None when it has none.
        urls: All addresses, in order.
        title: What is left of the entry when identifier and addresses are gone; None if nothing.
        part: Which part of the article it belongs to, from 0, where each part has a list of its
            own and the numbering begins anew; 0 where there is one numbering.
    """

    __pydantic_config__: ClassVar[Any] = _STRICT
    marker: str | None
    raw: str
    url: str | None = None
    urls: tuple[str, ...] = ()
    title: str | None = None
    part: int = 0


class Mention(NamedTuple):
    """A citation marker or link, cut out of the text and kept as a position.

    Attributes:
        at: Offset into the clean text where it stood.
        labels: Identifiers as cited, ranges and lists expanded; empty for a link.
        raw: The characters as they stood.
        run: Number of the maximal run of adjacent markers it belongs to, counted over the document.
        form: As `Form`.
        url: The address at the marker itself; None when only the list has one.
        anchor: Length of the linked words that end at `at`; 0 for a marker.
        part: As `Reference.part`: whose list its labels are of.
    """

    at: int
    labels: tuple[str, ...]
    raw: str
    run: int
    form: Form = "marker"
    url: str | None = None
    anchor: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader in `extract` found in some bytes, before anything is judged.

    Attributes:
        extractor: Name and version of the reader, for example "ledger-markdown/1".
        text: Prose without markers, NFC, blocks separated by a blank line.
        blocks: In text order, not overlapping, covering every non-blank character of `text`.
        mentions: In reading order.
        references: In list order.
        findings: In reading order as far as they have a place.
        title, published, dateline, language: None when not known. `published` is an ISO date or
            datetime as far as the page gives it.
        base: What the page says that its relative links start from, as written (`<base href>`).
        canonical: The address that the page gives as its own, as written. Nobody has checked it:
            it helps to read relative links, and says nothing of what the bytes are.
        code: From where to where code stands before which a sentence may end, or that has a stop;
            in order, each in one block.
        alone: Ends of blocks below which markers stand on a line of their own, in order.
    """

    extractor: str
    text: str
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    language: str | None = None
    base: str | None = None
    canonical: str | None = None
    code: tuple[tuple[int, int], ...] = ()
    alone: tuple[int, ...] = ()
