"""A claim of an audit and what carries it -> lines of Markdown.

Every line begins with our own words: see `markup` for why.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from ledger.audit import (
    AuditedAttribution,
    AuditedCitation,
    AuditedClaim,
    Brief,
    Page,
    by_phrase,
)
from ledger.called import called, placed
from ledger.export.markup import address, plain
from ledger.export.wording import numbers, strength
from ledger.forms import IDLE
from ledger.provenance import whose

SHOWN_DIGITS = 12
"""Of an id: one ledger of a million claims in five hundred has two that begin so alike."""


def name_of(article: Page | Brief) -> str:
    """What an article is called, as Markdown."""
    return plain(called(article.title, article.url))


def sentence(claim: AuditedClaim, *, headed: bool = False) -> str:
    """Its number and its words, whole; a few words with what stands above them, unless `headed`."""
    label = "Not a claim." if claim.number is None else f"{claim.number:,}."
    return f"**{label}** {plain(claim.exact if headed else placed(claim.exact, claim.section))}"


def short(id: str) -> str:
    """The first digits of an id, enough to name it to every command."""
    return plain(id[:SHOWN_DIGITS])


def label(claim: AuditedClaim) -> str:
    """How a claim is named from elsewhere in the audit."""
    return f"sentence {short(claim.id)}" if claim.number is None else f"claim {claim.number:,}"


def labels(claims: Iterable[AuditedClaim]) -> str:
    """The same for several: "claims 1, 3, sentence 0123456789ab"."""
    found = list(claims)
    numbers = [f"{claim.number:,}" for claim in found if claim.number is not None]
    word = "claim" if len(numbers) == 1 else "claims"
    others = [label(claim) for claim in found if claim.number is None]
    return ", ".join(([f"{word} {', '.join(numbers)}"] if numbers else []) + others)


def support(claim: AuditedClaim) -> Iterator[str]:
    """Its kind, strength and id; then each of its groups, what the prose names, and the rest."""
    behind = f"; {numbers(claim)}" if claim.carried else ""
    yield f"{plain(claim.kind)}; {strength(claim)}{behind}; {short(claim.id)}"
    yield from (f"counts once: {plain(words)}" for words in claim.shared)
    joint = ""
    for _, members in groupby(claim.citations, key=attrgetter("group")):
        group = list(members)
        if leads := [_lead(citation) for citation in group if citation.form not in IDLE]:
            yield joint + "\n  or ".join(leads)
            joint = "and "
        for citation in group:
            if citation.form in IDLE:
                yield f"carries nothing: {place(citation)}"
    for names in by_phrase(claim.attributions):
        carries = any(named.carries for named in names)
        yield (joint if carries else "also ") + "\n  or ".join(map(_named, names))
        joint = "and " if carries else joint


def _named(named: AuditedAttribution) -> str:
    known = plain(named.outlet or whose(named.bearers))
    return f"named in prose: {plain(named.name)} ({known})"


def place(citation: AuditedCitation) -> str:
    """The marker, and the address that it leads to, as cited: that is what a reader can open."""
    if citation.url is not None:
        return f"{_marker(citation)} {address(citation.url)}"
    if citation.marker is None and citation.form != "marker":
        return link(citation.raw)
    return _marker(citation) if citation.marker else f"{_marker(citation)} {plain(citation.raw)}"


def words_of(raw: str) -> str:
    """The words of a link, in quotation marks; what is no link as it stands."""
    found = _LINK.fullmatch(raw)
    return f"“{found[1]}”" if found else raw


def is_relative(raw: str) -> bool:
    """Whether a link names its page from the page that it stands on."""
    found = _LINK.fullmatch(raw)
    pointed = found and (found[2] or found[3])
    return bool(pointed) and not _SCHEME.match(str(pointed))


def link(raw: str) -> str:
    """A link that leads to no page, as the document has it: its words, and what it names."""
    found = _LINK.fullmatch(raw)
    if found is None:
        return f"link {plain(raw)}"
    words, pointed, bare = found.groups()
    return f"link “{plain(words)}” to {plain(pointed or bare or 'nothing')}"


_LINK = re.compile(r"\[([^\[\]]*+)\]\((?:<([^<>]*+)>|([^\s<>]*))\)")
_SCHEME = re.compile(r"#|[A-Za-z][A-Za-z0-9+.-]{0,20}:")
"""How an address begins that starts from no other page, or leads to a place of the same."""


def bracketed(marker: str) -> str:
    """A marker as it stands in a text."""
    return f"[{plain(marker)}]"


def _lead(citation: AuditedCitation) -> str:
    if citation.gap is not None:
        return f"leads nowhere ({plain(citation.gap)}): {place(citation)}"
    outlet = plain(citation.outlet) if citation.outlet else "an unknown outlet"
    if citation.voice is not None:
        outlet += f" (words of {plain(citation.voice)})"
    return f"from {outlet}, {place(citation)}{_linked(citation)}"


def _linked(citation: AuditedCitation) -> str:
    if citation.linked_by is None:
        return ""
    said = f", linked by {plain(citation.linked_by)} on {plain((citation.linked_at or '')[:10])}"
    if citation.linked_because:
        said += f" ({plain(citation.linked_because)})"
    if citation.read_as:
        said += f"; the reference list leads it to {', '.join(map(address, citation.read_as))}"
    return said


def _marker(citation: AuditedCitation) -> str:
    if citation.marker is not None:
        return bracketed(citation.marker)
    return "marker" if citation.form == "marker" else "link"  # a marker without a name was erased
