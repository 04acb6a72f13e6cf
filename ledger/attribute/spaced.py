"""A sentence of words with spaces -> the names that a phrase of reporting stands beside.

Naming an outlet is no attribution ("hackers attacked the BBC"): a phrase of reporting must stand
right before the name ("according to", "told") or right after it ("reported"). Precision before
recall: an attribution that is missed weakens an audit, one that is invented falsifies it. Names
that are also common words ("Time", "Nature") need a phrase that fits nothing but an outlet.
"""

import re
from collections.abc import Iterator

from ledger import outlets
from ledger.attribute.found import Found, folded, joined, kind_of, name_at
from ledger.attribute.phrases import (
    AFTER,
    AFTER_ELSEWHERE,
    AND,
    BEFORE,
    BEFORE_WORDS,
    CITED_YEAR,
    CLOSES,
    COMPOUND,
    CREDIT,
    CREDITED,
    DATED_NAME,
    DENIED,
    INVERTED,
    LONGEST_DENIED,
    MAY_CREDIT,
    MAY_REPORT,
    OPENS_PHRASE,
    OPENS_PLAIN,
    PARTED,
    SHORT,
)
from ledger.letters import beyond_ascii
from ledger.names import Names

_LARGE_WORD = re.compile("[A-Z0-9](?<![A-Za-z0-9].)[A-Za-z0-9]*")
"""A word of a sentence in ASCII that may begin a name."""
_MOST_JOINED = 5
"""Names that one phrase joins; chosen, the most measured are three."""
_LONGEST_CREDIT = 80
"""Characters of a credit in brackets, and before it in which the long form of its letters stands.
Chosen, for five names."""


def reporting(text: str) -> Iterator[int]:
    """Where a text may have a word of reporting; sentences without one have no such phrase."""
    beyond = beyond_ascii(text)
    if beyond != beyond.lower():  # takes long
        text = text.replace("İ", "i").lower()  # the only letter whose small form is two characters
    parted = text.encode("utf-8", "surrogatepass").translate(PARTED)
    small = parted.decode("utf-8", "surrogatepass")
    for sign in BEFORE_WORDS:
        if sign in beyond:
            small = small.replace(sign, " ")
    return (match.end() - 2 for match in MAY_REPORT.finditer(f" {small}"))


def credits(text: str) -> Iterator[int]:
    """Where a text may have an origin in brackets; sentences without such a place have none."""
    return (match.start() for match in MAY_CREDIT.finditer(text))


def reported(sentence: str, names: Names) -> Iterator[Found]:
    """The names behind phrases of reporting, and those before verbs of reporting."""
    plain = _plain(sentence)
    named = _named(plain or sentence, names)
    if not named:
        return
    opening = _opening(plain or sentence)
    for start in sorted(named | opening):
        if start in opening and (phrase := BEFORE.match(sentence, start)):
            yield from _named_after(sentence, phrase, names)
        if start in named:
            found = name_at(sentence, start, names)
            yield from _named_before(sentence, found, names) if found else ()
    for match in INVERTED.finditer(sentence):
        found = name_at(sentence, match.end(), names)
        if found and CLOSES.match(sentence, found.end) and _fits_speech(sentence, found, names):
            yield found


def credited(sentence: str, names: Names) -> Iterator[Found]:
    """The names that stand in brackets as a credit, with a year or without."""
    if credit := CREDIT.match(sentence):
        yield from _whole(sentence, credit, names, strong=True)
    for match in CITED_YEAR.finditer(sentence):
        parts = list(DATED_NAME.finditer(sentence, *match.span("names")))
        found = [each for part in parts for each in _whole(sentence, part, names, strong=False)]
        if len(found) == len(parts):
            yield from joined(found)
    if behind := CREDITED.search(sentence):
        yield from _credited(sentence, *behind.span("names"), names, strong=True)
    elif sentence.endswith(")."):
        yield from _credited_inside(sentence, names)


def _whole(sentence: str, match: re.Match[str], names: Names, *, strong: bool) -> Iterator[Found]:
    """The newsroom that is all of the name of a match; none where it is another's or a part."""
    at = match.start("name")
    article = 4 if sentence.startswith("The ", at) else 0
    found = name_at(sentence, at, names) or name_at(sentence, at + article, names)
    whole = found is not None and found.end == match.end("name")
    if found and whole and _fits(found.phrase, names, strong=strong, media_only=True):
        yield found


def _credited(
    sentence: str, begin: int, end: int, names: Names, *, strong: bool
) -> Iterator[Found]:
    """The names in brackets from `begin` to `end`, where there is nothing but media."""
    every: list[Found] = []
    while len(every) < _MOST_JOINED and (found := name_at(sentence, begin, names)):
        if not _fits(found.phrase, names, strong=strong, media_only=True):
            return
        every.append(found)
        following = AND.match(sentence, found.end)
        begin = following.end() if following else found.end
    if begin == end:
        yield from joined(every)


def _credited_inside(sentence: str, names: Names) -> Iterator[Found]:
    """The media in brackets before the stop, "It fell (Reuters).", and not how a name is short."""
    end = len(sentence) - 2
    opens = sentence.rfind("(", max(0, end - _LONGEST_CREDIT), end)
    before = sentence[max(0, opens - _LONGEST_CREDIT) : max(0, opens)]
    if before[-1:] != " " or not before[-2:-1].isalnum():
        return
    said = sentence[opens + 1 : end]
    if "".join(_large(before)[-len(said) :]) != said:
        yield from _credited(sentence, opens + 1, end, names, strong=False)


def _plain(sentence: str) -> str | None:
    """The sentence with signs beyond ASCII replaced; None where it has letters beyond ASCII."""
    if sentence.isascii():
        return sentence
    if any(map(str.isalnum, beyond_ascii(sentence))):
        return None
    return sentence.encode("ascii", "replace").decode()


def _opening(sentence: str) -> set[int]:
    """Where words begin that a phrase of reporting may begin with."""
    if sentence.isascii():
        return {match.start() for match in OPENS_PLAIN.finditer(f" {sentence.lower()}")}
    words = outlets.WORD.finditer(sentence)
    return {match.start() for match in words if folded(match[0]) in OPENS_PHRASE}


def _named(sentence: str, names: Names) -> set[int]:
    """Where words begin that a name may begin with; most sentences have none."""
    first_words = names.first_words
    small = set(names.small_in(sentence))
    if sentence.isascii():
        words = _LARGE_WORD.finditer(sentence)
        return small | {match.start() for match in words if match[0].lower() in first_words}
    large = [match for match in outlets.WORD.finditer(sentence) if not match[0][0].islower()]
    return small | {match.start() for match in large if folded(match[0]) in first_words}


def _named_before(sentence: str, found: Found, names: Names) -> Iterator[Found]:
    """The name before a verb of reporting, and those joined to it: "the BBC and Reuters said"."""
    every = [found]
    while (following := AND.match(sentence, every[-1].end)) and len(every) < _MOST_JOINED:
        found_next = name_at(sentence, following.end(), names)
        if found_next is None:
            break
        every.append(found_next)
    match = AFTER.match(sentence, every[-1].end)
    if match and any(_fits_verb(each.phrase, match, names) for each in every):
        yield from joined([each for each in every if _fits_beside(each.phrase, match, names)])
    elif AFTER_ELSEWHERE.match(sentence, every[-1].end) and all(
        kind_of(each.phrase, names) in outlets.MEDIA for each in every
    ):
        yield from joined(every)


def _fits_beside(phrase: outlets.Phrase, match: re.Match[str], names: Names) -> bool:
    """Whether a name fits a verb that fits another joined to it: "The Times and the BBC said"."""
    if phrase.ambiguous and kind_of(phrase, names) in outlets.MEDIA:
        return True
    return _fits_verb(phrase, match, names)


def _fits_speech(sentence: str, found: Found, names: Names) -> bool:
    """Whether a name may be who spoke, behind the verb; a common word must be in capitals."""
    if found.phrase.ambiguous and any(map(str.islower, sentence[found.start : found.end])):
        return False
    return kind_of(found.phrase, names) in outlets.MEDIA | _SPEAKS_FOR_FACTS


def _named_after(sentence: str, match: re.Match[str], names: Names) -> Iterator[Found]:
    """The name behind a phrase of reporting, and those joined to it: "told the BBC and Reuters"."""
    if (match["work"] or match["bericht"]) and _is_denied(sentence, match.start()):
        return
    media_only = bool(match["listener"] or match["teller"])
    strong = media_only or bool(match["strong"])
    at = match.end()
    found = name_at(sentence, at, names)
    for part in ("kind", "article"):
        # "Agence France-Presse", "Los Angeles", "La República": it belongs to the name.
        whole = name_at(sentence, match.start(part), names) if match[part] else None
        if whole and (found is None or whole.end >= found.end):
            at, found = match.start(part), whole
    short = SHORT.match(sentence, at) if found is None else None
    if short and _is_short_of(short["long"], short["short"]):
        found = name_at(sentence, short.start("short"), names)
    every: list[Found] = []
    while found and len(every) < _MOST_JOINED:
        if not strong and COMPOUND.match(sentence, found.end):
            break
        fits = _fits(found.phrase, names, strong=strong, media_only=media_only)
        if not fits and not match["sort"] and not match["kind"]:
            break
        every.append(found)
        following = AND.match(sentence, found.end)
        found = name_at(sentence, following.end(), names) if following else None
    yield from joined(every)


def _is_denied(sentence: str, at: int) -> bool:
    """Whether what begins at a place is said to be wrong."""
    return DENIED.search(sentence, max(0, at - LONGEST_DENIED), at) is not None


def _is_short_of(long: str, short: str) -> bool:
    """Whether `short` has the first letters of the large words of `long`."""
    return "".join(_large(long)) == short


def _large(text: str) -> list[str]:
    return [word[0] for word in outlets.WORD.findall(text) if word[0].isupper()]


def _fits(phrase: outlets.Phrase, names: Names, *, strong: bool, media_only: bool) -> bool:
    """Whether a name may be an origin behind such a phrase of reporting."""
    if phrase.ambiguous and not strong:
        return False
    kind = kind_of(phrase, names)
    return kind in outlets.MEDIA if media_only or phrase.ambiguous else True


def _fits_verb(phrase: outlets.Phrase, match: re.Match[str], names: Names) -> bool:
    """Whether a name may be an origin before such a verb.

    What a newsroom "reported" is its story; what a ministry "confirmed" is its own act, and only
    its findings and figures are a source to others.
    """
    media = kind_of(phrase, names) in outlets.MEDIA
    if match["owns"] and not match["noun"]:
        return False
    if phrase.ambiguous:
        return media and bool(match["tells"] or match["noun"])
    if match["tells"] or match["noun"]:
        return media or kind_of(phrase, names) not in ("company", None)
    return media or kind_of(phrase, names) in _SPEAKS_FOR_FACTS


_SPEAKS_FOR_FACTS = frozenset({"agency", "intergovernmental", "think-tank", "ngo"})
