"""A name in prose that stands for no one outlet -> the outlets that bear it, where several do."""

from collections.abc import Iterable

from ledger.reader import Reader


def bearers(reader: Reader, names: Iterable[str]) -> dict[str, list[str]]:
    """Name to the keys of the outlets that bear it, in order, where there are two or more.

    Those of the registry, and those of which people told that they are called so. Outlets that were
    merged are one.
    """
    wanted = set(names)
    if not wanted:
        return {}
    from ledger import outlets  # only names that are nobody's need it

    found = {name: set(outlets.keys_of(name)) for name in wanted}
    told = reader.rows(
        "SELECT o.key, o.name, o.aliases FROM current_outlet o WHERE o.because IS NOT NULL"
    )
    for row in told:
        aliases = reader.parsed(row["aliases"]) if row["aliases"] else ()
        called = {outlets.words(name) for name in (row["name"], *aliases)}
        for name in wanted:
            if outlets.words(name) in called:
                found[name].add(row["key"])
    into = {
        row["key"]: row["into"] for row in reader.rows('SELECT "key", "into" FROM merged_outlet')
    }
    stand = {name: sorted({into.get(key, key) for key in keys}) for name, keys in found.items()}
    return {name: keys for name, keys in stand.items() if len(keys) > 1}


def whose(keys: Iterable[str]) -> str:
    """What a name is that stands for no one outlet, given by what outlets it is borne."""
    found = list(keys)
    if not found:
        return "no outlet we know"
    return f"the name of {len(found)} outlets: {', '.join(found)}"
