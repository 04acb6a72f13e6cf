"""Links by labels that are defined below and lead to no page outside -> links with what is defined.

Entries linked by their own number get their addresses: "1. [Dams][1] - Old dams…", and
"[1]: https://…" at the end, are one list. Links within a site, "[before][dams]" and
"[dams]: /posts/dams", are written as others are; their definitions say nothing.
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_ENTRY = later(
    r"^([ \t]{0,3}(?:<a [^<>\n]{1,100}>[ \t]?</a>[ \t]?)?)([0-9]{1,3})([.)][ \t]{1,4})"
    r"(\[(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){1,400}+\])\[\2\]",
    re.M,
)
_DEFINED = later(r"^ {0,3}\[([0-9]{1,3})\]:[ \t]{1,4}<?(https?://[^\s<>]{3,2000}+)>?[ \t]*$", re.M)
_FEWEST = 2
"""Entries, and definitions, that are such a list: one is a link."""
_INNER = later(
    r"^ {0,3}\[(?P<label>\"?[^\W\d_][^\[\]\n]{0,80})\]:[ \t]{1,4}"
    r"<?(?P<target>(?:\.{0,2}/|#|(?:[\w%-]{1,80}/){0,8}[\w%.-]{1,80}\.(?:mdx?|rst|html?)(?![\w/.-]))"
    r"[^\s<>()]{0,300})>?"
    r"(?:[ \t]{1,4}[\"'(][^\n]{0,200}[\"')])?[ \t]*$\n?",
    re.M,
)
"""What a link within a site leads to, a place or a file, and its title behind it."""
_BY_LABEL = later(r"\[(?P<words>[^\[\]]{1,400})\](?:\[(?P<label>[^\[\]\n]{0,80})\])?(?![(\[:])")


def with_defined_entries(text: str) -> str:
    """The text, entries linked by their own number with the addresses defined below. Never raises.

    The definitions are gone; the text is as it is where there are fewer than two such entries.
    """
    pages = dict(_DEFINED.findall(text))
    entries = {match[2] for match in _ENTRY.finditer(text)} if len(pages) >= _FEWEST else set()
    if len(entries) < _FEWEST or not entries <= pages.keys():
        return text
    text = _ENTRY.sub(lambda match: f"{match[2]}{match[3]}{match[4]}({pages[match[2]]})", text)
    return _DEFINED.sub(lambda match: "" if match[1] in entries else match[0], text)


def with_inner_links(text: str) -> str:
    """The text, links within its site with their addresses, without the definitions."""
    if not holds(text, "]: /", "]: .", "]: #") and not (
        holds(text, "]: ") and holds(text, ".md", ".rst", ".htm")
    ):
        return text
    targets = {found["label"].casefold(): found["target"] for found in _INNER.finditer(text)}

    def linked(match: re.Match[str]) -> str:
        target = targets.get((match["label"] or match["words"]).casefold())
        return f"[{match['words']}]({target})" if target else match[0]

    return _BY_LABEL.sub(linked, _INNER.sub("", text))
