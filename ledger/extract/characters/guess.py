"""Bytes -> the charset they most likely are in.

Bytes in an unnamed charset are told apart by what they would say in each: by mess, by the letters
of a language (both measured by charset_normalizer), and by words of two alphabets. Charsets of one
script differ in a few letters only and are often mistaken for each other.
"""

from typing import NamedTuple

from ledger.extract.characters.charsets import CODECS, MULTIBYTE, WINDOWS_1252
from ledger.letters import ASCII
from ledger.patterns import later

SAMPLE_BYTES = 64 * 1024
"""How much text is looked at, to the end of the stretch in which it is reached."""
STRETCH_BYTES = 1024 * 1024
"""What is looked at of one stretch. Prose has a space or a line end long before."""
BETWEEN_TAGS = later(rb"[<>\r\n]+")
MAY_BE_SECOND = bytes(range(0x30, 0x100))
"""Bytes that can be the second or later of a character in some charset; below, none can."""
OTHER_ALPHABET = later("[\u0370-\u0e7f]")
TOUCHING = later("[A-Za-z][\u0370-\u0e7f]|[\u0370-\u0e7f][A-Za-z]")

UNLIKELY = frozenset(
    {
        "windows-1258",
        "macintosh",
        "x-mac-cyrillic",
        "iso-2022-jp",
        "iso-8859-3",
        "iso-8859-4",
        "iso-8859-10",
    }
    | {"iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16"}
)
"""Charsets that are never guessed: rarely used, and hardly to be told from a common one."""
GUESSED = {
    codec: charset
    for charset, codec in CODECS.items()
    if charset not in UNLIKELY and not charset.startswith("utf-")
}

MAX_BAD = 0.02
"""Share of the bytes beyond ASCII that may be undecodable in a charset that is considered."""
MESS_WEIGHS = 2.0
"""Against letters that fit a language."""
ENOUGH = 3
"""Bytes beyond ASCII from which a guess is worth anything against a declaration."""
CONVINCING = 0.2
"""Plausibility below which a guess is none: that of a price list, or of three words."""
FULL = 0.4
"""Share of bytes beyond ASCII in text in a multi-byte charset, at least."""
MESSY = 0.1
"""Mess (0 to 1) from which text in a multi-byte charset is none; true ones have next to none."""


class Guess(NamedTuple):
    """The most plausible charset, and its lead.

    Attributes:
        charset: WHATWG name; None when the bytes are text in none.
        lead: By how much it is more plausible than the charset it was asked against; 0 when
            that is the most plausible itself, when there was none, and when the bytes are too few
            or too odd to say.
    """

    charset: str | None
    lead: float


def guess(body: bytes, against: str | None) -> Guess:
    """Guess the charset of a body that is not UTF-8.

    Args:
        body: Any bytes; markup and all that is ASCII is passed over.
        against: The charset that was declared; None for none.
    """
    sample = _dense(body)
    ranked = _ranked(sample)
    return Guess(ranked[0][1] if ranked else None, _lead(ranked, against, sample))


def _dense(body: bytes) -> bytes:
    """The stretches between tags and line ends that have bytes beyond ASCII, up to a limit.

    Bytes 3C and 3E are "<" and ">" in every charset that is guessed.
    """
    taken: list[bytes] = []
    room = SAMPLE_BYTES
    for stretch in BETWEEN_TAGS.split(body):
        if room > 0 and not stretch.isascii():
            taken.append(_cut(stretch))
            room -= len(stretch)
    return b"\n".join(taken)


def _cut(stretch: bytes) -> bytes:
    """At most `STRETCH_BYTES`, ended where a character ends in every charset, if there is a place.

    Half a character at the end would rule out the charset it is in.
    """
    head = stretch[:STRETCH_BYTES]
    return head if head == stretch else head.rstrip(MAY_BE_SECOND) or head


def _ranked(sample: bytes) -> list[tuple[float, str]]:
    """Charsets that `sample` can be in, each with its plausibility (-3 to 1), best first.

    Of equals windows-1252 comes first, being the most used; the others stay in the order in which
    they were found.
    """
    high = _high(sample)
    ranked: list[tuple[float, str]] = []
    whole: list[str] = []
    for codec in GUESSED:
        mended = sample.decode(codec, "ignore").encode(codec, "ignore")
        bad = max(0, len(sample) - len(mended))
        if bad == 0:
            whole.append(codec)
        elif bad <= MAX_BAD * high:
            # One bad byte would rule the charset out, and leave the page to a charset without gaps.
            ranked += [(score - bad / high, name) for score, name in _scored(mended, [codec])]
    ranked += _scored(sample, whole)
    return sorted(ranked, key=lambda each: (-each[0], each[1] != WINDOWS_1252))


def _scored(sample: bytes, codecs: list[str]) -> list[tuple[float, str]]:
    """The plausibility of `sample` in each charset whose codec is in `codecs`, in any order."""
    from charset_normalizer import from_bytes

    # threshold: below 1 it drops charsets untried that resemble one it found too messy.
    # preemptive_behaviour: else it believes whatever charset the sample names.
    found = from_bytes(sample, threshold=1.0, cp_isolation=codecs, preemptive_behaviour=False)
    return [
        (match.coherence - MESS_WEIGHS * match.chaos - _mixed(str(match)), GUESSED[codec])
        for match in found
        for codec in match.could_be_from_charset
        if codec in codecs
    ]


def _mixed(text: str) -> float:
    """Share of the letters from Greek to Thai that touch a Latin one, as in "cafי": 0 to 1.

    This is not counted as mess otherwise, and the rest of such a text is good French.
    """
    letters = len(OTHER_ALPHABET.findall(text))
    return min(1.0, len(TOUCHING.findall(text)) / letters) if letters else 0.0


def _high(sample: bytes) -> int:
    """How many bytes are beyond ASCII."""
    return len(sample.translate(None, ASCII))


def _lead(ranked: list[tuple[float, str]], against: str | None, sample: bytes) -> float:
    """How much more plausible the first is than `against`, if it convinces at all."""
    if against in MULTIBYTE:
        # A few words of Chinese in English prose: any reading scores by the English alone.
        ranked = [each for each in ranked if each[1] in MULTIBYTE and each[0] > -MESSY] or ranked
    if not ranked or against not in GUESSED.values():
        return 0.0
    score, charset = ranked[0]
    high = _high(sample)
    # The letters of a multi-byte charset are too many to be scored, but texts are full of them.
    convincing = high >= FULL * len(sample) if charset in MULTIBYTE else score >= CONVINCING
    own = max((each for each, charset in ranked if charset == against), default=-1.0)
    return score - own if convincing and high >= ENOUGH else 0.0
