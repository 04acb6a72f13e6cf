"""Entries that only refer to other entries -> the same, with the pages of those entries.

"Ibid., p. 4" means the entry before it, "Roe, supra note 3" means entry 3, and "Roe, op. cit." the
only entry by Roe above it. A note that ends with markers, "So the county.[3]", has the pages of
those markers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ledger.document import Reference
from ledger.extract.markers.place import SAME
from ledger.patterns import later

_STRESS = later(r"(?<!\w)[*_]{1,2}|[*_]{1,2}(?!\w)|'{2,5}")
"""Marks of stress, also those of a wiki: "*Ibid.*, p. 9"."""
_PLACE = (
    r"(?:,?\s{0,4}(?:at|pp?\.?|S\.|s\.|с\.|paras?\.?|§{1,2}|ch\.|art\.)?\s{0,4}"
    r"[0-9]{1,5}(?:\.[0-9]{1,4})?(?:\([0-9a-z]{1,3}\)){0,4}"
    r"(?:\s?[-–]\s?(?:[0-9]{1,5}|\([0-9a-z]{1,3}\)))?){0,4}(?:\s\([^()\n]{3,400}\))?[.。]?"
)
_SIGNAL = r"(?:(?:but )?see(?: also)?,?\s(?:e\.g\.,?\s)?|cf\.\s|accord\s)?"
"""How a lawyer says what a source is for, before it."""
_BEFORE = later(
    rf"{_SIGNAL}(?:{SAME}"
    rf"(?=[\s.,;:(，。、،]|$)[^\n]{{0,600}}|id(?:\.|em\b){_PLACE}(?:\s[^\n]{{2,600}})?)",
    re.I,
)
_NOTE = later(
    rf"{_SIGNAL}(?:[^\n]{{0,80}}?[,\s])?(?:(?:supra|above),?\s{{1,4}}(?:note|n\.|fn\.)\s{{0,4}}"
    r"|\((?:above |supra )?(?:n|fn|Fn|Anm|Fußn)\.?\s{1,2})"
    r"(?P<label>[0-9]{1,4})\)?"
    rf"{_PLACE}(?:(?<!\.),\s(?![^\n]{{0,300}}supra)[a-z][^;\n]{{2,300}})?",
    re.I,
)

_WORK = later(
    rf"{_SIGNAL}(?:[^\W\d_][\w'’.-]{{0,20}}\s){{0,4}}(?P<name>[^\W\d_][\w'’-]{{1,40}})"
    r"(?:,[^,;\n]{1,80})?,?\s{1,4}(?:op\.?\s?cit\b\.?|loc\.?\s?cit\b\.?|a\.\s?a\.\s?O\.|указ\.\s?соч\.)"
    r"[^;\n]{0,300}",
    re.I,
)
"""The work of somebody that was cited before: "Roe, op. cit., p. 4"."""
_NAMES, _TOP = later(r"[^\W\d_][\w'’-]{1,40}"), 80
"""The words at the top of an entry, among which its authors are, and characters of that. Chosen."""

_CITES = later(
    r"(?:\[\^?[A-Za-z0-9]{1,12}\](?:[\s,;]{0,3}|\s(?:and|und|et|y|e|og|och|en|и)\s)){1,12}[.。]?\s*$"
)
_CLOSES = ("]", ".", "。")
_CITED = later(r"\[\^?([A-Za-z0-9]{1,12})\]")
_LONGEST = 1_000
"""Characters of an entry that only points back, with what it says besides."""


def point_back(references: Sequence[Reference]) -> list[Reference]:
    """The entries of a list, those that point back with the addresses of the entry they mean.

    Args:
        references: In the order of the list. An entry with an address of its own, or that points
            to one without, stays as it is.
    """
    if all(reference.urls for reference in references):
        return list(references)  # as in most lists
    found: list[Reference] = []
    by_marker: dict[str, Reference] = {}
    by_name: dict[str, dict[tuple[str, ...], Reference]] = {}
    for reference in references:
        target, work = None, None
        if not reference.urls and len(reference.raw) <= _LONGEST:
            raw = _STRESS.sub("", reference.raw).strip()
            work = _WORK.fullmatch(raw)
            target = _only_work(work["name"], by_name) if work else _target(raw, found, by_marker)
        if target is not None and target.urls:
            reference = replace(reference, url=target.url, urls=target.urls)
        found.append(reference)
        if reference.marker is not None:
            by_marker.setdefault(reference.marker, reference)
        if not work:
            for name in _NAMES.findall(reference.raw[:_TOP].casefold()):
                by_name.setdefault(name, {}).setdefault(reference.urls, reference)
    return [_with_cited(reference, by_marker) for reference in found]


def _with_cited(reference: Reference, by_marker: dict[str, Reference]) -> Reference:
    """A note without an address, with those of the entries whose markers close it.

    Footnotes cite footnotes, and notes known by letters cite what has numbers. A work among others
    with a number behind it is one that they speak of: "Roe, Dams. [12]".
    """
    if reference.urls or reference.raw[-1:] not in _CLOSES or len(reference.raw) > _LONGEST:
        return reference
    closing = _CITES.search(reference.raw)
    if not closing or not ("[^" in closing[0] or (reference.marker or "0").isalpha()):
        return reference
    cited = (by_marker[label] for label in _CITED.findall(closing[0]) if label in by_marker)
    urls = tuple(dict.fromkeys(url for entry in cited for url in entry.urls))
    return replace(reference, url=urls[0], urls=urls) if urls else reference


def _only_work(
    name: str, by_name: Mapping[str, Mapping[tuple[str, ...], Reference]]
) -> Reference | None:
    """The entry at whose top a name stands; None where entries of different works have it."""
    works = [*by_name.get(name.casefold(), {}).values()]
    return works[0] if len(works) == 1 else None


def _target(
    raw: str, before: Sequence[Reference], by_marker: dict[str, Reference]
) -> Reference | None:
    if before and _BEFORE.fullmatch(raw):
        return before[-1]
    whole = _NOTE.fullmatch(raw)
    if whole is None:
        return None
    parts = filter(None, (_NOTE.fullmatch(part.strip()) for part in raw.split(";")))
    meant = [by_marker.get(part["label"]) for part in [*parts] or [whole]]
    urls = tuple(dict.fromkeys(url for entry in meant if entry for url in entry.urls))
    first = next(filter(None, meant), None)
    return replace(first, url=urls[0], urls=urls) if first and urls else None
