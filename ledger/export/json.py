"""An audit -> one JSON object, for programs.

    {"schema": "ledger/audit/1", "items": [AUDIT, ...], "warnings": [WORDS, ...]}

An audit of a set has one item per article and, beside them, "outlets": the outlets by weight over
all of it. The keys of an item are the fields of `ledger.audit.Audit`, those of what is in it the
fields of that class, where each is explained; null always says "not known" or "not said". They are
listed in docs/audit.md.

A claim named from elsewhere ("claim", "claims") is named by its id. A key that goes or changes its
meaning makes schema 2; keys may be added.
"""

from dataclasses import fields

from ledger.audit import Audit, AuditSet
from ledger.export.cells import json_text
from ledger.export.wording import warnings

SCHEMA = "ledger/audit/1"


def to_json(audit: Audit | AuditSet) -> str:
    """The audit as one JSON object on one line, ending with a newline.

    Strings are the true values, control characters in them escaped by JSON.
    """
    audits = (audit,) if isinstance(audit, Audit) else audit.audits
    envelope: dict[str, object] = {
        "schema": SCHEMA,
        "items": audits,
        "warnings": list(dict.fromkeys(word for one in audits for word in warnings(one))),
    }
    if isinstance(audit, AuditSet):
        envelope["outlets"] = audit.outlets
    return f"{json_text(envelope, parts=_parts)}\n"


def _parts(of: object) -> dict[str, object]:
    """A part of an audit by its fields, without the deep copies that `asdict` makes."""
    return {field.name: getattr(of, field.name) for field in fields(of)}  # type: ignore[arg-type]
