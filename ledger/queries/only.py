"""Some outlets -> the claims that rest on these and on no others.

One whose pages print the words of another leans on that other, too; a story of which nobody knows
who wrote it is no outlet.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from ledger.clusters import STORY
from ledger.provenance import Groups, Losses, as_they_stand, is_outlet, is_unsure
from ledger.reader import Reader, listed


def only_on(
    reader: Reader, outlets: tuple[str, ...], *, unsure: bool
) -> tuple[str, dict[str, object]]:
    """A condition on `c`, a claim of `claim_pattern`, and what it binds.

    Args:
        reader: An open ledger.
        outlets: Keys; those that were merged into others stand for those.
        unsure: Instead those of which it is not known: what is known of them is no other outlet,
            and a citation leads nowhere, or to an outlet that is not known.
    """
    names, bound = listed("only_", standing(reader, outlets))
    some = f"p.id IN (SELECT o.pattern_id FROM pattern_outlet o WHERE o.outlet IN {names})"
    condition = f"""c.pattern_id IN (
            SELECT p.id
            FROM pattern p
            WHERE {"p.unsure = 1" if unsure else f"p.unsure = 0 AND {some}"} AND NOT EXISTS (
                SELECT 1
                FROM pattern_member n
                WHERE n.pattern_id = p.id AND (n.outlet NOT IN {names}
                    OR (n.origin NOT IN {names} AND n.origin NOT LIKE '{STORY}%'))
            )
        )"""
    return condition, bound


def are_only_on(groups: Groups, outlets: tuple[str, ...], *, unsure: bool) -> bool:
    """The same of a claim with these groups, `outlets` being as they stand."""
    members = {key for group in groups for member in group for key in member if key is not None}
    others = {key for key in members if is_outlet(key)} - set(outlets)
    return bool(groups) and not others and is_unsure(groups) == unsure


def standing(reader: Reader, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """The outlets that these are now, each once."""
    return as_they_stand(reader, Losses(outlets=outlets)).outlets
