"""Sources as a page of reports shows them -> items of a list: "- Tides of the port (example.org)".

The page has one head for the sources that its report uses and one for those that were only read.
Below each head it shows cards: an icon, the site, the title, and a sign that the link opens
elsewhere. A copy has a card as several lines, as a link with the icon in it, or as the site and the
title on one line.
"""

import re

from ledger.letters import holds
from ledger.patterns import later
from ledger.urls import FILE_ENDINGS

_SIGNS = ("ources used in the report", "ources read but not used", "Opens in a new window")
_HEAD = later(
    r"[\s#*_]{0,8}sources (?:used in the report|read but not used(?: in the report)?)[*_ ]*$", re.I
)
_HOST = r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}"
_CARD = later(
    rf"^({_HOST})[ \t]*\n(?:\n?(?!Opens in a new window)([^\n]{{3,300}})\n)?\n?"
    r"Opens in a new window[ \t]*\n?$",
    re.M,
)
_LINK = later(
    r"\[(?P<shown>[^\[\]]{3,400}?)"
    r"\s{1,3}Opens\s{1,3}in\s{1,3}a\s{1,3}new\s{1,3}window\s{0,3}\]"
    r"\((?P<page>https?://[^\s/()]{3,200}(?:\n?[^\s()]|\([^\s()]{0,100}\)){0,1000}+)\)"
)
"""A card as one link, its icon gone; programs that wrap lines break its address, too."""
_FILE_ICON = later(r"^!\[\]\(https://drive-thirdparty\.[^\s()]{1,200}\)[ \t]*\n{1,2}", re.M)
_LEFT = later(r"^[ \t]*Opens in a new window[ \t]*$", re.M)
_ON_ONE_LINE = later(rf"(?:[-*+] )?(?:\*\*)?({_HOST})(?:\*\*: | - )(\S.*)$")
_ALONE = later(rf"{_HOST}$")
_INDENT = "  "
"""What a copy sets before titles that lost all else."""


def with_shown_sources(text: str) -> str:
    """The text, cards of sources as items "- Title (site)". Linear in it; never raises."""
    if not holds(text, *_SIGNS):
        return text
    text = _LEFT.sub("", _CARD.sub(_item, _FILE_ICON.sub("- ", _LINK.sub(_linked, text))))
    lines = text.split("\n")
    below = False
    for number, line in enumerate(lines):
        if _HEAD.match(line):
            lines[number] = f"\n{line}\n"
            below = True
        elif below and line.strip():
            lines[number] = _in_list(line)
            below = lines[number].startswith("- ")
    return "\n".join(lines)


def _item(card: re.Match[str]) -> str:
    return f"- {card[2] or card[1]} ({card[1]})\n"


def _linked(link: re.Match[str]) -> str:
    """A link as an item, without the site that stands glued before its title."""
    page = link["page"].replace("\n", "")
    site = page.split("/")[2].removeprefix("www.")
    shown = " ".join(link["shown"].split())
    return f"\n- [{shown.removeprefix(site).strip() or site}]({page})\n"


def _in_list(line: str) -> str:
    """A line below such a head as an item; one that names no source as it stands."""
    said = line.strip()
    if on_one_line := _ON_ONE_LINE.match(said):
        return f"- {on_one_line[2]} ({on_one_line[1]})"
    if said.rpartition(".")[2] in FILE_ENDINGS:
        return f"- {said}"
    if _ALONE.match(said):
        return f"- {said} ({said})"
    return f"- {said}" if line.startswith(_INDENT) else line
