"""Characters of an entry -> the addresses in them, and what is left as its title."""

import re
from collections.abc import Iterator

from ledger import urls
from ledger.extract.lists.title import closing, title_in
from ledger.extract.markers.bare import HOST
from ledger.extract.markers.identifiers import pages_of
from ledger.letters import WIDE
from ledger.patterns import IN_ROUND, STOPS_OF_OTHERS, later

# Most have no brackets inside: then what repeats is one class, which is read faster.
_WORDS = r"(?>[^\[\]\\\n]{0,600}+(?![\[\\])|(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){0,600}+)"
_TO = rf"(?>[^\s()<>]{{1,2000}}+(?!\()|(?:[^\s()<>]|{IN_ROUND}){{1,2000}}+)"
_LINK_SOURCE = (
    rf"\[(?<!!\[)(?P<words>{_WORDS})\]"
    rf"\(\s{{0,2}}<?(?P<target>{_TO})>?(?:\s{{1,2}}\"[^\"\n]{{0,300}}\")?\s{{0,2}}\)"
)
LINK = later(_LINK_SOURCE)
_SIGN = rf"[^\s<>\[\]{{}}\"“”«»，。；、（）【】|{STOPS_OF_OTHERS}]"
_BEHIND_SCHEME = rf"(?>{_SIGN}{{3,2000}}+(?!\[)|(?:{_SIGN}|\[[^\s\[\]]{{0,60}}\]){{3,2000}}+)>?"
_SCHEMES = ("h(?:tt|xx)ps?://", "ftp://", r"www\.")
_LONGEST_SCHEME = len("<https")
ADDRESS = later(rf"<?(?P<plain>(?:{'|'.join(_SCHEMES)}){_BEHIND_SCHEME.removesuffix('>?')})>?")
# Alternatives that begin with a character each are searched five times faster than a group of them.
_ADDRESSES = (*_SCHEMES, f"<(?:{'|'.join(_SCHEMES)})")
_BEGINS_ADDRESS = rf"(?:{_SIGN}|\[[^\s\[\]]{{0,60}}\]){{3}}"
_ANY_ADDRESS = later("|".join(f"{scheme}{_BEGINS_ADDRESS}" for scheme in _SCHEMES))
"""How an address begins: whether there is one is seen without its end."""
_LINK_OR_ADDRESS = later("|".join((_LINK_SOURCE, *(f"{a}{_BEHIND_SCHEME}" for a in _ADDRESSES))))
_SAYS_DOT = later(r"[\s\[()]dot[ \])]|\[\.\]", re.I)
"""What each of the next four that changes a text has: "dotted" has none."""
_DOT = later(r" dot |\s?\[\.\]\s?|\s?\[dot\]\s?|\s?\(dot\)\s?", re.I)
_DOTTED_HOST = later(
    rf"(?:https?://)(?:[a-z0-9-]{{1,63}}(?:\.|{_DOT.pattern})){{1,6}}(?=[a-z0-9])", re.I
)
"""A host behind its scheme, up to its last part: there every "dot" is one, whatever follows."""
_DOT_WORD = later(  # "kremlin dot ru", not "polka dot dress": a country or a common ending
    r"(?<=[A-Za-z0-9-])(?: dot |\s?\[\.\]\s?|\s?\[dot\]\s?|\s?\(dot\)\s?)"
    r"(?=(?:[a-z]{2}|com|org|net|gov|mil|edu|info|news|[A-Za-z0-9-]{1,63} dot [a-z]{2,4})"
    r"(?![a-z]))",
    re.I,
)
_CUT_SHORT = later(  # "http://kremlin" made a link by a machine, " dot ru/..." behind it
    r"\[(https?://[^\]\s]{1,200})\]\(<?[^()\s<>]{1,300}>?\)(?=\s?(?:dot |\[dot\]|\(dot\)))", re.I
)
_HOST = r"(?<![@\w./-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,6}[A-Za-z]{2,18}"
_SCHEMELESS = later(rf"{_HOST}/[^\s;]{{0,2000}}")
_BARE_HOST = later(rf"{_HOST}(?:/[^\s;]{{0,2000}})?")
_INSIDE_HOST = later(r"[A-Za-z0-9-]\.[A-Za-z]")
"""What every host has, and few entries without an address."""
_SITE = later(
    rf"\A[\W_]{{0,4}}(?P<first>{HOST})(?:\s?[—–|]\s?|\s-\s|:\s)"
    rf"|(?:\s[—–|-]\s|[,.]\s|\()(?P<last>{HOST})(?=[\W_]{{0,3}}\Z|[,)]|\s\([^()\n]{{1,40}}\)\W{{0,3}}\Z)"
    r"|\s(?P<end>(?:[a-z0-9-]{2,40}\.){2,3}(?:com|org|net|edu|gov))\W{0,3}\Z"
)
"""The site that an entry names for its page: "bbc.com: Dam falls", "Dam falls (bbc.com, 2026)".

Behind a title, without a stop, one of three names: "Harbour Help help.harbour.com".
"""
_OF_SITE = later(r"\.{0,2}/|[\w%/.-]{1,200}\.(?:mdx?|rst|html?)(?![\w/.-])")
"""How the address of a page of the same site begins: "../dams.html", "dams.md#gates"."""
_IDENTIFIER = later(r"\s*(?:arxiv|doi):", re.I)
"""An identifier that stands for a page is kept as it was cited."""
_MARKUP = later(
    r"\\(?:url|href|emph|text[a-z]{2})\{\s?|(?<=[\w. ])\}\{?|</?[A-Za-z][^<>\n]{0,60}>"
    r"|\{\.[a-z]{1,20}\}|\\(?=[!-/:-@\[-`{-~])|\*\*"
)

_IN_TICKS = later(r"`((?:https?://|www\.)[^`\s]{2,2000}+)`", re.I)
"""An address that is written as code."""
_BEHIND_HOST, _PAGED_HOST = ".,;:*_", later(r"(www\.[\w.-]{1,250})/")
_SAYS_WHERE = later(
    r"\W*(?:link|read(?: more)?|source|url|web(?:site)?|online|pdf|full text|view|open|here|"
    r"available(?: online)?|zum artikel|quelle|lien|enlace|ссылка|(?:来源|原文)?链接|リンク|링크"
    r")\W*",
    re.I,
)
"""Words of a link that only say that there is one, behind the title of an entry."""

_GONE = "\x1f"
"""What stands for an address that was taken away; patterns and `split` take it for a space."""
_REMARK_GLUED = later(rf"(?<=[A-Za-z0-9/=&#-])\((?={WIDE})")
"""What begins behind an address without a blank: "https://…/a(原文)", and no "マージ_(音楽)"."""
_JOINED = later(
    rf"{_GONE}\s{{0,3}}(?:[,;&]|(?:and|und|et|y|e|и|і|та|oraz|ve|och|en)(?=[\s{_GONE}])|[和及与と및])?"
    rf"\s{{0,3}}(?={_GONE})"
)
"""What joins two addresses, and says nothing where they are gone: "https://… and https://…"."""
_AT_STOP = later(rf"{_GONE}\s{{0,3}}[.,;。)\]）]")
"""What each of the next two has: a look for it is cheaper than for both."""
_BEHIND_STOP = later(
    rf"([.!?][*_]{{0,2}}\s{{0,3}}){_GONE}\s{{0,3}}\.(?!\S)|([。！？]\s{{0,3}}){_GONE}\s{{0,3}}。"
)
_BEFORE_STOP = later(
    rf"(?:(?<!\.)[.,;:]\s{{0,2}}|\s{{1,3}}){_GONE}\s{{0,3}}(?=[.,;](?!\S))"
    rf"|(?<=\w)\s{{1,3}}{_GONE}\s{{0,3}}(?=[)\]）])"
)
"""One between two stops, of which one is left: "Dams. https://…. Map", "Dams, https://…; maps"."""

_CUT = ("...", "…")
"""How words end that were cut."""
_ABOVE = later(
    r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){8,400}+)\]"
    r"\(<?https?:(?:[^\s()<>]|\([^\s()<>]{0,200}\)){2,2000}+>?\)\s{1,3}[-–—]\s([^\n]{12,2000})\Z"
)
"""A link with the first words of its page behind it: "[Dams](https://…) - Dams are old and…"."""
_FEWEST_SAID = 6
"""Words of a sentence that says what a page is about. Chosen: shorter ones may be a subtitle."""


def has_address(text: str) -> bool:
    """Whether a text has an address with a scheme or "www.", or a link."""
    scheme, bare = text.find("://"), "www." in text
    begin = 0 if bare else max(0, scheme - _LONGEST_SCHEME)
    if (bare or scheme >= 0) and _ANY_ADDRESS.search(text, begin):
        return True
    return bool("](" in text and LINK.search(text)) or _dotted(text) != text


def _dotted(text: str) -> str:
    """The text with what is written for the dots of a host undone."""
    said = "[.]" in text or "dot" in text or "DOT" in text or "Dot" in text
    if said and _SAYS_DOT.search(text):
        text = _DOTTED_HOST.sub(lambda match: _DOT.sub(".", match[0]), text)
        return _DOT_WORD.sub(".", _CUT_SHORT.sub(r"\1", text))
    return text


def addresses_in(raw: str) -> tuple[tuple[str, ...], str | None]:
    """All addresses of an entry in order, repaired, and what is left as its title.

    An address without a scheme counts only where the entry has no other: "et al.in" is none; and
    the site alone, where it stands apart from the title, of which it then stays a part. A host
    before a page of it is the title that a page without one was given: "www.a.example, read 5 May,
    https://www.a.example/b". The title is None where nothing is left.
    """
    raw = _dotted(raw)
    raw = _IN_TICKS.sub(r"\1", raw) if "`" in raw else raw
    found: list[str] = []
    paged = set(_PAGED_HOST.findall(raw)) if raw.count("www.") > 1 else ()

    def take(match: re.Match[str]) -> str:
        words, target = match["words"], match["target"] or match[0].strip("<>")
        if paged and target.rstrip(_BEHIND_HOST) in paged:
            return match[0]
        glued = "" if words is not None else _glued_to(target)
        target = target.removesuffix(glued)
        address = urls.repair(urls.as_sent(target) if match["target"] else target)
        if address is None:
            page, left = _within_site(match)
            found.extend(page)
            return left
        kept = address != target and _IDENTIFIER.match(target) is not None
        found.append(target.strip() if kept else address)
        if words and not ADDRESS.match(words):
            only_where = match.start() > 0 and _SAYS_WHERE.fullmatch(words)
            return " " if only_where else words
        return _GONE if match["target"] else f"{_GONE}{closing(target)}{glued}"

    def take_host(match: re.Match[str]) -> str:
        address = urls.repair(match[0])
        found.extend([address] if address else [])
        return f"{_GONE}{closing(match[0])}" if address else match[0]

    left = _LINK_OR_ADDRESS.sub(take, raw)
    if not found:
        found.extend(pages_of(raw))
    if not found and _INSIDE_HOST.search(raw):
        bare = _BARE_HOST.fullmatch(raw.strip())
        left = (_BARE_HOST if bare else _SCHEMELESS).sub(take_host, raw)
        found.extend(() if found else _site_named_in(raw))
    left = _closed_up(left)
    if "<" in left or "\\" in left or "}" in left or "{" in left or "**" in left:
        left = _MARKUP.sub("", left)
    return tuple(dict.fromkeys(found)), title_in(_above(raw) or left)


def _within_site(match: re.Match[str]) -> tuple[list[str], str]:
    """What a link inside its site says: the page elsewhere that its words are, and what is left."""
    words = match["words"]
    if not words or not _OF_SITE.match(match["target"]):
        return [], match[0]
    page = urls.repair(words) if ADDRESS.fullmatch(words) else None
    return ([page], _GONE) if page else ([], words)


def _glued_to(address: str) -> str:
    """What is no part of an address, at its end: "(" before a letter of Chinese, and the rest."""
    remark = None if address.isascii() else _REMARK_GLUED.search(address)
    return address[remark.start() :] if remark else ""


def _closed_up(left: str) -> str:
    """What is left of an entry, closed up where its addresses stood."""
    if left.count(_GONE) > 1:
        left = _JOINED.sub("", left)
    if _AT_STOP.search(left):
        left = _BEFORE_STOP.sub("", _BEHIND_STOP.sub(r"\1\2", left))
    return left.replace(_GONE, " ")


def _above(raw: str) -> str | None:
    """A linked title that has nothing behind it but its page's first words, or its own.

    These are cut, or say what the page is about: most words of a sentence have small letters.
    """
    above = _ABOVE.match(raw) if raw[:1] == "[" else None
    if not above:
        return None
    title, behind = above[1], above[2].rstrip()
    said = behind.split() if behind[-1:] == "." else ()
    told = len(said) >= _FEWEST_SAID and 2 * sum(map(str.islower, said)) > len(said)
    return title if told or behind.endswith(_CUT) or behind.casefold() in title.casefold() else None


def _site_named_in(raw: str) -> Iterator[str]:
    """The one site that an entry names apart from its title; none where it names several."""
    hosts = {match["first"] or match["last"] or match["end"] for match in _SITE.finditer(raw)}
    if len(hosts) != 1:
        return
    from ledger import outlets  # few entries have no other address, and it is slow to load

    (host,) = hosts
    address = urls.repair(host)
    if address is not None and outlets.is_site(host):
        yield address
