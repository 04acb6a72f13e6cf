"""Articles -> their citation audit: one immutable value that every export renders.

For the editor who must stand behind a text: what it is, the numbers with their denominators, and
then by urgency what is wrong, what leads nowhere, what rests on one outlet, and all the rest.
Nothing is decided here: what carries a claim is the answer of `ledger.provenance`, counted.

`parts` and `claims` are the nouns, frozen. `build` makes an audit of the rows of
`queries.audited`, asking one module for each part: `findings` (with `served`), `sole`, `withdrawn`,
`listed`, `numbers`. `several` adds audits up as they go by.
"""

from ledger.audit.build import audit, audit_set
from ledger.audit.claims import AuditedAttribution, AuditedCitation, AuditedClaim, by_phrase
from ledger.audit.parts import (
    Audit,
    AuditedFinding,
    Journal,
    ListedReference,
    MissingLead,
    Numbers,
    Page,
    SoleSupport,
    Weight,
    Withdrawn,
    WithdrawnStory,
    open_of,
)
from ledger.audit.several import AuditSet, Brief, Lost, Total
from ledger.queries.said_of import OutletSaid

__all__ = [
    "Audit",
    "AuditSet",
    "AuditedAttribution",
    "AuditedCitation",
    "AuditedClaim",
    "AuditedFinding",
    "Brief",
    "Journal",
    "ListedReference",
    "Lost",
    "MissingLead",
    "Numbers",
    "OutletSaid",
    "Page",
    "SoleSupport",
    "Total",
    "Weight",
    "Withdrawn",
    "WithdrawnStory",
    "audit",
    "audit_set",
    "by_phrase",
    "open_of",
]
