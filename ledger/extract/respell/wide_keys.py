"""Keys of a list in the brackets of Chinese and Japanese -> "[S1, S2]".

"門は古い【S1、S2】。", "（S1）", "【本文で確認 AP4】" cite entries of the list by their keys.
A key is known by the list: a line begins with it and has a page.
"""

import re

from ledger.extract.markers.place import SOURCE
from ledger.letters import holds
from ledger.patterns import later

_KEY = r"[A-Z]{1,3}-?[0-9]{1,4}"
_KEYS = rf"{_KEY}(?:\s?[、,，;；・]\s?{_KEY}){{0,12}}"
_LISTED = later(
    rf"^[ \t]{{0,8}}(?:[-*+•][ \t]{{1,4}}|\|[ \t]{{0,4}})?(?:\*\*)?[\[【［]?({_KEY})[\]】］]?"
    r"(?:\*\*)?(?:\s?[:：.|]|[\]】］*][ \t]|[ \t]{1,4}[^\s、,，;；）)\]】］])"
    r"[^\n]{0,600}?(?:\n[ \t]{1,8})?https?://",
    re.M,
)
"""A line that begins with a key and has a page, or the next one below it."""
_CITED = later(
    rf"(?P<square>[【［])(?:[^\W\d_]{{1,12}}[:：\s]\s?)?(?P<keys>{_KEYS})[】］](?![:：])"
    rf"|（(?:{SOURCE}\s?[:：]\s?)?(?P<round>{_KEYS})）|\[(?P<plain>{_KEYS})\](?![(\[:])"
)
_MAY_CITE = later(r"[\[【［（][^\[\]【】［］（）\n]{0,14}[A-Z]-?[0-9]")
_BETWEEN = later(r"\s?[、,，;；・]\s?")
_LEAD, _WIDEST_LEAD = " \t-*+•|", 12
"""What stands before a key that begins a line of its list, and characters of that. Chosen."""


def with_wide_keys(text: str) -> str:
    """The text, wide or round brackets around keys of its list as square ones: "[S1, S2]"."""
    if not holds(text, "】", "）", "］", "、") or not _MAY_CITE.search(text):
        return text
    listed = {match[1] for match in _LISTED.finditer(text)}
    if not listed:
        return text

    def plain(match: re.Match[str]) -> str:
        keys = _BETWEEN.split(match["keys"] or match["round"] or match["plain"])
        if begins_line(match.start()) or not listed.issuperset(keys):
            return match[0]
        return f"[{', '.join(keys)}]"

    def begins_line(at: int) -> bool:
        before = text[max(0, at - _WIDEST_LEAD) : at]
        line = before[before.rfind("\n") + 1 :]
        return not line.strip(_LEAD) and (line != before or at <= _WIDEST_LEAD)

    return _CITED.sub(plain, text)
