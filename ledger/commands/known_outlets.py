"""Outlets as a person names them -> what this ledger, and the registry, know of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ledger import queries
from ledger.commands.opening import place, readable
from ledger.commands.settings import Settings
from ledger.errors import NotFoundError, UsageError
from ledger.schema import place_of, revision_of

if TYPE_CHECKING:
    from ledger.model import Outlet
    from ledger.names import Names
    from ledger.pipeline.tell import Known
    from ledger.reader import Reader

_LONGEST = 2000
"""Characters of what names an outlet: an address."""


def key_of(reader: "Reader", text: str) -> str:
    """The key of the outlet that is meant; of a domain nobody knows, the one it gives.

    Raises:
        NotFoundError: It is no domain, and no outlet or several are called so.
        UsageError: It is an address with a name and password, or too long.
    """
    from ledger import outlets, urls

    text = text.strip()
    if urls.redact(text) != text or len(text) > _LONGEST:
        raise UsageError(
            urls.redact(text)[:80], "no outlet has this name", remedy="Give its domain"
        )
    if "." in text and not any(char.isspace() for char in text):
        found = outlets.outlet_of(text if "://" in text else f"https://{text}")
        if found is not None:
            return found.key
    try:
        return queries.outlet_named(reader, text, merged=False)
    except NotFoundError as error:
        if error.several:
            raise
        near = error.remedy if error.candidates else ""
        new = "For an outlet that is not known yet, give its domain: example.org"
        raise NotFoundError(
            text,
            error.message,
            candidates=error.candidates,
            remedy=f"{near} {new}" if near else new,
        ) from error


def unknown(reader: "Reader", key: str) -> NotFoundError | None:
    """What to say of an outlet that is neither recorded nor registered; None of any other."""
    try:
        queries.outlet_named(reader, key, merged=False)
    except NotFoundError as error:
        ask = "Did you mean one of these? " if error.candidates else ""
        return NotFoundError(
            key,
            "nothing recorded here comes from this domain, and it is not in the registry",
            candidates=error.candidates,
            remedy=f"{ask}If it is right and will be cited: --new",
        )
    return None


MOST_STRANGERS = 20
"""Outlets of which nothing is known that are told one by one: a long list has many."""


def strangers(reader: "Reader", keys: Iterable[str]) -> list[str]:
    """That nothing is known of these outlets, each in a sentence with the one that may be meant."""
    from ledger import outlets

    asked = [key for key in keys if not outlets.is_listed(key)]
    rows = reader.rows_for(
        """SELECT key FROM known_outlet WHERE key IN :ids
        UNION SELECT subject FROM judgement WHERE subject IN :ids""",
        asked,
    )
    here = {row["key"] for row in rows}
    found = [key for key in asked if key not in here]
    if len(found) > MOST_STRANGERS:
        return [
            f"nothing recorded here comes from {found[0]}, {found[1]} and {len(found) - 2:,} "
            "more, and the registry does not know them: check their spelling"
        ]
    notes = []
    for key in found:
        error = unknown(reader, key)
        ask = f": did you mean {error.candidates[0]}?" if error and error.candidates else ""
        notes.append(
            f"nothing recorded here comes from {key}, and the registry does not know it{ask}"
        )
    return sorted(notes, key=lambda note: not note.endswith("?"))


def known_of(reader: "Reader", keys: Sequence[str]) -> "Known":
    """What is recorded of these outlets, and what people said of them."""
    from ledger.pipeline.tell import Known

    told: dict[str, list[Outlet]] = {}
    for row in queries.told_of(reader, keys):
        told.setdefault(row["key"], []).append(_entry(row))
    return Known({row["key"]: _entry(row) for row in queries.current_outlets(reader, keys)}, told)


def outlets_of(reader: "Reader", keys: Sequence[str]) -> list["Outlet"]:
    """What is known of these outlets here, or else in the registry."""
    from ledger.pipeline.tell import registered

    known = known_of(reader, keys).current
    return [known.get(key) or registered(key) for key in keys]


def names_of(reader: "Reader", keys: Sequence[str]) -> dict[str, str]:
    """Key to name of those of these outlets that are recorded."""
    return {row["key"]: row["name"] for row in queries.current_outlets(reader, keys)}


def names_told(settings: Settings) -> "Names":
    """The names by which this ledger, which need not be there yet, knows outlets in prose."""
    from ledger.names import REGISTRY, Names

    if revision_of(place_of(place(settings))) is None:
        return REGISTRY
    with readable(settings) as reader:
        return Names([_entry(row) for row in queries.told(reader)])


def _entry(row: Mapping[str, Any]) -> "Outlet":
    from ledger.model import Outlet
    from ledger.tables import content_of

    return Outlet.model_validate(content_of("outlet", row))
