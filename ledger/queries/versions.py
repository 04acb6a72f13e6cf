"""The versions of one article, and which of them a person means."""

from typing import TypedDict, cast

from ledger.errors import NotFoundError, UsageError
from ledger.reader import Reader

SHORT_NUMBER = 3
"""Digits of a version's number at most; what is longer is the beginning of an id."""


class Version(TypedDict):
    """One version; the fields are those of `model.Article` and its capture.

    `number` counts from 1 in the order of recording.
    """

    number: int
    id: str
    url: str
    title: str | None
    published: str | None
    captured_at: str
    extractor: str


def versions(reader: Reader, article: str) -> list[Version]:
    """Every version of the article that has this id among its versions, the earliest first."""
    rows = reader.rows(
        """SELECT a.id, s.url, a.title, a.published, p.captured_at, a.extractor
        FROM article named
        JOIN article a ON a.source_id = named.source_id
        JOIN source s ON s.id = a.source_id
        JOIN capture p ON p.id = a.capture_id
        LEFT JOIN journal j ON j.entry_id = a.id
        WHERE named.id = :id
        ORDER BY j.seq, a.id""",
        {"id": article},
    )
    return [cast("Version", {"number": at, **row}) for at, row in enumerate(rows, 1)]


def two_versions(
    every: list[Version], earlier: str | None = None, later: str | None = None
) -> tuple[Version, Version]:
    """The two that are to be compared.

    Args:
        every: As `versions` gives them, one at least.
        earlier: Number or beginning of the id; None for the one before `later`.
        later: The same; None for the last.

    Raises:
        NotFoundError: No version has this name, or there is only one.
        UsageError: The earlier one is not earlier.
    """
    if len(every) < 2:
        raise NotFoundError(
            every[0]["url"],
            "only one version is recorded, so there is nothing to compare it with",
            remedy="When the page has changed, read it again: ledger ingest. Two files are "
            "versions of one article when each is ingested with the same --url",
        )
    to = every[-1] if later is None else _named(every, later, "--to")
    if earlier is None:
        if to["number"] == 1:
            raise UsageError("--to", "it is the first version", remedy="Give a later one")
        return every[to["number"] - 2], to
    begin = _named(every, earlier, "--from")
    if begin["number"] >= to["number"]:
        raise UsageError(
            "--from",
            f"version {begin['number']} is not earlier than version {to['number']}",
            remedy="Give the earlier one to --from and the later one to --to",
        )
    return begin, to


def _named(every: list[Version], name: str, option: str) -> Version:
    wanted = name.strip().lower()
    if wanted.isdecimal() and len(wanted) <= SHORT_NUMBER:
        found = [version for version in every if version["number"] == int(wanted)]
    else:
        found = [version for version in every if wanted and version["id"].startswith(wanted)]
    if len(found) == 1:
        return found[0]
    what = "several versions have this id" if found else "the article has no such version"
    shown = tuple(
        f"{version['number']}  {version['id'][:12]}  {version['captured_at']}" for version in every
    )
    raise NotFoundError(f"{option} {name}", what, candidates=shown, remedy="It has these versions")
