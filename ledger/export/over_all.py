"""Several audits -> tables over all of them."""

from collections.abc import Iterator

from ledger.audit import Total
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


def summary(total: Total) -> str:
    """A table with a row for each article."""
    rows = (
        (
            f"{number:,}. {name_of(article)}",
            f"{article.numbers.claims:,}",
            f"{article.numbers.cited:,}",
            f"{article.numbers.covered:,}",
            f"{article.numbers.attributed:,}",
            f"{article.numbers.uncited:,}",
            share(article.numbers.gaps, article.numbers.citations),
            share(article.numbers.one_outlet, article.numbers.carried),
            share(article.numbers.not_known, article.numbers.carried),
            f"{article.numbers.findings:,}",
        )
        for number, article in enumerate(total.articles, 1)
    )
    heads = ("Article", "Claims", "Cited", "Covered", "Attributed", "Uncited", "Gaps")
    return table((*heads, "Single-source", "Not known", "Findings"), rows)


def kinds_of_findings(total: Total) -> Iterator[str]:
    """Which findings there are, the most urgent first, and in which articles the most are."""
    of_code = total.findings
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
