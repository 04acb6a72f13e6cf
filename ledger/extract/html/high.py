"""What a page sets high -> the marker that it may be, or characters that are high themselves."""

from collections.abc import Sequence

from ledger.extract.characters.invisible import without_blanks
from ledger.extract.characters.raised import is_raised, raised, raised_letter
from ledger.extract.html.stands import Stands
from ledger.extract.html.tree import Element, text_of
from ledger.extract.markers.marker import RAISED_PLACE
from ledger.patterns import later

_HIGH = later(
    rf"\[?[0-9]{{1,4}}(?:{RAISED_PLACE})?"
    rf"(?:(?:\s{{0,2}}[,;–-]\s{{0,2}}|\s)[0-9]{{1,4}}(?:{RAISED_PLACE})?){{0,20}}\]?"
)
_CLOSED = later(r"\(?(?P<numbers>[0-9]{1,4}(?:\s{0,2}[,;–-]\s{0,2}[0-9]{1,4}){0,20})\)")
"""Numbers as some raise them behind words, "1)", "(1, 2)"; before words, they count items."""
_LONGEST = 120
"""Characters of what is set high and may be a marker: twenty numbers. Chosen."""
_SENTENCE = later(r"[^\W\d_]{2}[.!?…。！？][\"”’»)]{0,2}(?:\[\^[a-z_]{3,20}:[0-9]{1,6}\])?\Z")
"""The end of a sentence, also one with a marker behind it."""
_ENDS_WORD = later(r"[^\W\d_]{2}\Z")
_NUMBER = later(r"[0-9]{1,4}")
_NOTED_WORD = later(r"(?<![^\W\d_])(?![IVXLC]+\b)[^\W\d_]{3,40}[.,;)]?\Z")
"""A word before the letter of a note; no ordinal, "XIXe"."""


def set_high(element: Element, before: Sequence[str], stands: Stands, *, begun: bool) -> str | None:
    """What is written for an element set high.

    Args:
        element: Any.
        before: What its line has so far, in pieces.
        stands: What the page has as notes.
        begun: Whether its block has lines above.

    Returns:
        None where it is none, or holds more than numbers or a letter: then one looks into it.
    """
    if element.name != "sup" or element.facts.text > _LONGEST or element.facts.linked:
        return None
    words = without_blanks(" ".join(text_of(element).split()))
    if (closed := _CLOSED.fullmatch(words)) and "".join(before[-1:]).strip():
        words = closed["numbers"]
    last = "".join(before[-2:])
    cites = stands.may_be_high or _cites_unlinked(words, last, stands)
    if cites and _HIGH.fullmatch(words):
        return words if words[0] == "[" else f"<sup>{words}</sup>"
    if is_raised(words):
        return "".join(f"&#{ord(char)};" for char in raised(words))
    letter = raised_letter(words)
    return letter if letter and _calls_a_note(last, begun=begun) else None


def _cites_unlinked(words: str, before: str, stands: Stands) -> bool:
    """Whether these are numbers of the page's notes of which somebody forgot the links.

    Several behind a word, or such as stand behind a sentence: one may be an exponent elsewhere.
    """
    numbers = _NUMBER.findall(words)
    behind = _SENTENCE.search(before) or (len(numbers) > 1 and _ENDS_WORD.search(before))
    return bool(behind) and stands.listed.issuperset(numbers)


def _calls_a_note(before: str, *, begun: bool) -> bool:
    """Whether a letter set high is that of a note: behind a word, or before its text."""
    return _NOTED_WORD.search(before) is not None or not (before.strip() or begun)
