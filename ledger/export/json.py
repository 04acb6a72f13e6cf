"""An audit -> one JSON object, for programs.

    {"schema": "ledger/audit/1", "items": [AUDIT, ...], "warnings": [WORDS, ...]}

An audit of a set has one item per article and, beside them, "outlets": the outlets by weight over
all of it. The keys of an item are the fields of `ledger.audit.Audit`, those of what is in it the
fields of that class, where each is explained; null always says "not known" or "not said". They are
listed in docs/audit.md.

A claim named from elsewhere ("claim", "claims") is named by its id. A key that goes or changes its
meaning makes schema 2; keys may be added.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter

from ledger.audit import Audit, AuditSet
from ledger.export.cells import json_text
from ledger.export.wording import warnings

SCHEMA = "ledger/audit/1"


def to_json(audit: Audit | AuditSet) -> Iterator[str]:
    """The audit as one JSON object on one line, ending with a newline.

    Strings are the true values, control characters in them escaped by JSON.
    """
    said: dict[str, None] = {}
    yield f'{{"schema": {json_text(SCHEMA)}, "items": ['
    for number, one in enumerate((audit,) if isinstance(audit, Audit) else audit):
        said |= dict.fromkeys(warnings(one))
        yield f"{', ' if number else ''}{json_text(one, parts=_parts)}"
    yield f'], "warnings": {json_text([*said])}'
    if isinstance(audit, AuditSet):
        yield f', "outlets": {json_text(audit.total.outlets(), parts=_parts)}'
    yield "}\n"


def _parts(of: object) -> dict[str, object]:
    """A part of an audit by its fields, without the deep copies that `asdict` makes."""
    names, values = _fields(type(of))  # type: ignore[arg-type] # of a class
    return dict(zip(names, values(of), strict=True))


@cache
def _fields(of: type) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """Their names, and what gives the values of all of them: several, as every part has."""
    names = tuple(field.name for field in fields(of))
    return names, attrgetter(*names)
