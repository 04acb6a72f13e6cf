"""Lists of a user's own -> conditions over outlets, in SQL.

An outlet has the value that the list as imported last gives it, or gives one that was merged into
it. An outlet that the list does not name is not known to it: it may have any value.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.reader import Reader, listed


class Rating(NamedTuple):
    """One value of one list."""

    list: str
    value: str


NAMED = """SELECT COALESCE(named_n.standing, named_r.outlet)
        FROM current_rating named_r
        LEFT JOIN known_outlet named_n ON named_n.key = named_r.outlet
        WHERE named_r.list = :{list}"""
"""Keys of the outlets that a list names, as they stand; `{list}` names the parameter."""

RATED = f"{NAMED} AND named_r.value IN {{values}}"
"""Of those the ones that have one of these values: a parenthesis of parameters."""


class Conditions(NamedTuple):
    """Whether an outlet has one of the ratings: `inside`, and whether that is not known."""

    inside: list[str]
    unsure: list[str]
    params: dict[str, object]


def by_rating(ratings: Sequence[Rating], key: str) -> Conditions:
    """Conditions over the column `key`, an `Outlet.key`."""
    found = Conditions([], [], {})
    for number, name in enumerate(dict.fromkeys(each.list for each in ratings)):
        names, bound = listed(
            f"rating{number}_", [each.value for each in ratings if each.list == name]
        )
        list_ = f"rating_list{number}"
        found.params.update({**bound, list_: name})
        found.inside.append(f"{key} IN ({RATED.format(list=list_, values=names)})")
        found.unsure.append(f"{key} NOT IN ({NAMED.format(list=list_)})")
    return found


def ratings_of(
    reader: Reader, keys: Sequence[str], ratings: Sequence[Rating]
) -> dict[str, dict[str, str]]:
    """Key to list to value, for those of these outlets that these lists name."""
    answer: dict[str, dict[str, str]] = {}
    wanted = {each.list for each in ratings}
    rows = reader.rows_for(
        """SELECT n.standing, r.list, r.value
        FROM known_outlet n JOIN current_rating r ON r.outlet = n.key
        WHERE n.standing IN :ids
        ORDER BY n.standing, r.list, r.value""",
        list(dict.fromkeys(keys)),
    )
    values = {(each.list, each.value) for each in ratings}
    for row in rows:
        if row["list"] not in wanted:
            continue
        of_outlet = answer.setdefault(row["standing"], {})
        # Where outlets are one that the list gives two values, the one that is asked for.
        if row["list"] not in of_outlet or (row["list"], row["value"]) in values:
            of_outlet[row["list"]] = row["value"]
    return answer
