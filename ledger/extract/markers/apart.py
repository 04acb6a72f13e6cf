"""An address in prose -> whether it stands apart from its sentence, as a citation does.

In brackets of its own it does, and behind a sentence: "It rose. https://a.example/x",
"It rose – https://a.example/x". Elsewhere it is a word of the sentence: "Go to https://…".
"""

import re

from ledger.extract.markers.place import SOURCE
from ledger.patterns import later

_SAID = (
    rf"(?:{SOURCE}|[Rr]ef(?:erence)?s?|[Ll]inks?|[Ll]iens?|[Vv]ia|[Ss]ee|[Ss]iehe|[Vv]oir|[Vv]er|[Сс]м\.|[Сс]сылка|链接"
    r"|[🔗🌐👉📎🔎→↗➡]\ufe0f?)\s?[:：]?"
)
"""Words and signs that only say that an address follows."""
_CLIPPED = ("[Cc]f", r"e\.g", r"i\.e", "[Vv]gl", r"z\.B", "[Nn]o")
_NO_CLIPPED = "".join(rf"(?<!\b{word}\.)" for word in _CLIPPED)
_BEHIND_SENTENCE = later(
    rf"(?:[.!?…](?:[\"'”’»)\]*_]{{1,3}}|{_NO_CLIPPED})(?:\[\^?[0-9][0-9, –-]{{0,20}}\]){{0,5}}\s"
    rf"|[。！？]\s?)\s{{0,3}}(?P<lead>{_SAID}(?:\s{{1,2}}|(?<=[:：])))?$"
)
_BEHIND_DASH = later(r"[^\W_].{0,60}?(?P<lead>\s(?:[–—|→]|-{1,2}>?)\s{1,2})$")
_BEHIND_COLON = later(
    r"(?:^|\s)(?P<said>(?:[^\s:]{0,40}[^\s:.!?…]\s){5,}[^\s:]{0,40}[^\W_][\"”’)»]{0,2})(?P<lead>:\s{1,2})$"
)
_NOTHING_MORE = later(r"[ .]{0,8}\Z")
_LEADS_ON = later(
    r"(?:\b(?:here|at|link|links|below|follow(?:s|ing)|website|site|page|url|address|see|visit|read|this|is|are|from|"
    r"via|on|hier|unter|aquí|en|ici|sur|qui|su|aqui|em|здесь|тут|по|на)|[:,])$",
    re.I,
)
"""What a sentence does not end with: the address is its last word."""
_IN_BRACKETS = later(rf"[(（\[](?P<lead>{_SAID}\s{{0,2}})?$")
_CALLED_BEHIND_DASH = later(
    rf"[^\W_][%)\]]?(?P<lead>\s?(?:[,;]|\s(?:[–—]|-{{1,2}}))\s{SOURCE}\s?[:：]\s{{0,2}})$"
)
"""What calls an address a source behind the words of a bracket: "(a third — source: https://…)"."""
_REACH = 80
"""Characters before an address in which what leads to it stands. Chosen: longer ones are words of a
sentence."""
_MORE = later(r"(?:[\s,;]{1,4}(?:https?://|www\.)\S{3,2000}+){0,20}+[.,;]?(\s{0,8})")
"""Further addresses behind one, and what ends them."""
_CLOSING, _PARTS = frozenset(")）]"), frozenset(";,")
_TO_CLOSING = later(
    r"[;,](?:\s{1,2}(?:https?://|www\.)[^\s()（）\[\]]{3,2000}+){1,40}+(?P<end>[)）\]])"
)
"""Further addresses behind one, up to the end of the bracket: "; https://…; https://…)"."""


def lead_before(raw: str, begin: int, end: int, *, beside: bool) -> int | None:
    """How many characters before an address at `begin` to `end` go with it; None if it stays.

    Args:
        raw: The block.
        begin, end: Where the address is.
        beside: Whether the address that stands right before it stands apart.
    """
    before = raw[max(0, begin - _REACH) : begin]
    several = _TO_CLOSING.match(raw, end) if raw[end : end + 1] in _PARTS else None
    end = several.start("end") if several else end
    if raw[end : end + 1] in _CLOSING:
        if beside:
            return 0
        if called := _CALLED_BEHIND_DASH.search(before):
            return len(called["lead"])
        opened = _IN_BRACKETS.search(before)
        lead = len(opened["lead"] or "") if opened else None
        if several and not lead:
            return None
        # "See (Source: https://…) and the map": a word of the sentence, as "[Source: …]" is not.
        alone = not lead or (opened and opened[0][0] == "[")
        return lead if alone or _begins_sentence(raw[end + 1 : end + 4].lstrip()) else None
    more = _MORE.match(raw, end)
    behind = raw[more.end() : more.end() + 3] if more else ""
    if behind and not (more and more[1] and _begins_sentence(behind)):
        return None
    if beside:
        return 0
    sentence = _BEHIND_SENTENCE.search(before)
    if sentence and any(map(str.isalpha, before[: sentence.start()])):
        return len(sentence["lead"] or "")
    ends = before.endswith(": ") and _NOTHING_MORE.match(raw, end)
    colon = _BEHIND_COLON.search(before) if ends else None
    if colon and not _LEADS_ON.search(colon["said"]):
        return len(colon["lead"])
    dash = _BEHIND_DASH.search(before) if not behind or raw[end] == "." else None
    return len(dash["lead"]) if dash else None


def _begins_sentence(text: str) -> bool:
    """Whether a sentence begins there, and does not go on about the address before it."""
    bare = text.lstrip('"“«„([*_')
    return not bare[:1].islower()
