"""Numbers that are no longer raised, each before an address in brackets -> markers with addresses.

Converters from pages or mails to plain text write linked numbers in this way: "policy1 (https://…),
16 (https://…)", "held.2 <https://…>". They are markers where the list has the same numbers with the
same addresses; a name that ends in a digit has a page of its own: "Gull2 (https://…)".
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_MAY_BE = later(r"[0-9] ?[(<\[]https?://")
"""Sooner looked for: it begins with a digit."""
_ADDRESSED = later(
    r"(?:(?<=[^\W\d_]{2})|(?<=[.!?…,;:)»”\"'’%])|(?<=[)>\]], ))(?P<number>[1-9][0-9]{0,2})"
    r"(?: ?\((?P<round>https?://[^\s()<>\[\]]{4,1000})\)| ?<(?P<angle>https?://[^\s()<>\[\]]{4,1000})>"
    r"| ?\[(?P<square>https?://[^\s()<>\[\]]{4,1000})\])"
)
_ENTRY = later(
    r"^[ \t]{0,8}(?:\[([0-9]{1,3})\]:?|([0-9]{1,3})[.):])[ \t][^\n]{0,600}?(https?://[^\s()<>\[\]]{4,1000})",
    re.M,
)
_FEWEST = 2
"""Numbers before the addresses of their entries that are a proof."""


def with_addressed_numbers(text: str) -> str:
    """The text, glued numbers before addresses in brackets as links: "policy[1](https://…)".

    As it is where its list does not have these numbers with these addresses.
    """
    if not (holds(text, "(http", "<http", "[http") and _MAY_BE.search(text)):
        return text
    pages = {(match[1] or match[2], _bare(match[3])) for match in _ENTRY.finditer(text)}

    def is_listed(match: re.Match[str]) -> bool:
        return (match["number"], _bare(_page(match))) in pages

    proven = {match["number"] for match in _ADDRESSED.finditer(text) if is_listed(match)}
    if len(proven) < _FEWEST:
        return text
    return _ADDRESSED.sub(
        lambda match: f"[[{match['number']}]]({_page(match)})" if is_listed(match) else match[0],
        text,
    )


def _page(match: re.Match[str]) -> str:
    return match["round"] or match["angle"] or match["square"]


def _bare(address: str) -> str:
    return address.rstrip("/.,;")
