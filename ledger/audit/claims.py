"""The sentences of an audit, and what each cites or names: frozen values, as those of `parts`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.forms import IDLE

if TYPE_CHECKING:
    from ledger.forms import Form
    from ledger.model import ClaimKind, Gap


@dataclass(frozen=True, slots=True)
class AuditedCitation:
    """Where one marker or link of a claim leads.

    Attributes:
        group, ordinal, alternative, marker, raw, form, url, gap: As in `model.Citation`.
        source_id, source: Id and normalised address of the page; None for a gap.
        key, outlet, owner, country: Of who publishes it; None when not known.
        linked_by, linked_at, linked_because: The person's decision that leads it there; None when
            it was read from the page (the reason also when none was given).
        read_as: Where the reference list leads the marker instead, addresses as cited; empty where
            it says the same or leaves it open, and where no person decided.
        voice: Name of the other outlet whose words the page carries; None where it has its own, or
            a story that nobody is known to have written.
    """

    group: int
    ordinal: int
    alternative: int
    marker: str | None
    raw: str
    form: "Form"
    url: str | None
    source_id: str | None
    source: str | None
    key: str | None
    outlet: str | None
    owner: str | None
    country: str | None
    gap: "Gap | None"
    linked_by: str | None
    linked_at: str | None
    linked_because: str | None
    read_as: tuple[str, ...]
    voice: str | None


@dataclass(frozen=True, slots=True)
class AuditedAttribution:
    """An outlet named in prose: `name` as written, `key` and `outlet` None when not known.

    `carries`: it is a group of its own. False where it adds nothing: the citation group next to
    it has the outlet, or the same sentence named it before.

    `together`: the same number for names that one phrase joins, any of which is enough; None for a
    name by itself.

    `bearers`: keys of the outlets that bear the name, where it is nobody's because several do; else
    empty.
    """

    name: str
    key: str | None
    outlet: str | None
    carries: bool
    together: int | None
    bearers: tuple[str, ...]


def by_phrase(names: Iterable[AuditedAttribution]) -> list[list[AuditedAttribution]]:
    """Group names in reading order: those joined in one phrase together, every other alone."""
    phrases: dict[tuple[bool, int], list[AuditedAttribution]] = {}
    for number, name in enumerate(names):
        phrase = (False, number) if name.together is None else (True, name.together)
        phrases.setdefault(phrase, []).append(name)
    return list(phrases.values())


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """One sentence; `start`, `end`, `exact`, `section`, `kind` as in `model.Claim`.

    Attributes:
        number: Place among the article's claims, from 1; None for a heading, label, question or
            lead-in.
        carried: Whether anything carries it: it has a group.
        covered_by: Id of the last claim of its paragraph that cites, of a covered one; None of
            others, and where its paragraphs are not known.
        resilience: How many outlets must be lost before it falls, 1 for a single source; None
            when that is not known, or nothing carries it.
        owner_resilience: As resilience, the outlets of one owner being one; None also where an
            owner that matters is not known.
        addresses, outlets, origins: Different pages behind it, outlets that publish them or are
            named in prose, and voices of these outlets; 0 where nothing carries it.
        unknown: Pages, gaps and names behind it whose outlet is not known.
        shared: Which of them count once, and why, in sentences.
    """

    id: str
    number: int | None
    start: int
    end: int
    exact: str
    section: tuple[str, ...]
    kind: "ClaimKind"
    covered_by: str | None
    carried: bool
    resilience: int | None
    owner_resilience: int | None
    addresses: int
    outlets: int
    origins: int
    unknown: int
    shared: tuple[str, ...]
    citations: tuple[AuditedCitation, ...]
    attributions: tuple[AuditedAttribution, ...]


def carriers(claim: AuditedClaim) -> Iterator[AuditedCitation]:
    """The citations that can carry something: not those to the site's own pages, or only listed."""
    return (citation for citation in claim.citations if citation.form not in IDLE)
