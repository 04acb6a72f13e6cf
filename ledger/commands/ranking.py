"""`ledger impact --by`: which single loss hurts most."""

from enum import StrEnum

from ledger import provenance
from ledger.commands.outlet_update import older
from ledger.commands.output import Answer, Column, columns
from ledger.commands.words import counted
from ledger.provenance import Unranked
from ledger.reader import Reader


class By(StrEnum):
    """`provenance.By`, for Typer; a test holds them equal."""

    OUTLET = "outlet"
    OWNER = "owner"
    COUNTRY = "country"
    KIND = "kind"


def ranking(reader: Reader, by: By, limit: int | None, article: str | None) -> Answer:
    """Every outlet, owner, country or kind with what its loss would do, the worst first.

    `article`: Id of the one whose claims are counted; None for all.
    """
    found = provenance.ranking(reader, by.value, limit=limit, article=article)
    total = provenance.count_ranked(reader, by.value, article=article)
    left_out = provenance.unranked(reader, by.value, article=article)
    closing = (
        f"The {by.value} of everything that claims lean on is unknown."
        if not found
        else f"Details: ledger impact --{by.value} NAME"
    )
    if any(item["unknown"] for item in found):
        closing = f"{_unknown(by)} {closing}"
    if len(found) < total:
        closing = f"{len(found):,} of {total:,} shown; all: --limit 0. {closing}"
    return Answer(
        "impact-by",
        found,
        columns("key", "name", "falls", "weakens", "unknown"),
        (
            Column(by.value, lambda item: item["name"]),
            Column("falls", lambda item: f"{item['falls']:,}", number=True),
            Column("weakens", lambda item: f"{item['weakens']:,}", number=True),
            Column("unknown", lambda item: f"{item['unknown']:,}", number=True),
        ),
        closing=closing,
        warnings=_not_ranked(by, left_out) + (() if by is By.OUTLET else older(reader)),
    )


def _unknown(by: By) -> str:
    """What the column of this name counts."""
    why = "a citation leads nowhere"
    if by is not By.OUTLET:
        why += f", or to an outlet whose {by.value} is not known"
    return f"Unknown: claims that may depend on it, because {why}."


def _not_ranked(by: By, left_out: Unranked) -> tuple[str, ...]:
    if not left_out["outlets"]:
        return ()
    them = "it" if left_out["outlets"] == 1 else "them"
    return (
        f"the {by.value} of {left_out['outlets']:,} of {counted(left_out['of'], 'outlet')} is not "
        f"known: no row has {them}, and "
        f"{counted(left_out['claims'], 'claim leans', 'claims lean')} on {them}",
    )
