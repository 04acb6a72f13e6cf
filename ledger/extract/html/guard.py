"""What a page must not do to its parser, and what the parser swallows.

lexbor needs quadratic time in the depth of a page and in the attributes of a tag, as browsers did
before they set limits. `guarded` sets them: tags beyond the depth go, their text stays; attributes
beyond the number go. So do the tags of a page that is made of little else. Findings say what was
taken out, and where the rules of HTML make text disappear: behind a comment, tag or script that
nothing closes, or as NUL characters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from ledger.counting import counted
from ledger.document import Finding
from ledger.extract.characters.decode import encodable
from ledger.patterns import later

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
_FEW_TAGS = 4000
"""So many attributes, should one tag have them all, take the parser 25 ms."""
_LONG_TAG = 2000
"""Characters of a tag from which on its attributes are counted."""
_TAG = re.compile(
    rb"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    rb"(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+)(?P<end>>?)"
)
_SCRIPT = re.compile(rb"</?(?:script|style)")
_LOOKED_AT = 200_000
"""Bytes of a tag in which its attributes are counted: enough for `_FEW_TAGS` of 50 bytes, and the
rest of an endless one is not read again for each "<" in it."""
_ATTRIBUTE = re.compile(rb"[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+")
_OPEN_TAG = re.compile(rb"</?[A-Za-z][A-Za-z0-9-]{0,20}")
_UNCOUNTED = frozenset(
    b"html head body p li dt dd tr td th tbody thead tfoot option optgroup colgroup rp rt a "
    b"area base br col embed hr img input link meta param source track wbr".split()
)
"""Void elements, and those that their like or their container closes: they open no depth."""
_NAME = re.compile(rb"<(/?[A-Za-z][\w-]*+|)")
"""What each "<" opens: the name of a tag, a slash before it where it closes; or nothing."""
_RAW = frozenset(b"script style title textarea xmp iframe noembed noframes".split())
_CLOSED = {name: re.compile(b"</" + name, re.I) for name in _RAW}
_SURROGATE = later(r"[\ud800-\udfff]")
_WORTH = 200
"""Characters that nothing closes: less is the end of a page that was cut off."""


class Guarded(NamedTuple):
    """A page in UTF-8 that its parser can read in linear time, and what was done to it."""

    page: bytes
    findings: tuple[Finding, ...]


def guarded(text: str, encoded: bytes | None = None) -> Guarded:
    """The page as its parser may have it: so deep, so many elements and attributes, and no NUL.

    Linear in the text; one pass when there is nothing to do.

    Args:
        text: The page.
        encoded: The same in UTF-8, which the parser takes and in which a page is searched twice as
            fast; None to have it encoded.
    """
    findings: list[Finding] = []
    page = encoded if encoded is not None else encodable(text)
    if page is None:
        page = _SURROGATE.sub("\ufffd", text).encode()
    nuls = page.count(b"\0") if b"\0" in page else 0  # looking is ten times as fast as counting
    if nuls:
        page = page.replace(b"\0", b"")
        findings.append(_lost(f"{nuls} NUL characters were taken out"))
    names = _NAME.findall(page)
    deep, open_at_last = _tags(names)
    others = names.count(b"")
    tags = len(names) - others
    most = max(FEW_ELEMENTS, (len(text) - nuls) // ELEMENT_LENGTH)
    crowded = tags > most and tags - sum(name[:1] == b"/" for name in names) > most
    hiding = len(names) > _FEW_TAGS and _may_hide(page, others)
    if deep or crowded or hiding or _has_long_tag(page):
        page, remarks = _limited(page, most)
        findings.extend(remarks)
    findings.extend(_swallowed(page, open_at_last))
    return Guarded(page, tuple(findings))


class _Steps(dict[bytes, int]):
    """What a tag does to the depth, by its name: 1, -1 or 0; `_RAW_STEP` where its inside is raw.

    It remembers names, which are few; asking it takes a fifth of the time of a function.
    """

    def __missing__(self, tag: bytes) -> int:
        name = tag.lower()
        bare = name.lstrip(b"/")
        step = 0 if bare in _UNCOUNTED else -1 if name != bare else 1
        if bare in _RAW:
            step = _RAW_STEP
        if len(self) < 1024 and len(tag) < 64:  # pages may invent any number, of any length
            self[tag] = step
        return step


_RAW_STEP = 2
"""What marks a raw element among the steps, beside the real ones 1, -1 and 0."""
_steps = _Steps()


def _tags(names: Sequence[bytes]) -> tuple[bool, list[bytes]]:
    """Whether elements stand too deep; the names of raw elements whose last tag opens one."""
    steps = list(map(_steps.__getitem__, names))
    last: dict[bytes, bool] = {}
    end = b""  # of the raw element whose characters these are: "<b" in a script is no tag
    inside = 0
    for place in _places(steps, _RAW_STEP):
        name = names[place].lower()
        if end and name != end:
            continue
        if end:
            steps[inside:place] = [0] * (place - inside)
        closes = name[:1] == b"/"
        last[name[closes:]] = not closes
        steps[place] = -1 if closes else 1
        end = b"" if closes else b"/" + name
        inside = place + 1
    if end:
        steps[inside:] = []
    return _deepest(steps) > DEEPEST, [name for name, opens in last.items() if opens]


def _places(steps: Sequence[int], step: int) -> list[int]:
    """Where a step stands: hardly anywhere, and that is known in a quarter of a loop's time."""
    places: list[int] = []
    place = -1
    for _ in range(steps.count(step)):
        place = steps.index(step, place + 1)
        places.append(place)
    return places


def _deepest(steps: Sequence[int]) -> int:
    """The greatest depth, or as much as it is at most, if that is no more than `DEEPEST`."""
    depths = list(accumulate(steps, initial=0))
    most = max(depths) - min(depths)
    if most <= DEEPEST:
        return most
    # Where more is closed than is open it may be less: what closes nothing does nothing.
    depth = deepest = 0
    for step in steps:
        depth = max(0, depth + step)
        deepest = max(deepest, depth)
    return deepest


def _may_hide(page: bytes, others: int) -> bool:
    """Whether a tag may have too many attributes and yet look short: full of quoted "<".

    `others` is how many "<" are followed by no name of a tag.
    """
    bare = page.count(b"=<")
    return others + bare > MOST_ATTRIBUTES and (
        page.count(b'<"') + page.count(b"<'") + bare > MOST_ATTRIBUTES
    )


def _has_long_tag(page: bytes) -> bool:
    """Whether a tag is long, and has too many attributes."""
    scripts: list[int] = []
    for begin in _long_tags(page):
        short = _TAG.match(page, begin, begin + _LONG_TAG)
        if short is None or short["end"]:
            continue
        scripts = scripts or [each.start() for each in _SCRIPT.finditer(page)]
        last = bisect_left(scripts, begin) - 1
        if last >= 0 and page[scripts[last] + 1] != ord("/"):
            continue  # what looks like a tag in a script is none
        match = _TAG.match(page, begin, begin + _LOOKED_AT)
        if match and match.end() - begin > _LONG_TAG and _is_wide(match["rest"]):
            return True
    return False


def _long_tags(page: bytes) -> Iterator[int]:
    """Where each "<" stands from which it is long to the next one."""
    begin = page.find(b"<")
    while begin >= 0:
        end = begin + 1 + _LONG_TAG
        further = page.rfind(b"<", begin + 1, end)
        if further < 0:
            if end <= len(page):
                yield begin
            further = page.find(b"<", end)
        begin = further


def _in_script(page: bytes, place: int) -> bool:
    """Whether a place stands in a script: what looks like a tag there is none."""
    opened = max(page.rfind(b"<script", 0, place), page.rfind(b"<style", 0, place))
    closed = max(page.rfind(b"</script", 0, place), page.rfind(b"</style", 0, place))
    return opened > closed


def _lost(detail: str) -> Finding:
    return Finding(code="markup-lost", detail=detail)


def _is_wide(rest: bytes) -> bool:
    return rest.count(b"=") + rest.count(b" ") > MOST_ATTRIBUTES and (
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


def _limited(page: bytes, most: int) -> tuple[bytes, list[Finding]]:
    """The page within the limits, of which one is `most` elements; and what was taken out."""
    pieces: list[bytes] = []
    begin = flat = wide = opened = crowd = 0
    depth = _Depth()
    for match in _outside_raw(page):
        name, closes = match["name"].lower(), bool(match["close"])
        if opened >= most and name not in _RAW:
            crowd += 1
            pieces.append(page[begin : match.start()] + b" ")
            begin = match.end()
            continue
        if name not in _UNCOUNTED and depth.takes(closes=closes):
            flat += 1
            pieces.append(page[begin : match.start()])
            begin = match.end()
            continue
        opened += not closes
        if len(match["rest"]) > _LONG_TAG and _is_wide(match["rest"]):
            wide += 1
            pieces.append(page[begin : match.start("rest")])
            attributes = islice(_ATTRIBUTE.finditer(match["rest"]), MOST_ATTRIBUTES)
            pieces.extend(b" " + attribute[0] for attribute in attributes)
            pieces.append(match["end"])
            begin = match.end()
    pieces.append(page[begin:])
    return b"".join(pieces), [*_taken(flat, wide, crowd, most)]


def _taken(flat: int, wide: int, crowd: int, most: int) -> Iterator[Finding]:
    if flat:
        yield _lost(
            f"elements stand more than {DEEPEST} deep: {counted(flat, 'tag was', 'tags were')} "
            f"taken out there, and {'its' if flat == 1 else 'their'} text was kept"
        )
    if wide:
        yield _lost(
            f"tags have more than {MOST_ATTRIBUTES} attributes: the rest of "
            f"{counted(wide, 'tag')} was taken out, addresses of links among it if there were any"
        )
    if crowd:
        behind = "tag behind them was" if crowd == 1 else "tags behind them were"
        yield _lost(
            f"the page has more than {most:,} elements: the {crowd:,} {behind} taken "
            "out, addresses of links among them if there were any, and their text was kept"
        )


def _outside_raw(page: bytes) -> Iterator[re.Match[bytes]]:
    """The tags of a page, those in comments and in scripts and their like left out."""
    place = 0
    comment = page.find(b"<!--")
    while match := _TAG.search(page, place):
        while 0 <= comment < match.start():  # the tag behind them is looked for once
            end = page.find(b"-->", comment + 4)
            if end < 0:
                return
            place = max(end + 3, place)
            comment = page.find(b"<!--", place)
        if match.start() < place:
            continue
        yield match
        place = match.end()
        name = match["name"].lower()
        if name in _RAW and not match["close"]:
            closed = _CLOSED[name].search(page, place)
            if closed is None:
                return
            place = closed.start()


def _swallowed(page: bytes, raw: list[bytes]) -> list[Finding]:
    """What stands behind something that nothing closes, up to the end of the page."""
    found: list[Finding] = []
    opened = page.rfind(b"<!--")
    if opened > page.rfind(b"-->"):
        found += _behind("a comment", page, opened)
    for name in raw:
        opened = page.lower().rfind(b"<" + name)
        tag = _TAG.match(page, opened)
        if tag and not tag["rest"].endswith(b"/"):
            found += _behind(f"<{name.decode()}>", page, opened)
    for quote in (b'"', b"'"):
        opened = page.rfind(b"=" + quote)
        unclosed = opened >= 0 and page.find(quote, opened + 2) < 0
        if unclosed and not _in_script(page, opened):
            lost = _behind("an attribute", page, opened)
            if lost:
                return found + lost
    if match := _OPEN_TAG.search(page, page.rfind(b">") + 1):
        found += _behind(f"a tag, {match[0].decode()}", page, match.start())
    return found


def _behind(what: str, page: bytes, opened: int) -> list[Finding]:
    """The loss behind something that nothing closes; none where it is the end of a cut page."""
    length = len(page[opened:].decode())
    if length <= _WORTH:
        return []
    detail = f"nothing closes {what}: the last {length:,} characters of the page are in it"
    return [Finding(code="text-lost", detail=detail)]
