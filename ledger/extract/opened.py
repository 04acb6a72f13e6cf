"""Characters -> the lines that are read, and what stands above them: front matter, mail, masthead.

What a text has in a way of its own is respelled before any line is looked at.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.document import Finding, Reference
from ledger.extract.characters.invisible import with_line_ends, without_blanks
from ledger.extract.front.about import credit_to
from ledger.extract.front.mail import mail_head
from ledger.extract.front.masthead import read_masthead, without_controls
from ledger.extract.front.metadata import Metadata, front_matter, names_works
from ledger.extract.front.slide_heads import without_slide_heads
from ledger.extract.included import parts_elsewhere
from ledger.extract.lists.front_list import counted_front_list, front_list
from ledger.extract.lists.identified_keys import identified_keys, mmark
from ledger.extract.markers.at_keys import with_square_brackets
from ledger.extract.pages import without_page_marks
from ledger.extract.respell import directives, org
from ledger.extract.respell.addressed_numbers import with_addressed_numbers
from ledger.extract.respell.cards import with_every_card
from ledger.extract.respell.chips import fold_chips, fold_hosts, fold_spaced
from ledger.extract.respell.comments import without_comments
from ledger.extract.respell.double_spaced import single_spaced
from ledger.extract.respell.embedded_pictures import without_embedded_pictures
from ledger.extract.respell.fenced_cards import with_fenced_cards
from ledger.extract.respell.fenced_words import with_fenced_words
from ledger.extract.respell.files_below import with_files_of_sources
from ledger.extract.respell.glued_hosts import with_glued_hosts
from ledger.extract.respell.glued_notes import with_glued_notes
from ledger.extract.respell.lone_counters import with_lone_counters
from ledger.extract.respell.outdented import with_headings_at_edge
from ledger.extract.respell.own_notes import fold_notes
from ledger.extract.respell.own_sources import with_own_sources
from ledger.extract.respell.paper_keys import with_passages
from ledger.extract.respell.paragraph_numbers import without_paragraph_numbers
from ledger.extract.respell.reasoning import without_reasoning
from ledger.extract.respell.set_in_code import with_fences
from ledger.extract.respell.spelled_out import is_spelled_otherwise, spelled_out
from ledger.extract.respell.underlined import with_headings
from ledger.extract.respell.wiki_copy import plain_sections, with_marks_before_blanks
from ledger.extract.respell.wrapped import unwrapped
from ledger.letters import holds

_WIDEST_KEY = 40
"""Characters in which the first key of a mail's head ends."""


class Opened(NamedTuple):
    """A text before its lists and blocks are told apart.

    Attributes:
        written: All of it as somebody wrote it, without comments.
        text: What is read.
        lines: Of `text`; those that said who wrote it, and when, are empty.
        head: What they said.
        beside: References out of the front matter.
        counted: The same without ids, by their places, for a text that has no list.
        respelled: Whether some of it stands otherwise in `written`.
        findings: What of it was left out, and whose text it says that it is.
        keys: As `with_passages` gives them.
        keyed: Whether its front matter names the file of the works that it cites by keys.
        plain: Whether it is plain text, and in no language of marks.
    """

    written: str
    text: str
    lines: list[str]
    head: Metadata
    beside: tuple[Reference, ...]
    counted: tuple[Reference, ...]
    respelled: bool
    findings: tuple[Finding, ...]
    keys: Mapping[str, str]
    keyed: bool
    plain: bool


def opened(text: str, *, plain: bool) -> Opened:
    """A document of lines, opened. Arguments as those of `read_markdown`. Never raises."""
    whole, thought = _article_in(text, plain=plain)
    plain = plain and not _has_marks(whole)
    elsewhere = parts_elsewhere(whole)
    whole, works = mmark(whole)
    whole = without_slide_heads(_as_markdown(whole))
    front = _front_of(whole)
    below = front.below
    spelled = with_square_brackets(below) if front.keyed else below
    spelled = with_glued_hosts(spelled_out(with_addressed_numbers(spelled)))
    text, keys = with_passages(with_own_sources(with_every_card(with_glued_notes(spelled))))
    text = with_files_of_sources(text)
    if holds(text, "[0"):
        text = without_paragraph_numbers(text)
    if not plain:
        text = with_fences(text)
    lines = text.split("\n")
    lines, text = _in_step(with_headings(text, lines), lines, text)
    masthead, lines = read_masthead(without_controls(lines) if plain else lines)
    if plain:
        lines, text = _in_step(with_headings_at_edge(without_page_marks(lines)), lines, text)
    lines, text = _folded(lines, text)
    return Opened(
        written=whole,
        text=text,
        lines=lines,
        head=Metadata(
            front.head.title,
            front.head.byline or masthead.byline,
            front.head.published or masthead.published,
        ),
        beside=(*front.listed, *works, *front.identified),
        counted=front.counted,
        respelled=spelled != below,
        findings=(
            *thought,
            *elsewhere,
            *((credit_to(masthead.source),) if masthead.source else ()),
        ),
        keys=keys,
        keyed=front.keyed,
        plain=plain,
    )


def _article_in(text: str, *, plain: bool) -> tuple[str, tuple[Finding, ...]]:
    """What somebody wrote, without what programs put around it or into it; and what was left out.

    Invisible characters, a wrapping around the whole, comments, pictures as text, reasoning.
    """
    whole = without_blanks(with_marks_before_blanks(text) if not text.isascii() else text)
    paged = not plain and "\f" in whole
    whole = with_line_ends(whole.replace("\n\f", "\n") if paged else whole)
    whole = without_embedded_pictures(without_comments(single_spaced(unwrapped(whole))))
    return without_reasoning(whole) if holds(whole, "</") else (whole, ())


class _Front(NamedTuple):
    """What stands above a text, and the text below it.

    Attributes:
        head: What the front matter or the head of a mail says.
        below: The text.
        listed: The references of the front matter.
        counted: As in `Opened`.
        identified: References for keys of the text that say where they lead.
        keyed: As in `Opened`.
    """

    head: Metadata
    below: str
    listed: Sequence[Reference]
    counted: tuple[Reference, ...]
    identified: Sequence[Reference]
    keyed: bool


def _front_of(whole: str) -> _Front:
    head, below = front_matter(whole)
    if not head.title and ":" in below[:_WIDEST_KEY]:
        head, below = mail_head(below)
    front = whole[: len(whole) - len(below)]
    below, identified = identified_keys(below) if "@" in below else (below, ())
    listed, counted = front_list(front), counted_front_list(front, below)
    return _Front(head, below, listed, counted, identified, names_works(front))


def _in_step(lines: list[str], before: list[str], text: str) -> tuple[list[str], str]:
    """The lines and their text: that of the lines `before`, where these are the same."""
    return lines, text if lines == before else "\n".join(lines)


def _folded(lines: list[str], text: str) -> tuple[list[str], str]:
    """The lines, each with what a copy or a converter left of it on others; and their text.

    The text says only whether there is such: chips that are folded stay in it.
    """
    if holds(text, "\n+"):
        lines = fold_chips(lines)
    if holds(text, " +"):
        lines = fold_spaced(lines)
    if holds(text, "\n. ") or text.rstrip().endswith("\n."):
        lines = fold_hosts(lines)
    lines = with_lone_counters(text, plain_sections(text, lines))
    if "#" in text and holds(text, "]("):
        return _in_step(fold_notes(lines), lines, text)
    return lines, text


def _has_marks(text: str) -> bool:
    """Whether a text is in a language of marks, in which a paragraph ends where a line is empty."""
    return org.is_org(text) or directives.is_restructured(text) or is_spelled_otherwise(text)


def _as_markdown(text: str) -> str:
    """A text in another language of marks as Markdown, where it begins so or has parts set so."""
    if org.is_org(text):
        return org.as_markdown(text)
    if directives.is_restructured(text):
        return directives.as_markdown(text)
    return with_fenced_cards(with_fenced_words(text))
