"""What a page must not do to its parser, and what the parser swallows.

lexbor needs quadratic time in the depth of a page and in the attributes of a tag, as browsers did
before they set limits. `guarded` sets them: tags beyond the depth go, their text stays; attributes
beyond the number go. So do the tags of a page that is made of little else. Findings say what was
taken out, and where the rules of HTML make text disappear: behind a comment, tag or script that
nothing closes, or as NUL characters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ledger.extract.decode import encodable
from ledger.model import Finding

DEEPEST = 500
"""Open elements at once; browsers stop at 512."""
FEW_ELEMENTS = 16_000
ELEMENT_LENGTH = 60
"""A page may have so many elements, or one to so many characters if that is more: of 244 pages the
largest has 8,500, one to 100 characters, and small ones have up to one to 50. Each costs what a
paragraph costs, whatever is in it.
"""
MOST_ATTRIBUTES = 200
"""Attributes of one tag: the largest seen in 1,500 pages is 71."""
_LONG_TAG = 2000
"""Characters of a tag from which on its attributes are counted."""
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+)(?P<end>>?)"
)
_SCRIPT = re.compile(r"</?(?:script|style)")
_LETTER = re.compile(r"[A-Za-z]")
_LOOKED_AT = 200_000
_ATTRIBUTE = re.compile(r"[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+")
_OPEN_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}")
_UNCOUNTED = frozenset(
    "html head body p li dt dd tr td th tbody thead tfoot option optgroup colgroup rp rt a "
    "area base br col embed hr img input link meta param source track wbr".split()
)
"""Void elements, and those that their like or their container closes: they open no depth."""
_NAME = re.compile(r"<(/?[A-Za-z][A-Za-z0-9-]*)")
"""The name of each tag, a slash before it where it closes."""
_RAW = frozenset("script style title textarea xmp iframe noembed noframes".split())
_CLOSED = {name: re.compile(f"</{name}", re.I) for name in _RAW}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORTH = 200
"""Characters that nothing closes: less is the end of a page that was cut off."""


class Guarded(NamedTuple):
    """A page that its parser can read in linear time, and what was done to it."""

    text: str
    findings: tuple[Finding, ...]


def guarded(text: str) -> Guarded:
    """Set the limits. Linear in the text; one pass when there is nothing to do."""
    findings: list[Finding] = []
    if encodable(text) is None:
        text = _SURROGATE.sub("\ufffd", text)
    if nuls := text.count("\0"):
        text = text.replace("\0", "")
        findings.append(_lost(f"{nuls} NUL characters were taken out"))
    names = _NAME.findall(text)
    deep, open_at_last = _tags(names)
    stretches = text.split("<")
    tags = len(stretches) - 1
    most = max(FEW_ELEMENTS, len(text) // ELEMENT_LENGTH)
    crowded = tags > most and tags - text.count("</") > most
    if deep or crowded or _may_be_wide(text, stretches, tags - len(names)):
        text, remarks = _limited(text, most)
        findings.extend(remarks)
    findings.extend(_swallowed(text, open_at_last))
    return Guarded(text, tuple(findings))


@lru_cache(1024)
def _step(tag: str) -> int | str:
    """What a tag does to the depth: 1, -1 or nothing; or its name, where its inside is raw."""
    name = tag.lower()
    bare = name.lstrip("/")
    if bare in _RAW:
        return name
    return 0 if bare in _UNCOUNTED else -1 if name[0] == "/" else 1


def _tags(names: Iterable[str]) -> tuple[bool, list[str]]:
    """Whether elements stand too deep; the names of raw elements whose last tag opens one."""
    depth = deepest = 0
    last: dict[str, bool] = {}
    end = ""  # of the raw element whose characters these are: "<b" in a script is no tag
    for step in map(_step, names):
        if end:
            if step != end:
                continue
            end = ""
            last[step[1:]] = False
            depth -= 1
        elif isinstance(step, int):
            depth += step
        elif step[0] == "/":
            last[step[1:]] = False
            depth -= 1
        else:
            last[step] = True
            end = f"/{step}"
            depth += 1
        if depth > deepest:
            deepest = depth
        elif depth < 0:
            depth = 0
    return deepest > DEEPEST, [name for name, opens in last.items() if opens]


def _may_be_wide(text: str, stretches: list[str], others: int) -> bool:
    """Whether some tag may have too many attributes: a long one, or one full of quoted "<".

    Args:
        text: The page.
        stretches: What stands between each "<" of it and the next.
        others: How many "<" are followed by no name of a tag.
    """
    bare = text.count("=<")
    if others + bare > MOST_ATTRIBUTES and (
        text.count('<"') + text.count("<'") + bare > MOST_ATTRIBUTES
    ):
        return True
    lengths = [*map(len, stretches)]
    scripts: list[int] = []
    ends = before = 0
    for place in [place for place, length in enumerate(lengths) if length > _LONG_TAG]:
        ends += sum(lengths[before:place]) + place - before
        before = place
        if not place or not _LETTER.match(stretches[place]):
            continue
        begin = ends - 1
        short = _TAG.match(text, begin, begin + _LONG_TAG)
        if short and short["end"]:
            continue
        scripts = scripts or [each.start() for each in _SCRIPT.finditer(text)]
        last = bisect_left(scripts, begin) - 1
        if last >= 0 and text[scripts[last] + 1] != "/":
            continue  # what looks like a tag in a script is none
        match = _TAG.match(text, begin, begin + _LOOKED_AT)
        if match and match.end() - begin > _LONG_TAG and _is_wide(match["rest"]):
            return True
    return False


def _in_script(text: str, place: int) -> bool:
    """Whether a place stands in a script: what looks like a tag there is none."""
    opened = max(text.rfind("<script", 0, place), text.rfind("<style", 0, place))
    closed = max(text.rfind("</script", 0, place), text.rfind("</style", 0, place))
    return opened > closed


def _lost(detail: str) -> Finding:
    return Finding(code="markup-lost", detail=detail)


def _is_wide(rest: str) -> bool:
    return rest.count("=") + rest.count(" ") > MOST_ATTRIBUTES and (
        sum(1 for _ in _ATTRIBUTE.finditer(rest)) > MOST_ATTRIBUTES
    )


class _Depth:
    """How many elements are open, and how many that were taken out."""

    def __init__(self) -> None:
        self.inside = self.beyond = 0

    def takes(self, *, closes: bool) -> bool:
        """Whether the next tag stands too deep."""
        if closes:
            taken = self.beyond > 0
            self.beyond -= taken
            self.inside = self.inside if taken else max(0, self.inside - 1)
        else:
            taken = self.inside >= DEEPEST
            self.beyond += taken
            self.inside += not taken
        return taken


def _limited(text: str, most: int) -> tuple[str, list[Finding]]:
    """The text within the limits, of which one is `most` elements; and what was taken out."""
    pieces: list[str] = []
    begin = flat = wide = opened = crowd = 0
    depth = _Depth()
    for match in _outside_raw(text):
        name, closes = match["name"].lower(), bool(match["close"])
        if opened >= most and name not in _RAW:
            crowd += 1
            pieces.append(f"{text[begin : match.start()]} ")
            begin = match.end()
            continue
        if name not in _UNCOUNTED and depth.takes(closes=closes):
            flat += 1
            pieces.append(text[begin : match.start()])
            begin = match.end()
            continue
        opened += not closes
        if len(match["rest"]) > _LONG_TAG and _is_wide(match["rest"]):
            wide += 1
            pieces.append(text[begin : match.start("rest")])
            attributes = islice(_ATTRIBUTE.finditer(match["rest"]), MOST_ATTRIBUTES)
            pieces.extend(f" {attribute[0]}" for attribute in attributes)
            pieces.append(match["end"])
            begin = match.end()
    pieces.append(text[begin:])
    return "".join(pieces), [*_taken(flat, wide, crowd, most)]


def _taken(flat: int, wide: int, crowd: int, most: int) -> Iterator[Finding]:
    if flat:
        yield _lost(
            f"elements stand more than {DEEPEST} deep: {flat} tags were taken out there, "
            "and their text was kept"
        )
    if wide:
        yield _lost(
            f"tags have more than {MOST_ATTRIBUTES} attributes: the rest of {wide} tags was taken "
            "out, addresses of links among it if there were any"
        )
    if crowd:
        yield _lost(
            f"the page has more than {most:,} elements: the {crowd:,} tags behind them were taken "
            "out, addresses of links among them if there were any, and their text was kept"
        )


def _outside_raw(text: str) -> Iterator[re.Match[str]]:
    """The tags of a page, those in comments and in scripts and their like left out."""
    place = 0
    comment = text.find("<!--")
    while match := _TAG.search(text, place):
        if 0 <= comment < match.start():
            end = text.find("-->", comment + 4)
            if end < 0:
                return
            place = max(end + 3, place)
            comment = text.find("<!--", place)
            continue
        yield match
        place = match.end()
        name = match["name"].lower()
        if name in _RAW and not match["close"]:
            closed = _CLOSED[name].search(text, place)
            if closed is None:
                return
            place = closed.start()


def _swallowed(text: str, raw: list[str]) -> list[Finding]:
    """What stands behind something that nothing closes, up to the end of the page."""
    found: list[Finding] = []
    opened = text.rfind("<!--")
    if opened > text.rfind("-->") and len(text) - opened > _WORTH:
        found.append(_hidden("a comment", len(text) - opened))
    for name in raw:
        opened = text.lower().rfind(f"<{name}")
        tag = _TAG.match(text, opened)
        if tag and not tag["rest"].endswith("/") and len(text) - opened > _WORTH:
            found.append(_hidden(f"<{name}>", len(text) - opened))
    for quote in "\"'":
        opened = text.rfind(f"={quote}")
        unclosed = opened >= 0 and text.find(quote, opened + 2) < 0
        if unclosed and len(text) - opened > _WORTH and not _in_script(text, opened):
            return [*found, _hidden("an attribute", len(text) - opened)]
    if (match := _OPEN_TAG.search(text, text.rfind(">") + 1)) and len(
        text
    ) - match.start() > _WORTH:
        found.append(_hidden(f"a tag, {match[0]}", len(text) - match.start()))
    return found


def _hidden(what: str, length: int) -> Finding:
    return Finding(
        code="text-lost",
        detail=f"nothing closes {what}: the last {length:,} characters of the page are in it",
    )
