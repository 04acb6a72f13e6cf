"""Articles that are named, or chosen among all -> their audit."""

from collections.abc import Sequence

from ledger import queries
from ledger.audit import Audit, AuditSet, audit, audit_set
from ledger.errors import NotFoundError, UsageError
from ledger.provenance import Rating, set_aside
from ledger.queries.every_article import every_article
from ledger.reader import Reader


def audited(
    reader: Reader, names: Sequence[str], every: bool, rating: str | None, cited: bool | None
) -> Audit | AuditSet:
    """The audit of what was named: a set by --all or by several names, whatever there is.

    Args:
        reader: An open ledger.
        names: Of articles; none where they are chosen among all.
        every: Whether all of them are.
        rating: Only those that lean on an outlet of this rating, as typed.
        cited: Only those that another article cites, or only the others; None for both.

    Raises:
        NotFoundError: There is none, or a name stands for nothing here.
        UsageError: Articles are both named and chosen, or neither.
    """
    _refuse_unclear(names, every, rating, cited)
    rated = None if rating is None else queries.rating_named(reader, rating)
    ids = [queries.article_named(reader, n) for n in names] or every_article(
        reader, rated, cited=cited
    )
    if not ids:
        raise _nothing(reader, rated, cited)
    if len(names) == 1:
        return audit(reader, ids[0])
    return audit_set(reader, ids)


def _refuse_unclear(
    names: Sequence[str], every: bool, rating: str | None, cited: bool | None
) -> None:
    """Let articles be named, or chosen among all, and not both.

    Raises:
        UsageError: They are both, or neither.
    """
    if names and (every or rating is not None):
        chooses = "--all" if every else "--rating"
        raise UsageError(
            "TARGET",
            f"give either articles or {chooses}, not both",
            remedy=f"Leave out the articles, or leave out {chooses}",
        )
    if not names and not every and rating is None:
        raise UsageError(
            "TARGET",
            "nothing to audit. Name an article, or give --all",
            remedy="To see what there is: ledger articles. --rating takes the place of --all",
        )
    if cited is not None and names:
        raise UsageError(
            "--cited" if cited else "--not-cited",
            "it chooses among all articles, but some were named",
            remedy="Name articles, or give it with --all",
        )


def _nothing(reader: Reader, rated: Rating | None, cited: bool | None) -> NotFoundError:
    """Why no article is among those that were chosen."""
    if rated:
        return NotFoundError(
            f"{rated.list}={rated.value}",
            f"no {'' if cited is None else 'such '}article leans on an outlet of this rating",
            remedy="See: ledger outlets",
        )
    if cited is not None and every_article(reader):
        return NotFoundError(
            "--cited" if cited else "--not-cited",
            "no article is cited by another here" if cited else "every article is cited by another",
            remedy="See: ledger articles",
        )
    if set_aside(reader):
        return NotFoundError(
            "--all", "every article is set aside", remedy="See: ledger articles --aside"
        )
    return NotFoundError(
        "--all", "nothing is recorded yet", remedy="Begin with: ledger ingest FILE_OR_URL"
    )
