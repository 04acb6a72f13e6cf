"""A number in brackets -> where it ends with the pages that stand behind it, as some set them."""

from ledger.patterns import later

_STOPS = frozenset((".", "!", "?", "…", "”", '"', "]", ",", ";", ":"))
_PAGES_BEHIND = later(
    r"[0-9]{1,4}(?:[-–—][0-9]{1,4})?(?=[，。；、！？])"
    r"|[0-9]{1,4}[-–—][0-9]{1,4}(?=(?:指出|认为|認為|提出|强调|強調|表明|发现|發現|研究|分析|也|则|曾|将))"
)
_PLACE_BEHIND = later(
    r":\s?(?:(?:pp?|[SsСс]|стр|str)\.?\s?)?[0-9]{1,4}(?:[-–,]\s?[0-9]{1,4}){0,6}(?=[\s\[。，；、]|$)"
)
_WORD_BEFORE = later(r"[^\W\d_]{2}")


def end_with_pages(raw: str, begin: int, end: int) -> int:
    """Where a marker ends with the page that an encyclopedia sets behind it: "fell.[2]: 45".

    And with the pages of Chinese journals (GB/T 7714): "不足[3]34-36，".
    """
    if raw[end : end + 1].isdecimal():
        pages = _PAGES_BEHIND.match(raw, end)
        return pages.end() if pages else end
    if raw[end : end + 1] != ":":
        return end
    if raw[begin - 1 : begin] not in _STOPS and not _WORD_BEFORE.match(raw, max(0, begin - 2)):
        return end
    place = _PLACE_BEHIND.match(raw, end)
    return place.end() if place else end
