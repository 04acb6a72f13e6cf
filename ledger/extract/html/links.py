"""Words and addresses of the tree -> inline Markdown, which the reader of blocks knows.

The characters of a page are no markup: those that Markdown would take for some are escaped.
"""

import re
from collections.abc import Iterable

from ledger import urls
from ledger.extract.html.tree import Element, text_of
from ledger.letters import WIDE
from ledger.patterns import later

LONGEST_TARGET = 2000
"""Characters of an address: what the reader of inline Markdown takes, and browsers send."""
_LONGEST_NUMBER = 3
"""Digits of a number that cites by a link."""
_LONGEST_WORDS = 400
"""Links with more words than the reader of inline Markdown takes are links of their last words."""
_UNSET_BOLD = (
    rf"\*\*(?=[^*\n]{{0,200}}{WIDE})"
    r"(?:[“‘「『《〈（【][^*\n]{1,200}|[^*\s][^*\n]{0,200}[”’」』》〉）】])\*\*"
)
"""Bold of Chinese that the program of a page left as it was typed, since a quotation begins or ends
there: "这种**“水坝”**的模式" is no bold by the rules of CommonMark."""
_ESCAPED = later(
    rf"{_UNSET_BOLD}|"
    r"https?://[^\s<>\[\]()\\`*|\"]+|[\\`*<>~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|&(?=#?\w{1,31};)"
)
_MARKUP = re.compile(r"[\\`*<>~|_&]")
"""What all of those have that are changed: most stretches of text have none."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_SEVERAL = re.compile(r"(?<![;,\s])(?!,https?:)[;,\s]++(?=https?:)")
"""Between the addresses of a link that somebody made out of several."""
_OBFUSCATED = re.compile(r"(?:\s|%20)(?:dot|\[dot\]|\(dot\))(?:\s|%20|$)", re.I)
"""What was linked by a machine is no address; the words say what was meant."""
_NO_ADDRESS = re.compile(
    r"(?!h?(?:tt|xx)ps?:|mailto:|tel:|doi:|arxiv:)[A-Za-z][A-Za-z0-9+.-]{1,20}:", re.I
)
"""Script, data, a file on somebody's disk: schemes that lead to no page. That of a DOI leads to
one, and so does one that lost a letter or was made harmless: "ttps://", "hxxps://"."""
_PLAIN = re.compile(r"(?:https?:|[/#?])[^\s\x00-\x1f\x7f<>();,%]*+")
"""An address of which nothing need be changed or cut off, as nearly all are."""
_TARGET_CODES = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E"})
_UNBALANCED_CODES = str.maketrans({"(": "%28", ")": "%29"})
LINK = re.compile(r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,600}+)\]\(<[^<>]{1,2000}+>\)")
"""A link as `linked` writes it."""
_LINK_WORDS = re.compile(r"(?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\])*+")


def escaped(text: str) -> str:
    """Text in which Markdown finds no markup."""
    return _ESCAPED.sub(_escape, text) if _MARKUP.search(text) else text


def _escape(match: re.Match[str]) -> str:
    """An address stays as it is: the reader of inline Markdown takes no markup out of it.

    So does bold that was not set, out of which it does.
    """
    return match[0] if len(match[0]) > 1 else "\\" + match[0]


def targets(element: Element) -> list[str]:
    """Where a link leads, spelled as browsers send it; empty for what is no address."""
    raw = element.get("href").strip()
    if _PLAIN.fullmatch(raw) and len(raw) <= LONGEST_TARGET:
        return [raw]
    raw = _CONTROL.sub("", raw).strip()
    if not raw or _NO_ADDRESS.match(raw) or _OBFUSCATED.search(raw):
        return []
    found: list[str] = []
    for part in _SEVERAL.split(raw):
        target = urls.as_sent(part.rstrip("; ").translate(_TARGET_CODES))
        if target.count("(") != target.count(")"):
            target = target.translate(_UNBALANCED_CODES)
        if target and len(target) <= LONGEST_TARGET:
            found.append(target)
    return found


def quoted_from(quotation: Element) -> list[str]:
    """The page that a quotation gives as its source, as a list of one address; empty for none."""
    address = quotation.get("cite").strip()
    plain = _PLAIN.fullmatch(address) and len(address) <= LONGEST_TARGET
    return [address] if plain and address[:4].lower() == "http" else []


def cites_by_numbers(links: Iterable[Element]) -> bool:
    """Whether links that are numbers are how a page cites: they count from 1, to several sites.

    Pages of one article are counted so, too, but on one site.

    Args:
        links: Of a page.
    """
    numbers: set[str] = set()
    hosts: set[str | None] = set()
    for link in links:
        if 0 < link.facts.text <= _LONGEST_NUMBER and (words := text_of(link).strip()).isdecimal():
            for target in targets(link)[:1]:
                if target.startswith("http"):
                    numbers.add(words)
                    hosts.add(urls.host(target))
    return numbers.issuperset("12") and len(hosts) > 1


def linked(words: str, target: str) -> str:
    """A link in Markdown, with the space around its words outside of it."""
    before = " " if words[:1] == " " else ""
    after = " " if words[-1:] == " " else ""
    words = words.strip()
    if len(words) > _LONGEST_WORDS:
        cut = words.find(" ", len(words) - _LONGEST_WORDS) + 1
        cut = cut or len(words) - _LONGEST_WORDS
        while words[cut - 1] == "\\":
            cut += 1
        before, words = before + words[:cut], words[cut:]
    if "](" in words or not _LINK_WORDS.fullmatch(words):  # nothing in a link is another one
        words = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", words)
    return f"{before}[{words}](<{target}>){after}"
