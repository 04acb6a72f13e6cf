"""Lines of plain text -> the title that stands above them, if the first one is it.

Nothing marks a title there but its place: alone above the first sentence, or above a label like
"Summary" that has the first sentence below it. A title right above its text is found as any heading
is: see `ledger.extract.lines`.
"""

from collections.abc import Sequence
from itertools import islice

from ledger.extract.front.authors import several_people
from ledger.extract.front.months import month_of
from ledger.letters import is_small
from ledger.patterns import later

_LONGEST, _LONGEST_LABEL = 120, 30
"""Characters: four fifths of the headlines of news have under 90."""
_FEWEST_WORDS, _FEWEST_SIGNS = 3, 6
"""Words, and signs of a language without spaces: fewer name a place, a day or a rubric."""
_WORD, _UNSPACED = later(r"[^\W\d_]+"), later(r"[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7a3]")
_SEVERAL = later(r"[^\W\d_]{3}\.(?:\s|[a-z])|[。]|\bwww\.|:[^:]{1,100}:")
"""What stands in more than a title: a sentence before another one, or fields."""
_MOST_LABELS = 2
"""Lines below the title that may be labels before text must come: a byline and a day."""
_STOPPED = later(r"[.!?…。！？;；,，、:：)\]】”\"]\s*$|[a-z] {1,9}[0-9]{1,3}\s*$")
"""What ends no title: a stop, or the number of a page behind what is printed above it."""
_NO_TITLE = later(r"://|[\[【(（][0-9^]|@|\||^\W{0,4}[0-9]{1,3}[.)\]]\s|^\s|^[-*+•>#=~_`<{\[]")
_GREETS = later(
    r"(?:Dear|Hi|Hello|Good|To|Liebe[rs]?|Sehr|Hallo|Ch(?:er|ère)s?|Bonjour|Estimad[oa]s?|Querid[oa]s?"
    r"|Gentil[ei]|Car[oaie]|Szanown[iay]|Уважаем[а-я]{2,3})\s"
)
_SENTENCE = later(
    r"[.!?…。！？](?:[\])】”’\"»]|\s?[\[(【（][0-9^,;\s–-]{1,30}[\])】）]){0,4}"
    r"(?:(?<=[^\W\d_][.!?])[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,3})?(?:\s|$)"
)


def title_line(lines: Sequence[str], taken: frozenset[int]) -> int | None:
    """The number of the line that is the title; None where none is known to be.

    Args:
        lines: Of plain text.
        taken: Numbers of lines that are of a list.
    """
    numbered = ((number, line) for number, line in enumerate(lines) if line.strip())
    (first, title), *below = [*islice(numbered, 2 + _MOST_LABELS)] or [(0, "")]
    if first in taken or not _may_be_title(title):
        return None
    for label, (number, line) in enumerate(below):
        if number in taken:
            return None
        if _is_sentence(line, title):
            return first if label or number > first + 1 else None
        if len(line.strip()) > _LONGEST_LABEL or not _may_be_label(line):
            return None
    return None


def _may_be_title(line: str) -> bool:
    if len(line) > _LONGEST or line.isupper() or not _may_be_label(line):
        return False
    if _GREETS.match(line) or several_people(line.strip()) or _SEVERAL.search(line):
        return False
    words = [word for word in _WORD.findall(line) if month_of(word) is None]
    return len(words) >= _FEWEST_WORDS or len(_UNSPACED.findall(line)) >= _FEWEST_SIGNS


def _may_be_label(line: str) -> bool:
    opening = line.lstrip("“\"'‘(（").lstrip()[:1]
    return bool(opening) and not (
        is_small(opening) or _STOPPED.search(line) or _NO_TITLE.search(line)
    )


def _is_sentence(line: str, title: str) -> bool:
    """Whether a line has a sentence that ends, and is none of what stands beside a title."""
    text = line.strip()
    return len(text) > len(title.strip()) / 2 and _SENTENCE.search(text) is not None
