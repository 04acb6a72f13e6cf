"""Code that is indented by four columns -> the same code between fences.

Pages about programs have it so: "    % make test" below a blank line. Sentences, items and entries
are no code when they are indented, nor are the further lines of an item.
"""

from collections.abc import Iterator, Sequence

from ledger.extract.fences import fences
from ledger.patterns import later

_SET_IN = ("    ", "\t")
_FENCE = "```"
_TYPED = later(
    r"(?:[$%#] |>>> |\./|(?:sudo|git|pip3?|npm|npx|make|cd|docker|curl|wget|cargo|go|brew) \S)"
)
"""How a line begins that somebody types."""
_SIGNS = later(r"\A[})\]]|[{};\\(]$|\w\(|\S ?=+ ?\S|=>|->|\s--?[A-Za-z]|</|::|\b[\w.-]+/[\w.-]+$")
"""What stands in code, and hardly in sentences."""
_ITEM = later(r"(?:[-*+•:>|] |[0-9]{1,3}[.)] |\[\^?[^\[\]\n]{1,30}\][:\s]|!!!|\?\?\?|\.\. |:::)")
"""How items, entries, rows, quotations and boxes begin."""
_SENTENCE = later(r"[^\W\d_a-z]\S{0,40}\s(?:\S{1,60}\s){3,60}+\S{0,60}[^\W_][.!?]$")


def with_fences(text: str) -> str:
    """The text, code that is set in by four columns between fences; below an item it stays."""
    if "\n\n    " not in text and ("\t" not in text or "\n\n\t" not in text):
        return text
    lines = text.split("\n")
    fenced = fences(lines)
    answer: list[str] = []
    at = 0
    for begin, end in _blocks(lines):
        if fenced.keys().isdisjoint(range(begin, end)) and _is_code(lines[begin:end]):
            answer += (*lines[at:begin], _FENCE, *lines[begin:end], _FENCE)
            at = end
    return "\n".join((*answer, *lines[at:])) if answer else text


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where lines that are set in begin and end, between blank lines and below one at the edge."""
    begin = end = 0
    above = ""
    for number, line in enumerate((*lines, ".")):
        if not line.strip():
            continue
        if line.startswith(_SET_IN):
            begin, end = begin or number, number + 1
            continue
        apart = begin and not lines[begin - 1].strip() and (end < number or end == len(lines))
        if apart and above and not above[0].isspace() and not _ITEM.match(above):
            yield begin, end
        begin, above = 0, line


def _is_code(block: Sequence[str]) -> bool:
    said = [line.strip() for line in block if line.strip()]
    rest = [line for line in said if not _TYPED.match(line)]
    if any("://" in line or _ITEM.match(line) or _SENTENCE.match(line) for line in rest):
        return False
    signs = len(said) - len(rest) + sum(map(bool, map(_SIGNS.search, rest)))
    return _TYPED.match(said[0]) is not None or 2 * signs > len(said)
