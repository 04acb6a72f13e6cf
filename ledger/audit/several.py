"""Audits one after another -> what they come to together, while none of them is kept.

An audit of every article of a large ledger would take gigabytes. What a summary of all says is a
few numbers of each, added up as they go by.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ledger.audit.claims import AuditedClaim, carriers
from ledger.audit.parts import Audit, Journal, Numbers, Weight, Withdrawn, open_of


@dataclass(frozen=True, slots=True)
class Brief:
    """What a summary says of one article; `title` and `url` as in `Page`."""

    title: str | None
    url: str
    numbers: Numbers


@dataclass(slots=True)
class Lost:
    """What several articles lose with one that was withdrawn.

    Attributes:
        gone: As it is told in the first of them.
        falls, weakens, leaning: How many sentences of all fall, weaken, and lean on it.
    """

    gone: Withdrawn
    falls: int = 0
    weakens: int = 0
    leaning: int = 0


class Total:
    """What audits come to together, as far as they were added.

    Attributes:
        articles: In the order of the audits.
        findings: Code to the number of an article, from 1, to how many of the code are open in it.
        has_findings: Whether there is any, also a settled one.
        withdrawn: Each by `Withdrawn.subject`, in the order of their first appearance.
        copied: Subject and day of what was withdrawn, to how many sentences cite copies of it; in
            that order, too.
        with_a_story: Sentences that fall with one story, and with no one outlet that prints it.
        has_story: Whether any sentence falls with a story.
    """

    def __init__(self, audits: Iterable[Audit] = ()) -> None:
        self.articles: list[Brief] = []
        self.findings: dict[str, Counter[int]] = {}
        self.has_findings = False
        self.withdrawn: dict[str, Lost] = {}
        self.copied: Counter[tuple[str, str]] = Counter()
        self.with_a_story = 0
        self.has_story = False
        self._weights: dict[str, Weight] = {}
        self._doubtful = 0
        for audit in audits:
            self.add(audit)

    def add(self, audit: Audit) -> None:
        """Add the next one."""
        self.articles.append(Brief(audit.page.title, audit.page.url, audit.numbers))
        self.has_findings = self.has_findings or bool(audit.findings)
        for finding in open_of(audit.findings):
            self.findings.setdefault(finding.code, Counter())[len(self.articles)] += 1
        for gone in audit.withdrawn:
            lost = self.withdrawn.setdefault(gone.subject, Lost(gone))
            lost.falls += len(gone.falls)
            lost.weakens += len(gone.weakens)
            lost.leaning += len(gone.claims)
        citing: dict[tuple[str, str], set[str]] = {}
        for copied in audit.copies:
            citing.setdefault((copied.subject, copied.since), set()).update(copied.claims)
        self.copied.update({copied: len(claims) for copied, claims in citing.items()})
        self.has_story = self.has_story or any(one.outlet is None for one in audit.single_source)
        self.with_a_story += len(_only_with_a_story(audit))
        self._weigh(audit)

    def sum(self, name: str) -> int:
        """A field of `Numbers`, over all of them; what is not known adds nothing."""
        return sum(getattr(each.numbers, name) or 0 for each in self.articles)

    def outlets(self) -> tuple[Weight, ...]:
        """What the loss of each outlet does to all the articles, as `Audit.outlets`."""
        found = (
            replace(weight, unknown=weight.unknown + self._doubtful)
            for weight in self._weights.values()
        )
        return tuple(sorted(found, key=lambda w: (-w.claims, -w.falls, w.name, w.key)))

    def _weigh(self, audit: Audit) -> None:
        """Add the counts of its outlets up.

        An article that does not lean on an outlet still has sentences that may: all its doubtful
        ones. So `unknown` is kept here as what an outlet has more than the doubtful ones of all.
        """
        doubtful = sum(map(_is_doubtful, audit.claims))
        self._doubtful += doubtful
        for weight in audit.outlets:
            before = self._weights.get(weight.key)
            sum_ = before or replace(weight, claims=0, falls=0, weakens=0, unknown=0)
            self._weights[weight.key] = replace(
                sum_,
                claims=sum_.claims + weight.claims,
                falls=sum_.falls + weight.falls,
                weakens=sum_.weakens + weight.weakens,
                unknown=sum_.unknown + weight.unknown - doubtful,
            )


class AuditSet:
    """The audits of several articles of one ledger; each is made when it is its turn.

    To be gone through once, unless `audits` can be asked for again.

    Attributes:
        journal: The state of the ledger.
        made_at: As in `Audit`.
        total: What those come to that were gone through.
    """

    def __init__(
        self, journal: Journal, made_at: str | None, articles: int, audits: Iterable[Audit]
    ) -> None:
        self.journal = journal
        self.made_at = made_at
        self.total = Total()
        self._articles = articles
        self._audits = audits

    def __len__(self) -> int:
        return self._articles

    def __iter__(self) -> Iterator[Audit]:
        self.total = Total()
        for audit in self._audits:
            self.total.add(audit)
            yield audit


def _only_with_a_story(audit: Audit) -> set[str]:
    """Ids of the sentences that fall with one story, and with no one outlet that prints it."""
    with_outlets = {sole.claim for sole in audit.single_source if sole.outlet is not None}
    return {sole.claim for sole in audit.single_source} - with_outlets


def _is_doubtful(claim: AuditedClaim) -> bool:
    """Whether a source of the claim is unknown: it may be any outlet."""
    return any(citation.key is None for citation in carriers(claim)) or any(
        named.carries and named.key is None for named in claim.attributions
    )
