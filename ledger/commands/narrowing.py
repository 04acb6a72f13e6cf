"""What claims shall meet, as a person says it -> the filter of one question."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, NamedTuple

import typer

from ledger import queries
from ledger.commands.options import filled, not_too_many
from ledger.errors import UsageError
from ledger.provenance import aside, one_page, others_of
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
            "there is no word in it",
            remedy="Give words as they stand in the claim, such as a name or a number",
        )
    return value


OutletOption = Annotated[
    str | None,
    typer.Option(
        help="That cite or name this outlet: name, alias or domain.",
        metavar="NAME",
        callback=filled,
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        help="That stand on this outlet and on no other; several: on these and on no others. "
        "Repeatable.",
        metavar="NAME",
        callback=filled,
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option(help="That cite this page: id or address.", metavar="ID_OR_URL", callback=filled),
]
ArticleOption = Annotated[
    str | None,
    typer.Option(
        help="Of this article: id, address or file.", metavar="ID_OR_URL", callback=filled
    ),
]
SingleSourceOption = Annotated[
    bool, typer.Option("--single-source", help="That fall with one outlet, or one story.")
]
ResilienceOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        callback=not_too_many,
        help="That fall when so many outlets are lost, and not before.",
        metavar="N",
        show_default=False,
    ),
]
ByOwnerOption = Annotated[
    bool,
    typer.Option(
        "--by-owner",
        help="Count the outlets of one owner as one, for --single-source and --resilience.",
    ),
]
UncitedOption = Annotated[bool, typer.Option("--uncited", help="That nothing carries.")]
GapsOption = Annotated[bool, typer.Option("--gaps", help="With a citation that leads nowhere.")]
KindOption = Annotated[Kind | None, typer.Option(help="Of this kind.", show_default=False)]
SearchOption = Annotated[
    str | None, typer.Option(help="With these words.", metavar="WORDS", callback=_worded)
]
AffectedOption = Annotated[
    bool, typer.Option("--affected", help="That lean on something withdrawn, and how.")
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
        """Let no two options ask for different things, and none for nothing.

        Raises:
            UsageError: They do.
        """
        if self.single_source and self.resilience is not None:
            raise UsageError(
                "claims --single-source --resilience",
                "these ask for two things at once",
                remedy="--single-source is --resilience 1: give one of them",
            )
        if self.uncited and self.kind and self.kind is not Kind.UNCITED:
            raise UsageError(
                f"claims --uncited --kind {self.kind.value}",
                "no claim is both",
                remedy="--uncited is --kind uncited: give one of them",
            )
        if self.by_owner and not (self.single_source or self.resilience):
            raise UsageError(
                "claims --by-owner",
                "say how many owners",
                remedy="Give --resilience N or --single-source too",
            )


def current_article(reader: Reader, name: str | None) -> str | None:
    """The id of the article that was named, for questions about what stands; None for all.

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
            "a later version of this article is recorded, and this asks for what stands",
            remedy=f"Ask of that one: --article {latest[:12]}",
        )
    if id in aside(reader, [id]):
        raise UsageError(
            f"--article {name}",
            "it is set aside, and this asks for what counts",
            remedy=f"See: ledger audit {id[:12]}. That it counts again: ledger set-aside "
            f"{id[:12]} --undo",
        )
    return id


def not_counting(reader: Reader, article: str | None) -> Iterator[str]:
    """That the claims of the article that was named count nowhere; nothing for all articles."""
    if article is None:
        return
    latest = versions(reader, article)[-1]["id"]
    if latest != article:
        yield f"this is an earlier version, and counts nowhere; the last one: {latest[:12]}"
    yield from told_aside(reader, article)


def told_same(reader: Reader, pages: Sequence[str]) -> Iterator[str]:
    """At which other addresses these pages are, which an answer about them takes in."""
    for url in others_of(reader, pages):
        yield f"{url} is the same page: one address leads on to the other"


def told_aside(reader: Reader, article: str) -> Iterator[str]:
    """That the article with this id, of any version, was set aside, where it was."""
    for each in aside(reader, [article]).values():
        yield f"this article is {each.said()}"


def filter_of(reader: Reader, asked: Asked) -> ClaimFilter:
    """What the names stand for in this ledger.

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
