"""Restructured text -> its headings, code and what it sets apart, as Markdown has them.

Notes, links and keys are read as they are; here goes what only sets the page: what programs are
told, remarks that nobody sees, and the names of places.
"""

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

from ledger.extract.respell.listed_tables import TABLES, table_rows
from ledger.extract.respell.parts_of_pages import HEADED, SHOWN, TOLD, UNSEEN
from ledger.letters import holds
from ledger.patterns import begins_line, later

_BEGINS = later(
    r"^\.\. (?:\|[^|\n]{1,80}\| )?[a-z][\w+.-]{0,40}(?::[\w+.-]{1,40}){0,2}::(?:[ \t]|$)"
    r"|^\.\. _[^:\n]{1,80}:[ \t]*$|^\.\. \[#?[\w.*-]{1,60}\](?:[ \t]|$)",
    re.M,
)
"""What a text has at the head of a line that is no prose: a directive, a place, a note."""
_HEADING = later(r"#{1,6} \S")
_SET = later(
    r"(?:\|(?P<name>[^|\n]{1,80})\|[ \t]{1,4})?"
    r"(?P<kind>[A-Za-z][\w+.-]{0,40}(?::[\w+.-]{1,40}){0,2})::(?:[ \t]{1,20}(?P<said>\S.*))?$"
)
"""A directive, behind its dots."""
_KEPT = later(r"\[[^\[\]\n]{1,80}\](?:[ \t]|$)|_{1,2}[^\n]{0,300}:[ \t]{1,8}\S")
"""A note, or a place that is a page: they are read as they are."""
_OPTION = later(r"[ \t]{1,40}:[\w-]{1,40}:(?:[ \t]|$)")
_DRAWN = later(r"(?P<sign>[=~^\"'#*+.:`<>_-])(?P=sign){0,200}[ \t]*$")
_BACKTICKS = later(r"^(?P<above>.*)\n(?P<drawn>`{3,}+)[ \t]*(?P<info>.*)$", re.M)
_STOPPED = frozenset(".:")
"""Signs of which three may be the end of a sentence."""
_BORDER = later(r"[ \t]{0,8}=+(?: {1,8}=+){1,40}[ \t]*$")
_OPENS = later(r"(?:[-*+•]|[0-9]{1,3}[.)]|\(?[a-zA-Z#][.)])[ \t]{1,8}")
_VERSION = later(r"[0-9][\w.]{0,12}:?(?:[ \t]{1,4}|$)")
_OF_ROLE = (
    r":(?P<role>(?![\w:.+-]{0,40}cite)[A-Za-z][\w+.-]{0,30}(?::[\w+.-]{1,30}){0,2}):"
    r"`(?P<said>[^`\n]{1,300}(?:\n[^`\n]{1,300})?)`(?!`)"
)
_ROLE = later(rf"(?<![\w`:]){_OF_ROLE}")
_GLUED_ROLE = later(rf"(?<!\\)\\ {_OF_ROLE}(?:\\ (?!:))?")
"""A role that goes on with the word before it: "H\\ :sub:`2`\\ O"."""
_GLUES = later(r"(?<=[\w)>.]`)\\(?=[\w(])|(?<!\\)\\ (?:(?=[*|]|`(?!`)|``\w)|(?<=[*`|]\\ ))")
"""What glues an ending to a role, ":term:`dam`\\s", or parts marks from words: "**dam**\\ s". In
code it is what it is: "``C:\\ ``"."""
_AIMED = later(r"(.+?)\s{0,20}<[^<>]{1,300}>\Z", re.S)
_NUMBERED = {"pep": "PEP", "rfc": "RFC"}
_WORDS = frozenset("ref doc term abbr sub any numref eq emphasis strong title download".split())
_SUBSTITUTED = later(r"(?<![\w|])\|(?P<name>[^|\n\s](?:[^|\n]{0,78}[^|\n\s])?)\|_{0,2}(?![\w|])")
_ABOUT = later(
    r"(?P<above>(?:[^\n]{0,300}\n){0,12}?)(?P<fields>(?::[A-Za-z][A-Za-z -]{0,30}:[^\n]{0,600}\n"
    r"(?:[ \t]{1,20}\S[^\n]{0,600}\n){0,20}){1,30}+)(?=[ \t]*\n|\Z)"
)
"""What is said of a text near its beginning: ":Author: Ann Roe"."""
_ABOUT_AS_CODE = later(
    r"\A\s{0,40}::[ \t]{0,8}\n\s{0,40}\n"
    r"(?P<fields>(?:[ \t]{1,20}\S[^\n]{0,600}\n){2,40}+)(?=[ \t]*\n)"
)
"""The same as code, which is how it keeps its lines."""
_FIELD = later(
    r"^:(title|author|authors|date):[ \t]{1,20}"
    r"(\S[^\n]{0,600}(?:\n[ \t]{1,20}\S[^\n]{0,600}){0,20})",
    re.M | re.I,
)
_DEEPEST, _MOST_OF_TABLE = 6, 400
"""Parts within parts whose marks are looked at; lines of a table. Chosen."""
_LONGEST_TERM = 80
"""Characters of the term of a definition. Chosen: the longest seen has 57."""
Styles = list[tuple[str, bool]]


def is_restructured(text: str) -> bool:
    """Whether a text has at the head of a line what only restructured text has there.

    One with fences tells of it, or is Markdown that borrows from it; so is one whose headings are
    Markdown's.
    """
    if not (holds(text, "\n.. ") or text.startswith(".. ")) or _is_fenced(text):
        return False
    if begins_line(_HEADING, text):
        return False
    begins = [match[0] for match in _BEGINS.finditer(text)]
    return any("[" not in begin for begin in begins) or (bool(begins) and holds(text, "]_"))


def _is_fenced(text: str) -> bool:
    """Whether a text has a line that begins with backticks and draws no heading."""
    return holds(text, "\n```") and any(
        len(match["above"].rstrip()) != len(match["drawn"]) or match["info"]
        for match in _BACKTICKS.finditer(text)
    )


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Linear in it; never raises."""
    if head := _ABOUT_AS_CODE.match(text):
        text = dedent(head["fields"]) + text[head.end() :]
    names: dict[str, str] = {}
    written = "\n".join(_written(text.split("\n"), names, [], _DEEPEST))
    if names:
        written = _substituted(written, names)
    written = _GLUES.sub("", _GLUED_ROLE.sub(words_of_role, written))
    written = _ROLE.sub(words_of_role, written)
    match = _ABOUT.match(written) if holds(written, ":\n", ": ") else None
    fields = _FIELD.findall(match["fields"]) if match else ()
    if match is None or not fields or any(line[:1] not in "#" for line in _full(match["above"])):
        return written
    about = "".join(f'{key.lower()}: "{" ".join(said.split())}"\n' for key, said in fields)
    return f"---\n{about}---\n\n{match['above']}{written[match.end() :]}"


def _substituted(text: str, names: dict[str, str]) -> str:
    """The text with what names stand for, until it is twice as long as it was."""
    room = len(text)

    def put(match: re.Match[str]) -> str:
        nonlocal room
        said = names.get(match["name"], match[0])
        room -= len(said)
        return said if room >= 0 or len(said) <= len(match[0]) else match[0]

    return _SUBSTITUTED.sub(put, text)


def _full(lines: str) -> Iterator[str]:
    return (line for line in lines.split("\n") if line.strip())


def _written(
    lines: Sequence[str], names: dict[str, str], styles: Styles, depth: int
) -> Iterator[str]:
    """The lines as Markdown; `names` gets what names stand for, `styles` how headings are drawn."""
    at = 0
    while at < len(lines):
        line = lines[at]
        bare = line.lstrip(" \t")
        if bare[:2] == ".." and (len(bare) == 2 or bare[2] in " \t"):
            end = _inside(lines, at + 1, _margin(line))
            yield from _part(lines[at:end], names, styles, depth)
        elif bare[:4] == ">>> ":
            end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
            yield from ("", "```", *lines[at:end], "```")
        elif heading := _heading(lines, at, styles):
            end = at + heading[1]
            yield heading[0]
        elif bare[:1] == "=" and _BORDER.match(line):
            table = _table(lines, at)
            end = at + len(table)
            yield from table
        elif bare.rstrip()[-2:] == "::":
            end = at + 1
            yield _without_colons(line)
            begins = next((n for n in range(end, len(lines)) if lines[n].strip()), end)
            if begins > end and (behind := _inside(lines, begins, _text_margin(line))) > begins:
                yield from ("", "```", *lines[begins:behind], "```", "")
                end = behind
        else:
            end = at + 1
            yield from (f"###### {line.strip()}", "") if _is_term(lines, at) else (line,)
        at = end


def _is_term(lines: Sequence[str], at: int) -> bool:
    """Whether what a line names is told right below it, set in: a term and what it means."""
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    words = line.strip()
    if not words or not below.strip() or len(words) > _LONGEST_TERM or words[-1] in ".,;:":
        return False
    return words[0].isalnum() and _margin(below) > _text_margin(line) == _margin(line)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _text_margin(line: str) -> int:
    """Where the words of a line begin, behind the bullet of an item."""
    margin = _margin(line)
    match = _OPENS.match(line, margin)
    return match.end() - 1 if match else margin


def _inside(lines: Sequence[str], at: int, margin: int) -> int:
    """The line behind those from `at` on that stand deeper than a margin."""
    end = at
    for number in range(at, len(lines)):
        if lines[number].strip():
            if _margin(lines[number]) <= margin:
                break
            end = number + 1
    return end


def _heading(lines: Sequence[str], at: int, styles: Styles) -> tuple[str, int] | None:
    """A heading that begins at a line, and its lines; what is drawn across is an empty one."""
    line, below = lines[at].rstrip(), lines[at + 1].rstrip() if at + 1 < len(lines) else ""
    over = _DRAWN.match(line)
    if over and len(line) >= len(below.strip()) > 0 and at + 2 < len(lines):
        under = lines[at + 2].rstrip()
        if under == line:
            return _at_level(below, (over["sign"], True), styles), 3
    if over and len(line) >= 4 and not below and not (at and lines[at - 1].strip()):
        return "", 1
    title = line if line[:1] not in ("", " ", "\t") else ""
    under_it = _DRAWN.match(below) if title and not (at and lines[at - 1].strip()) else None
    if under_it is None or len(below) < len(title) or not any(map(str.isalnum, title)):
        return None
    if len(below) < 4 and under_it["sign"] in _STOPPED:
        return None
    return _at_level(title, (under_it["sign"], False), styles), 2


def _at_level(title: str, style: tuple[str, bool], styles: Styles) -> str:
    if style not in styles:
        styles.append(style)
    return f"{'#' * min(6, styles.index(style) + 1)} {title.strip()}"


def _table(lines: Sequence[str], at: int) -> list[str]:
    """A table between three borders, with a rule below its head instead; else its first line."""
    borders = [at]
    for number in range(at + 1, min(len(lines), at + _MOST_OF_TABLE)):
        if _BORDER.match(lines[number]):
            borders.append(number)
            if len(borders) == 3:
                break
        elif not lines[number].strip():
            break
    if len(borders) != 3:
        return [lines[at]]
    found = list(lines[at : borders[2] + 1])
    found[0] = found[-1] = ""
    found[borders[1] - at] = lines[borders[1]].replace("=", "-")
    return found


def _without_colons(line: str) -> str:
    """A line that opens code, with one colon at its end, or none that stands alone."""
    said = line.rstrip()[:-2]
    return said.rstrip() if said[-1:] in (" ", "\t", "") else f"{said}:"


def _part(lines: Sequence[str], names: dict[str, str], styles: Styles, depth: int) -> Iterator[str]:
    """What two dots begin: a note, code, words set apart; nothing for what nobody sees."""
    behind = lines[0].lstrip(" \t")[2:].strip()
    if _KEPT.match(behind) or not depth:
        first = lines[0].rstrip()
        yield first[:-1] if first[-2:] == "::" else first
        yield from lines[1:]
        return
    match = _SET.match(behind)
    if match is None:  # a remark, or a place
        yield ""
        return
    kind, said = match["kind"].lower(), match["said"] or ""
    if match["name"]:
        names[match["name"]] = said if kind == "replace" else ""
        return
    body = list(_body(lines[1:]))
    if kind in UNSEEN or kind.startswith("auto"):
        yield ""
    elif kind in TABLES and (rows := table_rows(kind, lines[1:], body)):
        yield from ("", *opened_words(kind, said, ["", *rows]), "")
    elif kind in SHOWN:
        yield from ("", "```", *body, "```", "") if any(map(str.strip, body)) else ("",)
    else:
        yield ""
        yield from _written(opened_words(kind, said, body), names, styles, depth - 1)
        yield ""


def _body(lines: Sequence[str]) -> Iterator[str]:
    """The lines below a directive without its options, from the left edge on."""
    at = 0
    while at < len(lines) and _OPTION.match(lines[at]):
        at += 1
    yield from dedent("\n".join(lines[at:])).split("\n") if at < len(lines) else ()


def opened_words(kind: str, said: str, body: Sequence[str]) -> list[str]:
    """What is set apart: its title as a heading, or the words that open it."""
    if kind in HEADED:
        return [f"###### {said}", "", *body] if said else list(body)
    if kind in ("versionadded", "versionchanged", "deprecated"):
        said = _VERSION.sub("", said, count=1)
    elif kind == "container":
        said = ""  # how browsers shall set it
    elif kind not in TOLD and len(said.split()) < 4 and "]_" not in said:
        said = ""  # the name of a file, or what a program calls something
    return [said, *body] if said else list(body)


def words_of_role(match: re.Match[str]) -> str:
    """The words of a role, its groups `role` and `said`; code stays code."""
    role, said = match["role"].lower().rpartition(":")[2], match["said"]
    if aimed := _AIMED.match(said):
        return aimed[1]
    if role in _NUMBERED:
        return f"{_NUMBERED[role]} {said}"
    if role in ("sup", "superscript"):
        return f"<sup>{said}</sup>"
    return said if role in _WORDS else f"`{said.rpartition('.')[2] if said[0] == '~' else said}`"
