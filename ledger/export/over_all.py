"""Several audits -> tables over all of them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.audit import Audit, open_of
from ledger.export.markup import plain, table
from ledger.export.sentences import name_of
from ledger.export.wording import by_urgency, in_one_sentence, share

_LISTED = 10
"""Articles that a row names."""


SUMMARY = (
    "Each claim is cited, covered, attributed or uncited. Gaps are citations that lead "
    "nowhere. Single-source sentences fall with one outlet or story; where that is not known, "
    "a source of the sentence is not known."
)
"""What the columns of the summary are."""


def summary(audits: Sequence[Audit]) -> str:
    """A table with a row for each article."""
    rows = (
        (
            f"{number:,}. {name_of(audit)}",
            f"{audit.numbers.claims:,}",
            f"{audit.numbers.cited:,}",
            f"{audit.numbers.covered:,}",
            f"{audit.numbers.attributed:,}",
            f"{audit.numbers.uncited:,}",
            share(audit.numbers.gaps, audit.numbers.citations),
            share(audit.numbers.one_outlet, audit.numbers.carried),
            share(audit.numbers.not_known, audit.numbers.carried),
            f"{audit.numbers.findings:,}",
        )
        for number, audit in enumerate(audits, 1)
    )
    heads = ("Article", "Claims", "Cited", "Covered", "Attributed", "Uncited", "Gaps")
    return table((*heads, "Single-source", "Not known", "Findings"), rows)


def kinds_of_findings(audits: Sequence[Audit]) -> Iterator[str]:
    """Which findings there are, the most urgent first, and in which articles the most are."""
    of_code: dict[str, Counter[int]] = {}
    for number, audit in enumerate(audits, 1):
        for finding in open_of(audit.findings):
            of_code.setdefault(finding.code, Counter())[number] += 1
    if not of_code:
        return
    yield "## Findings over all articles"
    rows = (
        (
            plain(code),
            in_one_sentence(code),
            ", ".join(f"{number:,}" for number, _ in of_code[code].most_common(_LISTED)),
            f"{len(of_code[code]):,}",
            f"{of_code[code].total():,}",
        )
        for code in by_urgency(of_code)
    )
    heads = ("Finding", "What it means", "Most in article", "Articles", "Findings")
    yield table(heads, rows, text_columns=3)
