"""Words of a link -> whether they only say where it leads, and are no words of the sentence.

"reuters.com", "Source", "🔗", and the chips of services behind a sentence: "[bbc](https://…)".
"""

import re

from ledger.extract.markers.identifiers import is_identifier
from ledger.extract.markers.place import LEAD, SOURCE
from ledger.extract.markers.worded import LONGEST_LEAD, SOURCE_IN_WORDS, leads_on
from ledger.letters import WIDE, key_of
from ledger.patterns import later

_HOST = later(r"https?://([^/?#:\s]{1,253})", re.I)
_LINKS = later(
    rf"{SOURCE}|link|lien|enlace|ref(?:erence)?|referenz|référence|referencia|ссылка"
    r"|(?:阅读|閱讀|查看)?原文(?:链接|鏈接|連結|リンク)?|链接|鏈接|連結|元?記事|リンク|링크|원문(?:\s?링크)?|기사",
    re.I,
)
"""Words that only say that there is a link, or a source behind it."""
_ASIDE = later(r"\s?[(（][^()（）]{1,40}[)）]\Z")
_FURTHER = later(r"\+[0-9]{1,2}")
_SHORTEST_NAME = 3
"""Letters of linked words that are the name of a host."""
_IN_BRACKETS = later(r"\\?\[([^\[\]\\]{1,200})\\?\]")
"""Linked words in brackets of their own: "[\\[reuters.com\\]](https://…)"."""
_CLOSES = later(r"\s?[,;)）]")
_PARTED = frozenset(("), ", "); ", "], ", "]; "))
"""The end of a link, and what parts it from the next one of a list."""
_CLOSES_ROW = later(r"\s?(?:[)）]|[;,；，]\s?(?:and\s)?\[)")
_TARGET = later(r"(?<=\])\([^()\s]{1,300}\)")
_PARTED_FROM = later(rf"(?:.*[;,；，]\s?)?(?:{LEAD}|and\s)?", re.S)
"""What stands in brackets before an identifier that is no word of theirs."""
_ID_GOES_ON = later(r"\s[a-z(–—-]|[:\w]")
_WIDEST_BRACKETS = 400
"""Characters before a link in which its round brackets open; chosen, for a sentence and the address
of another link, which has up to 300."""
_STOPS_BEFORE = later(r"[.!?…。！？)）\"”»|][\s*_]{0,3}\Z|" + WIDE + r"\Z")
"""What a link that only says "source" stands behind: a sentence, or its last word in Chinese."""
_REACH = 5
"""Characters before a link in which that stands: 4 at most, by the pattern."""
_SIGN = later(
    r"[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001f6ff\ufe0f]{1,3}"
)
"""What links have instead of words: "🔗"; they say nothing behind what does."""
_SAYS = later(r"[^\W_]")
_LEADS_OUT = " \u2197\u2192\u2b08\ufe0f\U0001f517"
"""Signs behind words that lead to another site: "Source ↗", "Herald 🔗"."""
_GLUES = frozenset("%)]”’»°\u200b")
_WIDE = later(WIDE)
_NAMES_SOURCE = later(SOURCE_IN_WORDS)
_SAYS_SOURCE = frozenset("Source Sources Fuente Fonte Link Источник".split())
"""With a capital letter they are no words of a sentence, which German would write so."""
_STOP_NEXT = later(r"[.!?](?=\s|\Z)")
_HOSTS_NEXT = later(
    r"(?: ?\[(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}\]\(https?://[^\s()]{1,300}\)){1,9}(?=[.!?;,)]|\Z)"
)
"""Hosts that are linked behind a link, up to a stop."""
_ENDS_NEXT = later(r"[.!?](?=\s|\Z)|[。！？]|\s*\Z")
_COUNTS_MORE = later(r"[^\W\d_][ .]?\s?\+\s?[0-9]{1,2}\Z")
_CHIP_NEXT = later(r"\s?\[[^\[\]\n]{2,40}?\+\s?[0-9]{1,2}\]\(")
_LONGEST_CHIP, _LONGEST_ROW, _MOST_CHIPS = 40, 2_000, 4
"""Characters of the name on a chip, characters of the links of a row, and links of it that are
looked at before the one in question. Chosen: names on chips have some 20."""
GOES_ON = later(r"\s[a-z]")


def says_only_where(match: re.Match[str], words: str, url: str) -> bool:
    """Whether the words of a link say nothing else.

    Args:
        match: The link in the characters of its block.
        words: Its words.
        url: Its address.
    """
    inside = _IN_BRACKETS.fullmatch(words) if "[" in words else None
    words = inside[1] if inside else words
    if (
        not words.isascii()
        and _SIGN.fullmatch(words)
        and _SAYS.search(match.string, 0, match.start())
    ):
        return True
    words = words.rstrip(_LEADS_OUT)
    if not words:
        return False
    if (inside or is_alone(match)) and _says_its_address(words, url):
        return True
    apart = _is_behind_stop(match) and not _ID_GOES_ON.match(match.string, match.end())
    if inside and apart and len(words) <= _LONGEST_CHIP:
        return True  # "Dams and Gates, 2031. [[paper]](https://…) [[code]](https://…)"
    if is_identifier(words):
        return apart or _is_last_in_brackets(match)
    return (
        _names_source_or_host(match, words, url)
        or _is_chip(match, words, url)
        or _is_beside_chip(match, words)
        or (_is_glued(match) and (_says_its_address(words, url) or _is_name(match, words, url)))
    )


def is_alone(match: re.Match[str]) -> bool:
    """Whether a link, or a list of links, stands in round brackets of its own."""
    text, at = match.string, match.start()
    opens = text[at - 1 : at] in ("(", "（") or text[max(0, at - 3) : at] in _PARTED
    return opens and _CLOSES.match(text, match.end()) is not None


def _is_last_in_brackets(match: re.Match[str]) -> bool:
    """Whether a link closes round brackets, or is of a row that does: "(1 in 99; [PMID 7](…))"."""
    text, at = match.string, match.start()
    if not _CLOSES_ROW.match(text, match.end()):
        return False
    before = _TARGET.sub("", text[max(0, at - _WIDEST_BRACKETS) : at])
    opened = max(before.rfind("("), before.rfind("（"))
    return opened > max(before.rfind(")"), before.rfind("）")) and bool(
        _PARTED_FROM.fullmatch(before, opened + 1)
    )


def _names_source_or_host(match: re.Match[str], words: str, url: str) -> bool:
    """Whether linked words behind a sentence only say that a source is there, or which host."""
    if not _is_behind_stop(match):
        behind = match.string[match.start() - 1 : match.start()] == " "
        if behind and _NAMES_SOURCE.match(words):
            return _ENDS_NEXT.match(match.string, match.end()) is not None
        return (
            words in _SAYS_SOURCE and behind and bool(_STOP_NEXT.match(match.string, match.end()))
        )
    ahead = match.string[match.end() : match.end() + 1]
    amid = match.string[match.start() - 1 : match.start()].isalnum() and ahead.isalnum()
    if amid and _WIDE.match(ahead):
        return False  # Chinese parts no words: "他在[原文](…)中说"
    goes_on = GOES_ON.match(match.string, match.end())
    named = _says_host(words, url) or _NAMES_SOURCE.match(words)
    return _says_source(words) or (goes_on is None and bool(named))


def _is_chip(match: re.Match[str], words: str, url: str) -> bool:
    """Whether a link is a word of its host before a stop, or a host before another one.

    A whole host before a stop is a word of the sentence, unless two blanks part it from that.
    Services copy their chips so: "held rates [federalreserve](https://www.federalreserve.gov/a).",
    "held rates [bbc.com](https://bbc.com/a) [cnn.com](https://cnn.com/b).": no sentence says so.
    """
    text, at = match.string, match.start()
    if text[at - 1 : at] != " " or text[at - 2 : at] == ": " or not words.isascii():
        return False
    if words.isalnum() and words.islower():
        chip = _says_host(words, url) and bool(_STOP_NEXT.match(text, match.end()))
    else:
        row = _STOP_NEXT if text[at - 2 : at - 1] == " " else _HOSTS_NEXT
        chip = bool(row.match(text, match.end())) and _says_its_address(words, url)
    return chip and not leads_on(text[max(0, at - LONGEST_LEAD) : at].rstrip(" ") + " ")


def _is_beside_chip(match: re.Match[str], words: str) -> bool:
    """Whether a name stands in a row of chips, where one counts more: "[Roe +2](…) [Lund](…)"."""
    text, (at, end) = match.string, match.span()
    if len(words) > _LONGEST_CHIP or GOES_ON.match(text, end):
        return False
    if _CHIP_NEXT.match(text, end) and _is_behind_stop(match):
        return True
    if text[at - 2 : at].rstrip(" ")[-1:] != ")":
        return False
    first, end = max(0, at - _LONGEST_ROW), at
    for _ in range(_MOST_CHIPS):
        if text[end - 1] == " ":
            end = first + len(text[first:end].rstrip(" "))
        opens = text.rfind("](", first, end) if text.endswith(")", first, end) else first
        begin = text.rfind("[", first, max(first, opens))
        if begin < 0:
            return False
        if _COUNTS_MORE.search(text, begin, opens):
            return True
        end = begin
    return False


def _is_glued(match: re.Match[str]) -> bool:
    """Whether a link begins right behind a word, or another link: no word of a sentence does."""
    text, (at, end) = match.string, match.span()
    before, behind = text[at - 1 : at], text[end : end + 1]
    return (before.isalnum() or before in _GLUES) and bool(before) and not behind.isalnum()


def _is_name(match: re.Match[str], words: str, url: str) -> bool:
    """Whether words glued to one before are a name of their host; Chinese parts no words."""
    before = match.string[match.start() - 1]
    return words[0].isupper() and not _WIDE.match(before) and _is_of_host(words, url)


def _is_behind_stop(match: re.Match[str]) -> bool:
    text, at = match.string, match.start()
    return _STOPS_BEFORE.search(text, max(0, at - _REACH), at) is not None


def _says_its_address(words: str, url: str) -> bool:
    """Whether linked words only say where the link leads, or that it is one: "reuters.com"."""
    bare = words.strip().casefold().removeprefix("www.")
    host = _HOST.match(url)
    if _LINKS.fullmatch(bare) or bare == url.casefold():
        return True
    return "." in bare and host is not None and f".{host[1].casefold()}".endswith(f".{bare}")


def _says_host(words: str, url: str) -> bool:
    """Whether linked words are a part of the address's host, or count more: "bbc", "+2"."""
    bare = words.strip()
    host = _HOST.match(url)
    if _FURTHER.fullmatch(bare):
        return True
    return bare.islower() and host is not None and f".{bare}." in f".{host[1].casefold()}."


def _is_of_host(words: str, url: str) -> bool:
    """Whether linked words are the name of a host: "AP News" of apnews.com."""
    host = _HOST.match(url)
    letters = key_of(words)
    return host is not None and len(letters) >= _SHORTEST_NAME and letters in key_of(host[1])


def _says_source(words: str) -> bool:
    """Whether linked words only say that a source is there: "source", "出典（公式）"."""
    return _LINKS.fullmatch(_ASIDE.sub("", words.strip("[] "))) is not None
