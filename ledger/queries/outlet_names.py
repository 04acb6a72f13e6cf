"""A name of an outlet or an owner as a person typed it -> what is recorded under it.

First what this ledger holds, then the registry, which knows aliases and outlets that nobody here
cites yet. The registry is read only when it is needed: it takes longer to load than most answers.
"""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial
from typing import NamedTuple
from unicodedata import normalize

from ledger.errors import NotFoundError
from ledger.queries.knowledge import merged as merged_key
from ledger.queries.knowledge import told
from ledger.queries.names import SHOWN_CANDIDATES
from ledger.reader import Reader, lower

_KEY, _NAME = "o.key IN (:name, :lower)", "LOWER(o.name) = :lower"
_DOMAIN = "o.domain = :lower"  # the accounts of a platform


def outlet_named(reader: Reader, name: str, *, merged: bool = True) -> str:
    """The key of the outlet with this key, name, alias, domain or address.

    Upper and lower case are one, and so are the ways in which Unicode spells a letter. An outlet
    of the registry need not be recorded: then nothing leans on it. An alias that people told counts
    as a recorded name, and both stand before the registry. Where that knows several of this name
    and only one of them is recorded, that one is meant.

    Args:
        reader: An open ledger.
        name: As typed.
        merged: Whether the outlet is meant that this one was merged into.

    Raises:
        NotFoundError: No outlet has this name, or several have; `candidates` lists those meant.
    """
    key = _found(reader, name, normalize("NFC", name.strip()), merged=merged)
    return merged_key(reader, key) if merged else key


def _found(reader: Reader, name: str, wanted: str, *, merged: bool) -> str:
    ways: tuple[Callable[[], Named], ...] = (
        partial(_recorded, reader, _KEY, wanted),
        partial(_called, reader, wanted),
        partial(_recorded, reader, _DOMAIN, wanted),
        partial(_registered, reader, wanted),
    )
    for way in ways:
        found = way()
        if merged and len(found) > 1:  # those that are one outlet are one candidate
            found = _merged(reader, found)
        if (key := _only(name, found)) is not None:
            return key
    near = _like(reader, wanted)
    raise NotFoundError(
        name,
        "no outlet has this name, alias or domain",
        candidates=near,
        remedy="Did you mean one of these?" if near else "See: ledger outlets",
    )


def owner_named(reader: Reader, name: str) -> str:
    """The owner as recorded, whatever the case in which it was typed.

    Raises:
        NotFoundError: No recorded outlet has this owner.
    """
    rows = reader.rows(
        "SELECT DISTINCT owner FROM current_outlet WHERE owner IS NOT NULL ORDER BY owner"
    )
    owners = {normalize("NFC", row["owner"]).casefold(): row["owner"] for row in rows}
    found = owners.get(normalize("NFC", name.strip()).casefold())
    if found is not None:
        return str(found)
    near = _near(name, list(owners.values()))
    raise NotFoundError(
        name,
        "no outlet here has this owner",
        candidates=near,
        remedy="Did you mean one of these?" if near else "See: ledger impact --by owner",
    )


Named = dict[str, str]
"""Key to name."""


def _only(name: str, found: Named) -> str | None:
    """The one key there is; None for none.

    Raises:
        NotFoundError: There are several.
    """
    if len(found) > 1:
        raise NotFoundError(
            name,
            f"{len(found)} outlets have this name",
            candidates=tuple(f"{found[key]} ({key})" for key in found)[:SHOWN_CANDIDATES],
            several=True,
            remedy="Name one as in the brackets",
        )
    return next(iter(found), None)


def _recorded(reader: Reader, condition: str, name: str) -> Named:
    rows = reader.rows(
        f"SELECT o.key, o.name FROM current_outlet o WHERE {condition} ORDER BY o.key",  # noqa: S608 - ours
        {"name": name, "lower": lower(name)},
    )
    return {row["key"]: row["name"] for row in rows}


def _called(reader: Reader, name: str) -> Named:
    """The outlets of this name, and those that people told are called so, too."""
    return _recorded(reader, _NAME, name) | _told(reader, name)


def _told(reader: Reader, name: str) -> Named:
    """The outlets of which people told this alias, however it is spelled."""
    rows = told(reader)
    if not rows:
        return {}
    from ledger.outlets import words

    wanted = words(name)
    return {
        row["key"]: row["name"]
        for row in rows
        if wanted and row["aliases"] and wanted in map(words, reader.parsed(row["aliases"]))
    }


def _merged(reader: Reader, found: Named) -> Named:
    keys = {key: merged_key(reader, key) for key in found}
    return {into: found.get(into, found[key]) for key, into in keys.items()}


def _registered(reader: Reader, name: str) -> Named:
    """What the registry finds; of several, those that are recorded here, if any are.

    An address has an outlet of its own even when nobody has heard of it: that one counts only when
    it is recorded, else a mistyped domain would be an outlet on which nothing leans.
    """
    from ledger import outlets

    found = {outlet.key: outlet.name for outlet in outlets.find(name)}
    rows = reader.rows_for(
        """SELECT key FROM known_outlet WHERE key IN :ids
        UNION SELECT outlet FROM rating WHERE outlet IN :ids
        UNION SELECT subject FROM judgement WHERE subject IN :ids""",
        list(found),
    )
    here = {row["key"] for row in rows}
    found = {key: name for key, name in found.items() if key in here or outlets.is_listed(key)}
    if len(found) < 2:
        return found
    return {key: found[key] for key in found if key in here} or found


class Shared(NamedTuple):
    """A name that other outlets have, too: their keys, in order."""

    name: str
    others: list[str]


def shared_names(reader: Reader, given: Sequence[tuple[str, str]]) -> list[Shared]:
    """Which of the new names of outlets already belong to others.

    A name is no other's where the outlet has it itself by now, or where both were merged.

    Args:
        reader: An open ledger.
        given: `Outlet.key` and name, one after the other: the first to get a name has it.

    Returns:
        In the order given.
    """
    if not given:
        return []
    from ledger.outlets import words

    into = {
        row["key"]: row["into"] for row in reader.rows('SELECT "key", "into" FROM merged_outlet')
    }
    called: dict[tuple[str, ...], set[str]] = {words(name): set() for _, name in given}
    for row in reader.rows("SELECT o.key, o.name, o.aliases FROM current_outlet o"):
        aliases = reader.parsed(row["aliases"]) if row["aliases"] else ()
        for name in (row["name"], *aliases):
            called.get(words(name), set()).add(row["key"])
    shared = []
    for key, name in given:
        has = called[words(name)]
        outlets = {into.get(each, each) for each in (*has, *_registered(reader, name))}
        if into.get(key, key) not in outlets and outlets and words(name):
            shared.append(Shared(name, sorted(outlets)))
        has.add(key)
    return shared


def _all_names(reader: Reader) -> list[str]:
    """Every name recorded or registered, recorded ones first."""
    from ledger import outlets

    rows = reader.rows("SELECT name, key FROM current_outlet ORDER BY name, key")
    recorded = [row["name"] for row in rows] + [row["key"] for row in rows]
    for row in told(reader):
        recorded += reader.parsed(row["aliases"]) if row["aliases"] else ()
    registered = (phrase.written for of_word in outlets.phrases().values() for phrase in of_word)
    return [*recorded, *registered, *outlets.domains()]


def _like(reader: Reader, name: str) -> tuple[str, ...]:
    """Names that begin like it, then names that look like it or hold it."""
    from ledger import outlets

    begun = (outlet.name for outlet in outlets.beginning(name))
    near = _near(name, _all_names(reader))
    return tuple(dict.fromkeys((*begun, *near)))[:SHOWN_CANDIDATES]


def _near(name: str, names: list[str]) -> tuple[str, ...]:
    """Names that look like it or hold it, nearest first."""
    folded = {other.casefold(): other for other in names}
    wanted = name.strip().casefold()
    close = get_close_matches(wanted, folded, n=SHOWN_CANDIDATES)
    close += [other for other in sorted(folded) if wanted and wanted in other]
    return tuple(folded[other] for other in dict.fromkeys(close))[:SHOWN_CANDIDATES]
