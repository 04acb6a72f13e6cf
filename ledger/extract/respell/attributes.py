"""Attributes as Pandoc writes them: the id, classes and size of the thing that they follow.

They stand in braces behind headings, tables, links, pictures and words; sections of a page stand
between lines of colons. None of them is text.
"""

import re

from ledger.extract.respell.respelled import Spelling
from ledger.patterns import later

_OF_HEADING = later(
    r"^([ \t]{0,3}#{1,6} [^\n]{1,300}?)[ \t]*\{:? ?[#.][^{}\n]{1,100}\}[ \t]*$", re.M
)
"""A heading with attributes: "# Dams {#sec-dams}", "# Dams {: #sec-dams }"."""
_OF_TABLE = later(r"^\{#[^{}\n]{1,100}\}[ \t]*$", re.M)
"""Those of a table, below its caption."""
_OF_UNDERLINED = later(
    r"^([^\s#][^\n{}]{1,300}?)[ \t]*\{#[^{}\n]{1,100}\}[ \t]*$(?=\n(?:={2}|-{2}))", re.M
)
_OF_LINK = later(r"(?<=\))\{\.[^{}\n]{1,100}\}")
"""Those of a link or a picture that `site_commands` does not know: "{.wide width=70%}"."""
_OF_PICTURE = later(r"\)[ ]?\{ #[^{}\n]{1,200}\}")
"""Attributes of a picture: "![Dams](dams.png){ #fig:dams width=70% }"."""
_SIZE = later(r"(?<=\))\{(?:width|height)=[^{}\n]{1,100}(?:\n[^{}\n]{1,100})?\}")
_FENCED_PART = later(r"^[ \t]{0,3}:{3,12}[ \t]*(?:\{[^\n]{0,8000}\}|[\w-]{0,40})[ \t:]*$", re.M)
"""Where a part of a page begins or ends that has attributes: "::: {#refs}"."""
_TITLED_PART = later(
    r"^[ \t]{0,3}:{3,12}[ \t]*(?:note|tip|info|warning|danger|caution|important|success|hint"
    r"|details|example|question|abstract|quote|message)"
    r"(?:\[([^\[\]\n]{1,200})\]|[ \t]{1,4}(\S[^\n]{0,200}?))[ \t]*$",
    re.M,
)
"""The same with the title of a box: ":::tip Words to know", ":::note[Words to know]"."""
_ATTRIBUTE = (
    r"(?:[.#][\w.-]{1,60}|(?:lang|dir|style|custom-style|data-[a-z-]{1,20})=\"[^\"\n]{0,200}\")"
)
_SPAN = later(
    r"(?<![\\\]])\[((?:[^\[\]\n\\]|\\.|\n(?!\s{0,20}\n)"
    r"|\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\)(?:\{[.#][^{}\n]{1,60}\})?){0,2000}+)\]"
    rf"\{{{_ATTRIBUTE}(?:[ \n]{_ATTRIBUTE}){{0,8}}\}}"
)
"""Words with attributes, as Pandoc writes what an office program or a page sets apart: "[a
third]{.mark}"; none of them is the place that a link leads to: "[]{#roe}"."""
_CITING = later(r"[0-9]{1,4}(?:(?:, ?|; ?|[-–])[0-9]{1,4}){0,12}|[\^@][\w:.-]{1,60}")
"""Words in brackets that are a marker, whatever attributes they have: "[1]{.superscript}"."""


def _without_attributes(match: re.Match[str]) -> str:
    """The words of a span; a marker in its brackets."""
    return f"[{match[1]}]" if _CITING.fullmatch(match[1]) else match[1]


def _title(match: re.Match[str]) -> str:
    """The title of a box, in stress on a line of its own; none for the class of one: "alert"."""
    title = (match[1] or match[2]).strip("*_ ")
    return "" if title == "alert" else f"\n**{title}**\n"


ATTRIBUTES: tuple[Spelling, ...] = (
    ("{#", _OF_HEADING, r"\1"),
    ("{ #", _OF_HEADING, r"\1"),
    ("{:", _OF_HEADING, r"\1"),
    ("\n{#", _OF_TABLE, ""),
    ("]{", _SPAN, _without_attributes),
    ("]{", _SPAN, _without_attributes),  # once more, for one that stood around another
    ("{.", _OF_HEADING, r"\1"),
    ("{#", _OF_UNDERLINED, r"\1"),
    ("){.", _OF_LINK, ""),
    ("{ #", _OF_PICTURE, ")"),
    ("){", _SIZE, ""),
    (":::", _FENCED_PART, ""),
    (":::", _TITLED_PART, _title),
)
