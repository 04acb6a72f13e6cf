"""Wikitext -> wikitext in which every mark that opens something is closed again.

A parser of wikitext goes back to each opening that nothing closes and reads on from there, which
takes time that grows with the square of the text, or worse. MediaWiki shows such marks as they
stand; so they are spelled as characters here, and the parser has nothing to go back to.
"""

import re

RAW = "nowiki|pre|math|chem|score|syntaxhighlight|source|timeline|templatedata|graph|mapframe"
"""Tags in which no mark counts."""
_TOKEN = re.compile(
    rf"(?P<comment><!--)|<(?P<raw>{RAW})(?:\s[^<>]{{0,1000}})?(?P<rawself>/)?>"
    r"|<(?P<tag>[a-z][a-z0-9]{0,20})(?:\s[^<>]{0,2000}?)?(?P<self>/)?>"
    r"|</(?P<end>[a-z][a-z0-9]{0,20})\s{0,9}>"
    r"|\{\{|\}\}|(?<![^\n])[ \t:*#]{0,9}(?P<table>\{\|)"
    r"|(?<![^\n])[ \t]{0,9}(?P<tableend>\|\})(?!\})"
    r"|\[\[|\[(?=https?:|ftp:|mailto:|//)|\]|\n|<",
    re.I,
)
_NEVER_CLOSED = frozenset("br hr wbr img meta link".split())
_ENDS = {
    "li": ("li",),
    **dict.fromkeys(("dt", "dd"), ("dt", "dd")),
    **dict.fromkeys(("td", "th"), ("td", "th")),
    "tr": ("td", "th", "tr"),
}
"""Tags that need not be closed, and which of them each ends: a cell the one before it."""
_MAY_GO = frozenset(
    "p b i u s em strong small big span div font center sup sub code tt abbr cite q del ins".split()
)
"""Tags without which a text reads the same: one that is not closed is left out."""
_DEEPEST = 30
"""The parser gives up at a depth of 40; real pages reach 12."""
_NOTHING = "<!---->"
"""What stands for a tag that is left out, lest its neighbours make a mark together."""
_LIST_MARKS = re.compile(r"^([*#:;]{12})[*#:;]{1,}", re.M)


class _Balance:
    """One pass over the marks: what opens waits on a stack until what closes it comes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.waiting: list[tuple[str, int]] = []
        self.open: dict[str, int] = {}
        self.literal: dict[int, str] = {}  # places of marks that are characters, and their spelling
        self.gone: dict[int, int] = {}  # places of tags that are left out, and where they end
        self.unclosed: set[str] = set()

    def push(self, kind: str, at: int) -> None:
        if len(self.waiting) >= _DEEPEST:
            self.spell(kind, at)
            return
        self.waiting.append((kind, at))
        self.open[kind] = self.open.get(kind, 0) + 1

    def pop(self, kind: str, here: int) -> bool:
        """Close the last opening of a kind; what was opened in it and not closed is literal."""
        if not self.open.get(kind):
            return False
        while self.waiting[-1][0] != kind:
            if self.waiting[-1][0] in _ENDS:
                self.end(here)
            else:
                self.spell(*self._last())
        self._last()
        return True

    def end(self, here: int) -> None:
        """Put in what closes the last opening."""
        self.literal[here] = f"{self.literal.get(here, '')}</{self._last()[0]}>"

    def _last(self) -> tuple[str, int]:
        kind, at = self.waiting.pop()
        self.open[kind] -= 1
        return kind, at

    def spell(self, kind: str, at: int) -> None:
        if kind in _ENDS:
            return  # the parser takes one that nothing closes
        if kind in _MAY_GO:
            self.gone[at] = self.text.index(">", at) + 1
            return
        mark = kind if kind in ("{{", "[[", "[") else self.text[at]
        self.literal[at] = "".join(f"&#{ord(char)};" for char in mark)

    def skip_to(self, end: str, at: int) -> int | None:
        """Where the raw stretch that opens at `at` ends; None when nothing closes it."""
        found = -1 if end in self.unclosed else self.text.find(end, at)
        if found < 0:
            self.unclosed.add(end)
            return None
        return found + len(end)


def balanced(text: str) -> str:
    """The text with every mark that is not closed spelled as characters. Linear in the text."""
    text = _LIST_MARKS.sub(r"\1", text)
    balance = _Balance(text)
    at = 0
    while match := _TOKEN.search(text, at):
        at = _step(balance, match)
    for kind, place in balance.waiting:
        balance.spell(kind, place)
    return _rewritten(balance)


def _step(balance: _Balance, match: re.Match[str]) -> int:
    """Read one mark; returns where to go on."""
    if match[0][0] == "<" and _odd_quotes(match[0]):
        balance.literal[match.start()] = "&lt;"
        return match.start() + 1
    if match["comment"] or (match["raw"] and not match["rawself"]):
        return _raw(balance, match)
    if match[0] == "]":
        return _bracket(balance, match.start())
    if match["tag"]:
        _tag(balance, match)
    elif match["end"]:
        if not balance.pop(match["end"].lower(), match.start()):
            balance.gone[match.start()] = match.end()
    elif not match["rawself"]:
        _mark(balance, match)
    return match.end()


def _raw(balance: _Balance, match: re.Match[str]) -> int:
    """What no mark counts in: a comment, code, a formula."""
    end = "-->" if match["comment"] else f"</{match['raw']}>"
    after = balance.skip_to(end, match.end())
    if after is None:
        balance.literal[match.start()] = "&lt;"
    return after or match.end()


def _mark(balance: _Balance, match: re.Match[str]) -> None:
    if match["table"]:
        balance.push("{|", match.start("table"))
    elif match["tableend"]:
        balance.pop("{|", match.start("tableend"))
    elif match[0] == "}}":
        balance.pop("{{", match.start())
    elif match[0] == "<":
        balance.literal[match.start()] = "&lt;"
    elif match[0] == "\n":
        while balance.open.get("["):
            balance.spell("[", _drop_last_link(balance))
    else:
        balance.push(match[0], match.start())


def _tag(balance: _Balance, match: re.Match[str]) -> None:
    name = match["tag"].lower()
    while balance.waiting and balance.waiting[-1][0] in _ENDS.get(name, ()):
        balance.end(match.start())
    if not match["self"] and name not in _NEVER_CLOSED:
        balance.push(name, match.start())


def _odd_quotes(tag: str) -> bool:
    """Whether a quotation mark in a tag is not closed in it: its reader would go on for it."""
    return tag.count('"') % 2 > 0 or (tag.count("'") % 2 > 0 and '"' not in tag)


def _bracket(balance: _Balance, at: int) -> int:
    """A closing bracket: of a link to outside, else with its like of one within the wiki."""
    inner = next((kind for kind, _ in reversed(balance.waiting) if kind in ("[", "[[")), None)
    if inner == "[":
        balance.pop("[", at)
    elif inner == "[[" and balance.text.startswith("]]", at):
        balance.pop("[[", at)
        return at + 2
    return at + 1


def _drop_last_link(balance: _Balance) -> int:
    """Take the last single bracket that is open off the stack; returns its place."""
    index = max(n for n, (each, _) in enumerate(balance.waiting) if each == "[")
    balance.open["["] -= 1
    return balance.waiting.pop(index)[1]


def _rewritten(balance: _Balance) -> str:
    pieces: list[str] = []
    begin = 0
    for at in sorted(balance.literal.keys() | balance.gone.keys()):
        if at < begin:
            continue
        pieces.append(balance.text[begin:at])
        if at in balance.gone:
            pieces.append(_NOTHING)
            begin = balance.gone[at]
        else:
            pieces.append(balance.literal[at])
            begin = at + balance.literal[at].count("&")
    pieces.append(balance.text[begin:])
    return "".join(pieces)
