r"""Lines -> those of formulas that stand by themselves: they are no sentence and claim nothing.

Between "$$" or "\[" and "\]", on a line or on lines of their own, or in an environment of LaTeX.
"""

from collections.abc import Iterator, Sequence

from ledger.letters import WIDE
from ledger.patterns import later

_MOST_LINES = 60
"""Lines of one formula, its signs among them: what nothing closes is not searched to the end of a
text. Chosen, as a page of print has fewer."""
_CLOSED_BY = {"$$": "$$", "\\[": "\\]"}
ENVIRONMENTS = r"(?:equation|align(?:at)?|flalign|gather|multline|eqnarray|displaymath)\*?"
"""What LaTeX calls a formula on lines of its own."""
_BEGIN = later(rf"\\begin\{{(?P<name>{ENVIRONMENTS})\}}")
_RUNS_ON = later(r"[\w,:;)$–—：；，、-]")
_OPENS = later(rf"\\\[|{_BEGIN.pattern}")
_IN_WORDS = later(
    r"\\(?:text[a-z]{0,4}|mathrm|mathit|mbox|operatorname|label|tag|begin|end)\*?\{[^{}\n]{0,200}\}"
)
_COMMAND = later(r"\\[A-Za-z]{1,40}")
_OF_FORMULAS = later(r"[=<>^_+*/|\\∈≤≥≈∑∫→]|[0-9A-Za-z)] [–−-] ")
_OF_PROSE = later(
    r"(?:[^\W\d_]{2,40}[ ,]{1,3}){3}[^\W\d_]{2}|\]\(|://|\[\^|【"
    rf"|{WIDE}{{6}}|\A[^\[\]]*[ .]\[[0-9]{{1,3}}(?:[,–-][ ]?[0-9]{{1,3}}){{0,8}}\][ .]{{0,3}}\Z"
)
"""Four words behind one another, or six letters of Chinese, or where a text cites.

One number in brackets at the end is a citation, several are places in what is counted.
"""


def displays(lines: Sequence[str]) -> Iterator[int]:
    """The numbers, from 0, of the lines of formulas that stand by themselves, with their signs.

    One that nothing closes, or a blank line divides, is none, and neither is what has sentences
    or links in it. One right below words that do not end is a part of their sentence.
    """
    text = "\n".join(lines)
    # As in `fences`, one character first.
    dollars = "$" in text and "$$" in text
    if not dollars and ("\\" not in text or ("\\[" not in text and "\\begin{" not in text)):
        return
    number = 0
    while number < len(lines):
        end = _end_of(lines, number)
        yield from range(number, end)
        number = max(end, number + 1)


def _end_of(lines: Sequence[str], number: int) -> int:
    """The line after a formula that begins with a line; that line where none does."""
    first = lines[number].strip()
    close = _CLOSED_BY.get(first[:2])
    if close is None and first.startswith("\\begin{") and (begun := _BEGIN.match(first)):
        close = f"\\end{{{begun['name']}}}"
    if close is None or (number and _runs_on(lines[number - 1])):
        return number
    said: list[str] = []
    for at in range(number, min(number + _MOST_LINES, len(lines))):
        line = lines[at].strip()
        if not line:
            break
        said.append(line)
        ended = line.rstrip(".,;").endswith(close)
        if ended and (at > number or len(line) > 2 * len(close)):
            return at + 1 if _is_formula(" ".join(said)) else number
        if at > number and (close in line or (line[:2] == first[:2] and _OPENS.match(line))):
            break  # words go on behind it, or another one begins
    return number


def _runs_on(above: str) -> bool:
    """Whether the line above a formula is of its sentence."""
    return above.lstrip()[:1] not in "#|>" and _RUNS_ON.search(above.rstrip()[-1:]) is not None


def _is_formula(said: str) -> bool:
    inside = said.strip(".,;")[2:-2]
    if "\\]" in inside:
        return False  # "\\[2\\]\\[3\\]", as programs write two markers in Markdown
    bare = _COMMAND.sub(" ", _IN_WORDS.sub(" ", inside))
    return _OF_FORMULAS.search(inside) is not None and _OF_PROSE.search(bare) is None
