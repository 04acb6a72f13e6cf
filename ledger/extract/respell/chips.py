"""Lines left of the source buttons of a copied page -> chips behind the sentences they are of.

The pages of AI answers show a source as a small button, with its name and the number of further
sources that it hides. Copied as text, the button becomes two lines, "Reuters" and "+1", or one
line, "reuters.com"; the next line begins with the stop of the sentence.
"""

from collections import Counter
from collections.abc import Container, Sequence

from ledger.extract.fences import fences
from ledger.patterns import later

_MORE = later(r"\s{0,4}\+[0-9]{1,2}\s*")
_LONGEST_NAME = 40
"""Characters of the name on a chip, as in `_SINGLE`."""
_UNNAMED = later(r"[\n【】\[\]()<>|:]|[.!?…。！？]\s*$")

_SINGLE = later(r"[A-Z0-9][\w .&’'-]{1,38}[\w’']|(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}")
_SENTENCE = later(r"[.!?…。][\"”’)]{0,2}(?:【chip:[^【】]{1,60}】)*$")
_BEHIND_STOP = r" (?<=[.!?…”\"’)] )"
_NAME = r"(?:[a-z0-9-]{1,63}\.){0,4}[a-z]{2,18}"
_WORDS = r"[A-Z][\w.&’'-]{1,30}(?: [A-Z][\w.&’'-]{0,30}){0,3}"
_SPACED = later(rf"{_BEHIND_STOP}({_NAME}|{_WORDS}) (\+[0-9]{{1,2}})\s*$")
_SPACED_NAME = later(rf"{_BEHIND_STOP}({_NAME})\s*$")
_HOST = later(r"\s{0,4}(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}\s*")
_STOP = later(r"\s{0,4}[.。](?=\s|$)")
_MOST_HOSTS, _MOST_CHIPS = 8, 40
"""Hosts below a line before its stop, and chips of one line. Chosen; each chip makes its line
longer, which is copied."""


def fold_chips(lines: Sequence[str]) -> list[str]:
    """The lines, chips set behind the text above them and their own lines empty.

    A chip is a short line without a stop right above "+1". One with no text above stays as it is.
    """
    found = list(lines)
    code = fences(lines)
    chips: Counter[int] = Counter()
    named: set[str] = set()
    above = last = -1  # the last two lines with text
    for number, line in enumerate(lines):
        if _MORE.fullmatch(line) and _may_hold(found, number, last, code) and above >= 0:
            if above not in code and chips[above] < _MOST_CHIPS:
                found[above] = (
                    f"{found[above].rstrip()}【chip:{found[last].strip()}{line.strip()}】"
                )
                named.add(found[last].strip())
                found[last] = found[number] = ""
                chips[above] += 1
                last = above
        elif line.strip():
            above, last = last, number
    return _with_single_chips(found, code, lines, named) if named else found


def _may_hold(lines: Sequence[str], number: int, last: int, code: Container[int]) -> bool:
    """Whether the line right above a count may be the name of a source."""
    if last != number - 1 or number in code:
        return False
    name = lines[last].strip()
    return len(name) <= _LONGEST_NAME and not _UNNAMED.search(name)


def _with_single_chips(
    lines: list[str], code: Container[int], whole: Sequence[str], named: Container[str]
) -> list[str]:
    """Chips that hide no other: a name alone right below a sentence, and nothing below it.

    Between them may stand other chips of the sentence, which have no lines in `lines` any more.
    One in small letters is a name that hides others elsewhere, `named` ("github" above "+1").
    """
    last = 0
    for number in range(1, len(lines)):
        last = number - 1 if lines[number - 1] or not whole[number - 1] else last
        above, name = lines[last].rstrip(), lines[number].strip()
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        may_be = name in named or _SINGLE.fullmatch(name) is not None
        single = may_be and not below and len(above) > len(name)
        if single and number not in code and _SENTENCE.search(above):
            lines[last] = f"{above}【chip:{name}】"
            lines[number] = ""
    return lines


def fold_spaced(lines: Sequence[str]) -> list[str]:
    """The lines, chips behind a stop and a blank as chips: "It fell. reuters.com +1".

    Where one with a count shows that there are such, a small word alone is one, too.
    """
    if not any(map(_SPACED.search, lines)):
        return list(lines)
    return [_SPACED_NAME.sub(r"【chip:\1】", _SPACED.sub(r"【chip:\1\2】", each)) for each in lines]


def fold_hosts(lines: Sequence[str]) -> list[str]:
    """The lines, hosts alone on theirs as chips before the stop that begins the line below them.

    What stands above them, they and what goes on behind the stop are one line then; so is a line
    that what is lost, a link or a note, cut before its stop.
    """
    found = list(lines)
    last = None  # the line that what goes on belongs to
    pieces: dict[int, list[str]] = {}
    hosts: list[int] = []
    code = fences(lines)
    for number, line in enumerate(lines):
        if _HOST.fullmatch(line) and last is not None and len(hosts) < _MOST_HOSTS:
            hosts.append(number)
            continue
        if number in code:
            last = None
        elif last is not None and _STOP.match(line) and (hosts or lines[last][-1:].isalnum()):
            chips = "".join(f"【chip:{lines[host].strip()}】" for host in hosts) or " "
            pieces.setdefault(last, [lines[last].rstrip()]).append(f"{chips}{line.strip()}")
            for folded in (*hosts, number):
                found[folded] = ""
        else:
            last = number if line.strip() else None
        hosts = []
    for number, parts in pieces.items():
        found[number] = "".join(parts)
    return found
