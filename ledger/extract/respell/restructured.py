"""Links and notes of reStructuredText without a name -> those of Markdown.

Docutils matches "[#]_" and "`the map`__" with their targets by the order in which both stand.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import count

from ledger.patterns import later

_LINK = later(
    r"(?<!`)`(?P<words>[^`<>\n]{1,300}(?:\n[^`<>\n]{1,300}){0,3}?)\s{0,20}"
    r"<(?P<target>https?://[^\s<>`]{3,1000}+)>`__?(?!\w)(?:\\ )?"
)
_NAMELESS = later(r"(?<!`)`(?P<words>[^`<>\n]{1,300})`__(?!\w)")
_TARGET = later(r"^(?:__|\.\. __:)[ \t]{1,8}(https?://\S{3,1000}+)[ \t]*$", re.M)
_ALIASED = later(
    r"(?<!`)`(?P<words>[^`<>\n]{1,300}(?:\n[^`<>\n]{1,300}){0,3}?)\s{0,20}"
    r"<(?P<name>[\w.:+-]{1,80})_>`__?(?!\w)"
)
"""A link to what stands elsewhere under a name: "`the map <map_>`__", ".. _map: https://…"."""
_NAME = later(r"^\.\. _([\w.:+-]{1,80}):[ \t]{1,8}https?://\S", re.M)
_COUNTED = later(r"\[#\]_(?!\w)")
_NOTE = later(r"^([ \t]{0,8}\.\. )\[#\](?=[ \t]|\n[ \t]{1,8}\S)", re.M)
_NUMBERED = later(r"^[ \t]{0,8}\.\. \[([0-9]{1,4})\](?=\s)", re.M)


def is_restructured(text: str) -> bool:
    """Whether a text has a link or a note that only its place names."""
    return (
        "[#]_" in text
        or ("`_" in text and _LINK.search(text) is not None)
        or ("_>`_" in text and _ALIASED.search(text) is not None)
        or ("`__" in text and _TARGET.search(text) is not None)
    )


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Never raises."""
    text = _LINK.sub(lambda match: f"[{' '.join(match['words'].split())}]({match['target']})", text)
    if "_>`_" in text:
        text = _ALIASED.sub(partial(_aliased, names=frozenset(_NAME.findall(text))), text)
    targets = _TARGET.findall(text)
    if targets and len(targets) == len(_NAMELESS.findall(text)):
        following = iter(targets)
        text = _NAMELESS.sub(lambda match: f"[{match['words']}]({next(following)})", text)
        text = _TARGET.sub("", text)
    used = set(_NUMBERED.findall(text))
    if len(_COUNTED.findall(text)) == len(_NOTE.findall(text)):
        cites, entries = _free(used), _free(used)
        text = _COUNTED.sub(lambda _: f"[{next(cites)}]_", text)
        text = _NOTE.sub(lambda match: f"{match[1]}[{next(entries)}]", text)
    return text


def _aliased(match: re.Match[str], names: frozenset[str]) -> str:
    words = " ".join(match["words"].split())
    return f"[{words}][{match['name']}]" if match["name"] in names else words


def _free(used: set[str]) -> Iterator[str]:
    """The numbers that no note has, in order."""
    return (str(number) for number in count(1) if str(number) not in used)
