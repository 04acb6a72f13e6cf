"""Org -> the text with its title, headings, links and code written as in Markdown.

Most notes and citations are left to other readers. What only lays out the page goes, and so do the
drawers in which Org keeps facts about a heading.
"""

import re

from ledger.extract.respell.inline import as_link, as_note
from ledger.letters import holds
from ledger.patterns import begins_line, later

_KEYWORD = later(
    r"#\+(?:[A-Za-z_]{2,30}:|begin_)|:PROPERTIES:\n|\*{1,6} [^\n]{1,300}\n[ \t]{0,20}:PROPERTIES:\n"
)
_WITH_DRAWER = later(
    r"^\*{1,6} [^\n]{1,300}(?:\n(?!\*|[ \t]{0,20}:)[^\n]{1,300})?(?=\n[ \t]{0,20}:PROPERTIES:\n)",
    re.M,
)
"""A heading with a drawer below it; programs break long ones in two lines."""
_DRAWER = later(
    r"^[ \t]{0,20}:[A-Za-z_-]{2,30}:[ \t]*\n(?:(?![ \t]{0,20}:END:).*\n){0,60}?"
    r"[ \t]{0,20}:END:[ \t]*$",
    re.M,
)
_PLAN = later(r"^[ \t]{0,20}(?:CLOCK|SCHEDULED|DEADLINE|CLOSED): [\[<].*$", re.M)
_CODE = later(
    r"^[ \t]{0,20}#\+(?:begin|end)_(?:src|example)\b[ \t]{0,4}([\w-]{0,30}).*$", re.M | re.I
)
_SETTING = later(r"^[ \t]{0,20}#\+[A-Za-z_]{2,30}(?:\[[^\[\]\n]{0,40}\])?(?::|[ \t]|$).*$", re.M)
_ABOUT = later(r"^#\+(title|author|date):[ \t]{0,8}(\S.{0,300})$", re.M | re.I)
_HEADING = later(
    r"^(\*{1,6}) (?:(?:TODO|DONE|NEXT|WAITING) )?(\S[^\n]{0,300}?)"
    r"(?:[ \t]{1,40}(?::[\w@#%]{1,30}){1,8}:)?[ \t]*$",
    re.M,
)
_BREAK = later(r"(?<!\\)\\\\[ \t]*$", re.M)
"""Two strokes back end a line that is to be one; in Markdown, one does."""
_RULE = later(r"^[ \t]{0,20}\|-[-+]{2,2000}\|?[ \t]*$", re.M)
"""The line below the head of a table: "|---+---|"."""
_LINK = later(
    r"\[\[(?P<target>https?://[^\s\[\]]{3,1000}+)\](?:\[(?P<words>[^\[\]\n]{1,300})\])?\]"
)
_INNER = later(r"\[\[(?:id|file|roam|denote|\*|#)[^\[\]\n]{1,300}\]\[([^\[\]\n]{1,300})\]\]")
"""A link to another note, or to a place in this one: its words."""
_NOTE = later(
    r"\s?\[fn::\s{0,2}(?P<said>(?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,300}\](?:\([^()\s]{0,1000}\))?){2,1500}+)\]"
)
_SAID = later(r"\[cite/t(?:/[a-z-]{1,12})?:\s?@([\w:.+/-]{1,79}\w)(?: ([^\[\];@\n]{1,60}))?\]")
"""A work that its sentence says: "As [cite/t:@roe p. 3] has it"."""
_ORG_REF = later(
    r"(?:\[\[|(?<![\w:/\[]))(?P<how>(?:auto|paren|foot|text)?cite[pt]?):(?P<keys>&?[A-Za-z][\w-]{2,60}"
    r"(?:[,;]&?[A-Za-z][\w-]{2,60}){0,12})(?:\]\])?"
)
"""Keys as org-ref has them: "It fell cite:roe2020,doe2021."."""
_WORDS = frozenset(("citet", "textcite"))
"""How keys are called that their sentence says."""
_DAY = later(r"[\[<](\d{4}-\d{2}-\d{2})[^\[\]<>\n]{0,30}[\]>]")


def is_org(text: str) -> bool:
    """Whether a text has what nothing but Org has: begins with a keyword, headings with drawers.

    One with fences or headings of Markdown tells of drawers.
    """
    if _KEYWORD.match(text):
        return True
    if not holds(text, ":PROPERTIES:\n") or holds(text, "\n```", "\n~~~", "\n## "):
        return False
    return begins_line(_WITH_DRAWER, text)


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Never raises."""
    about = {match[1].lower(): _DAY.sub(r"\1", match[2]) for match in _ABOUT.finditer(text)}
    text = _WITH_DRAWER.sub(lambda match: match[0].replace("\n", " "), text)
    text = _PLAN.sub("", _DRAWER.sub("", text))
    text = _SETTING.sub("", _CODE.sub(r"```\1", text))
    text = _HEADING.sub(lambda match: f"{'#' * (len(match[1]) + 1)} {match[2]}", text)
    text = _INNER.sub(r"\1", _LINK.sub(as_link, _BREAK.sub(r"\\", text))).lstrip("\n")
    if holds(text, "|-"):
        text = _RULE.sub(lambda match: match[0].replace("+", "|"), text)
    if "[fn::" in text:
        text = _NOTE.sub(as_note, text)
    if "cite" in text:
        text = _ORG_REF.sub(_keyed, _SAID.sub(_said, text))
    front = "".join(f'{key}: "{said}"\n' for key, said in about.items() if '"' not in said)
    return f"---\n{front}---\n\n{text}" if front else text


def _said(match: re.Match[str]) -> str:
    return f"@{match[1]}" + (f" [{match[2]}]" if match[2] else "")


def _keyed(match: re.Match[str]) -> str:
    keys = [f"@{key.lstrip('&')}" for key in re.split("[,;]", match["keys"])]
    return " and ".join(keys) if match["how"] in _WORDS else f"[{'; '.join(keys)}]"
