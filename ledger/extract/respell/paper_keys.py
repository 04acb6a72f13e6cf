"""Keys of passages -> footnotes: "(roe2022 pages 7-8)", listed as "1. (roe2022 pages 7-8): Roe".

Programs that answer from papers cite a passage by a key with its pages, several in one pair of
brackets. Their list numbers the passages and repeats the key of each; the text cites the key.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ledger.document import Mention, Reference
from ledger.letters import holds
from ledger.patterns import later

_ENTRY = later(r"^[ \t]{0,3}([0-9]{1,4})\. \(([^\n]{3,160}?)\):[ \t]{1,3}(?=\S)", re.M)
_GROUP = later(r"\(([^()\n]{3,2000})\)")
_MOST_ODD = 20
"""Keys with a bracket that are looked for; each is, in the whole text."""
_BRACKET = "\ufdd3"
"""Stands for a bracket in a key: a Unicode noncharacter, never legal in text."""
_SIGN = "\n1. ("
_FOOTNOTE = "passage-"
"""How the footnote of an entry is called here, before its number."""


def with_passages(text: str) -> tuple[str, Mapping[str, str]]:
    """The text with footnotes for its keys, and the keys by the labels of the footnotes.

    As it is, and without any, where no list says keys or nothing cites them. Linear in the text;
    never raises.
    """
    if not holds(text, _SIGN):
        return text, {}
    entries = _ENTRY.findall(text)
    keys = {key: f"{_FOOTNOTE}{number}" for number, key in reversed(entries)}
    if len({number for number, _ in entries}) < len(entries):
        return text, {}

    def cited(match: re.Match[str]) -> str:
        parts = list(_parts(match[1], keys))
        return "".join(f"[^{keys[part]}]" for part in parts) if parts else match[0]

    listed = _ENTRY.sub(lambda match: f"[^{_FOOTNOTE}{match[1]}]: ", text)
    named = {label: key for key, label in keys.items()}
    for key in [key for key in keys if "(" in key][:_MOST_ODD]:
        keys[plain := key.replace("(", _BRACKET)] = keys.pop(key)
        listed = listed.replace(key, plain)
    marked = _GROUP.sub(cited, listed)
    return (text, {}) if marked == listed else (marked.replace(_BRACKET, "("), named)


def _parts(inside: str, keys: Mapping[str, str]) -> Iterator[str]:
    """The keys that brackets hold, in order; none where they hold anything else."""
    found: list[str] = []
    part = ""
    for piece in inside.split(", "):
        part = f"{part}, {piece}" if part else piece  # a key may have a comma
        if part in keys:
            found.append(part)
            part = ""
    return iter(() if part else found)


def with_keys(
    mentions: Iterable[Mention], references: Iterable[Reference], keys: Mapping[str, str]
) -> tuple[list[Mention], tuple[Reference, ...]]:
    """The mentions and entries of a text, known by the keys that it has itself."""
    named = [
        mention._replace(labels=(keys[mention.labels[0]],), raw=keys[mention.labels[0]])
        if len(mention.labels) == 1 and mention.labels[0] in keys
        else mention
        for mention in mentions
    ]
    listed = tuple(
        replace(entry, marker=keys[entry.marker])
        if entry.marker and entry.marker in keys
        else entry
        for entry in references
    )
    return named, listed
