"""One line of Markdown or plain text -> what it is, taken alone."""

from typing import NamedTuple

from ledger.document import Role
from ledger.patterns import later


class Line(NamedTuple):
    """One line without its indent and marks. `level` is a heading's depth, else 0.

    What is made for each line, block and sentence of a text is made by `tuple.__new__`: the
    function that a named tuple brings along for that takes three times as long.
    """

    role: Role
    text: str
    level: int = 0


NO_PROSE = Line("furniture", "")
QUOTES = later(r"(?:\s{0,20}+>)++\s?")
_CALLOUT = later(r"\[![A-Za-z-]{2,30}\][+-]?\s*+(.*)$")
"""The head of a quotation that is set apart: "> [!info] Status"."""
_UNFOLDS = later(r"(?:<details[^<>]{0,80}>\s{0,4})?<summary>([^<>\n]{1,160}[^<>\s.!?])</summary>\Z")
"""The words under which a part of a text is folded away: its heading."""
LEAST_HEADING = 6
"""The level of a line in bold alone."""
_LONGEST_QUOTED = 100
"""Characters of a heading within a quotation: it heads no part of the text around it, and claims
nothing. What is longer is a paragraph that was set as one. Chosen."""
FOLDED = Line("heading", "", LEAST_HEADING)
"""The end of such a part: what is below it stands under the headings above."""
_HEADING = later(r"\s{0,3}(#{1,6})\s++(\S.*)?$")
BULLET = later(r"\s{0,40}[-*+•‣◦▪●○■–]\s++(?:\[[ xX]\]\s++)?(?=\S)")
"""A bullet, with the box of a task list: an empty one is no lost citation."""
_BULLETS, _RULES = frozenset("-*+•‣◦▪●○■–"), frozenset("-*_=")
"""First characters of items, and of rules."""
_EMPTY_ITEMS = frozenset("-*•")
"""Bullets that tools leave behind without an item: they part what stands around them."""
COUNTER = later(
    r"(?P<indent>\s{0,40})(?P<mark>\*\*)?(?P<open>\(?)"
    r"(?:(?P<number>[0-9]{1,3})|(?(mark)(?!)|(?P<letter>[a-zA-Z])))"
    r"(?:(?P<close>[.)])\s++(?=\S)|(?<=[0-9])、\s*+(?=[^\s0-9]))"
)
_RULE = later(
    r"\s{0,3}(?:(?:-\s*+){3,100}+|(?:\*\s*+){3,100}+|(?:_\s*+){3,100}+|(?:=\s*+){3,100}+|--\s?)$"
)
"""A line drawn across, or the one that a mail has above its signature."""
_ROW = later(
    r"\s{0,8}\|.*\|\s*+"
    r"(?:\[\^?(?:[a-z_]{2,14}:)?[0-9]{1,3}(?:[,–-] ?[0-9]{1,3}){0,8}\]\s{0,2}){0,12}+\s*+$"
)
"""A row of a table; Perplexity sets what it cites for one behind its last bar: "| 4 |[web:2]"."""
_CLOSED, _WIDEST_CLOSE = later(r"(?:[.!?…。！？:：;；][)\"'”’»）」』*_]{0,4}|[\]】])\Z"), 5
"""How a line ends that ends a sentence, and its characters at most."""


def classify(line: str, *, counted: bool = True) -> Line:
    """What one line of Markdown is, taken alone.

    Args:
        line: The line.
        counted: Whether a number or letter that opens it is an item's; `counters` knows.
    """
    bare = line.strip()
    first = bare[:1]
    if first.isalpha() and bare[1:2] not in (".", ")"):
        # Most lines: a letter that counts nothing begins no mark.
        return tuple.__new__(Line, ("paragraph", bare, 0))
    if first == "#" and (match := _HEADING.match(line)):
        title = _without_closing_run(match[2] or "")
        return tuple.__new__(Line, ("heading", title, len(match[1])))
    quote = QUOTES.match(line) if first == ">" else None
    if quote:
        line = line[quote.end() :]
        bare = line.strip()
        first = bare[:1]
        if head := _heads_quotation(line):
            return head
    elif bare in _EMPTY_ITEMS:
        return NO_PROSE
    if first == "<" and (fold := _fold(bare)):
        return fold
    if first in _RULES and bare[-1] in _RULES and _RULE.match(line):
        return NO_PROSE
    if first == "|" and _ROW.match(line):
        return Line("row", bare)
    bullet = BULLET.match(line) if first in _BULLETS else None
    if match := bullet or (COUNTER.match(line) if counted else None):
        return tuple.__new__(Line, ("item", line[match.end() :].strip(), 0))
    return tuple.__new__(Line, ("quote" if quote else "paragraph", bare, 0))


def _heads_quotation(line: str) -> Line | None:
    """What stands above the words of a quotation: what a callout is, or a heading within it."""
    if match := _CALLOUT.match(line):
        return Line("furniture", match[1])
    match = _HEADING.match(line) if line.lstrip()[:1] == "#" else None
    if match is None:
        return None
    head = _without_closing_run(match[2] or "")
    broken = head.count("[") > head.count("]")  # a link that goes on below
    said = broken or len(head) > _LONGEST_QUOTED or head.endswith((".", "。"))
    return Line("quote" if said else "furniture", head)


def _fold(line: str) -> Line | None:
    """What begins or ends a part of a text that is folded away; None for any other line."""
    if line == "</details>":
        return FOLDED
    match = _UNFOLDS.match(line)
    return Line("heading", match[1].strip(), LEAST_HEADING) if match else None


def _without_closing_run(title: str) -> str:
    """A heading's text without the "##" that closes it, which has a space before it: not "C#"."""
    title = title.rstrip()
    if title[-1:] != "#":
        return title
    kept = title.rstrip("#")
    return kept.rstrip() if not kept or kept[-1].isspace() else title


def is_closed(line: str) -> bool:
    """Whether a line ends as one does that ends a sentence."""
    return _CLOSED.search(line.rstrip()[-_WIDEST_CLOSE:]) is not None


def is_prose(line: str) -> bool:
    """Whether a line has sentences; headings, rows of tables and rules have none."""
    return classify(line).role in ("paragraph", "quote", "item")
