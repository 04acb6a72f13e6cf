"""Options that narrow a list of claims -> the filter of one question."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, NamedTuple

import typer

from ledger import queries
from ledger.commands.options import filled, not_too_many
from ledger.commands.words import same_pages
from ledger.errors import UsageError
from ledger.provenance import aside, one_page, others_of, set_aside
from ledger.queries import ClaimFilter
from ledger.queries.versions import versions
from ledger.queries.words import is_wordless
from ledger.reader import Reader


class Kind(StrEnum):
    """`model.ClaimKind`, for Typer; a test holds them equal."""

    CITED = "cited"
    COVERED = "covered"
    ATTRIBUTED = "attributed"
    UNCITED = "uncited"
    NOT_A_CLAIM = "not-a-claim"


def _worded(param: typer.CallbackParam, value: str | None) -> str | None:
    """A callback for words to search for.

    Raises:
        UsageError: There is no word among them: they would stand in every claim, or in none.
    """
    filled(param, value)
    if value is not None and is_wordless(value):
        raise UsageError(
            f"{param.opts[0]} {value}",
            "it contains no word",
            remedy="Give words from the claim, such as a name or a number",
        )
    return value


OutletOption = Annotated[
    str | None,
    typer.Option(
        help="Only claims that cite or name this outlet: its name, alias or domain.",
        metavar="NAME",
        callback=filled,
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        help="Only claims that rest on this outlet and on no other. Repeatable: they rest on "
        "these and no others.",
        metavar="NAME",
        callback=filled,
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option(
        help="Only claims that cite this page: its id or address.",
        metavar="ID_OR_URL",
        callback=filled,
    ),
]
ArticleOption = Annotated[
    str | None,
    typer.Option(
        help="Only of this article: its id, address or file.", metavar="ID_OR_URL", callback=filled
    ),
]
SingleSourceOption = Annotated[
    bool,
    typer.Option("--single-source", help="Only claims that fall with one outlet, or one story."),
]
ResilienceOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        callback=not_too_many,
        help="Only claims that fall when N outlets are lost, and not before.",
        metavar="N",
    ),
]
ByOwnerOption = Annotated[
    bool,
    typer.Option(
        "--by-owner",
        help="With --single-source or --resilience: count all outlets of one owner as one.",
    ),
]
UncitedOption = Annotated[bool, typer.Option("--uncited", help="Only claims that nothing carries.")]
GapsOption = Annotated[
    bool, typer.Option("--gaps", help="Only claims with a citation that leads nowhere.")
]
KindOption = Annotated[
    Kind | None,
    typer.Option(metavar="KIND", help=f"Only of this kind: {', '.join(Kind)}."),
]
SearchOption = Annotated[
    str | None,
    typer.Option(help="Only claims with these words.", metavar="WORDS", callback=_worded),
]
AffectedOption = Annotated[
    bool,
    typer.Option(
        "--affected",
        help="Only claims that lean on something withdrawn, and how they are affected.",
    ),
]


class Asked(NamedTuple):
    """The options as given; names are not looked up yet."""

    outlet: str | None = None
    only: list[str] | None = None
    source: str | None = None
    article: str | None = None
    single_source: bool = False
    resilience: int | None = None
    by_owner: bool = False
    uncited: bool = False
    gaps: bool = False
    kind: Kind | None = None
    search: str | None = None
    rating: str | None = None

    def refuse_contradictions(self) -> None:
        """Refuse options that contradict each other, or that could match nothing.

        Raises:
            UsageError: They do.
        """
        if self.single_source and self.resilience is not None:
            raise UsageError(
                "claims --single-source --resilience",
                "both set the number of outlets",
                remedy="--single-source means --resilience 1: give only one of them",
            )
        if self.uncited and self.kind and self.kind is not Kind.UNCITED:
            raise UsageError(
                f"claims --uncited --kind {self.kind.value}",
                "no claim is both",
                remedy="--uncited means --kind uncited: give only one of them",
            )
        if self.by_owner and not (self.single_source or self.resilience):
            raise UsageError(
                "claims --by-owner",
                "it needs a number of owners",
                remedy="Add --resilience N or --single-source",
            )


def current_article(reader: Reader, name: str | None) -> str | None:
    """Give the id of the named article, which must be a current version; None for all articles.

    Raises:
        NotFoundError: The name stands for nothing here, or for several things.
        UsageError: It is an earlier version, or was set aside.
    """
    if name is None:
        return None
    id = queries.article_named(reader, name)
    latest = versions(reader, id)[-1]["id"]
    if latest != id:
        raise UsageError(
            f"--article {name}",
            "this is an earlier version of the article, and only current versions are counted",
            remedy=f"The current version: --article {latest[:12]}",
        )
    if id in aside(reader, [id]):
        raise UsageError(
            f"--article {name}",
            "this article is set aside and not counted",
            remedy=f"See: ledger audit {id[:12]}. To count it again: ledger set-aside "
            f"{id[:12]} --undo",
        )
    return id


def not_counting(reader: Reader, article: str | None) -> Iterator[str]:
    """Say that the claims of the named article are not counted; nothing for all articles."""
    if article is None:
        return
    latest = versions(reader, article)[-1]["id"]
    if latest != article:
        yield (f"this is an earlier version, which is not counted; the current one: {latest[:12]}")
    yield from told_aside(reader, article)


def told_same(reader: Reader, pages: Sequence[str]) -> Iterator[str]:
    """At which other addresses these pages are, which an answer about them takes in."""
    yield from same_pages(others_of(reader, pages))


def told_aside(reader: Reader, article: str) -> Iterator[str]:
    """Say that the article with this id, in any version, was set aside, if it was."""
    for each in aside(reader, [article]).values():
        yield f"this article is {each.said()}"


def none_counts(reader: Reader) -> Iterator[str]:
    """Say that nothing is counted because every article is set aside."""
    if not queries.articles_now(reader) and set_aside(reader):
        yield "every article is set aside (see: ledger articles --aside)"


def filter_of(reader: Reader, asked: Asked) -> ClaimFilter:
    """Look up the names in the options, and give the filter.

    Raises:
        NotFoundError: A name stands for nothing here, or for several things.
    """
    named = None if asked.source is None else queries.source_named(reader, asked.source)
    pages = () if named is None else one_page(reader, [named])
    return ClaimFilter(
        outlet=None if asked.outlet is None else queries.outlet_named(reader, asked.outlet),
        only=tuple(queries.outlet_named(reader, name) for name in asked.only or ()),
        sources=tuple(sorted(pages, key=lambda page: (page != named, page))),
        article=None if asked.article is None else queries.article_named(reader, asked.article),
        single_source=asked.single_source,
        resilience=asked.resilience,
        by_owner=asked.by_owner,
        uncited=asked.uncited,
        gaps=asked.gaps,
        kind=asked.kind.value if asked.kind else None,
        search=asked.search,
        rating=None if asked.rating is None else queries.rating_named(reader, asked.rating),
    )
