"""Citations and attributions -> what carries each claim, and what falls without it.

A claim stands when every one of its groups stands; a group stands when one of its sources does:

    support(claim) = AND over groups g of ( OR over sources s in g of standing(s) )

Groups are the citation groups, and one further group for each outlet that the prose names and
that the citation group next to it does not have. A source whose outlet is not known may be
anyone: it is counted, never guessed, and what depends on it is "unknown" (or None).

Everything is a set-based statement over the tables; Python words only the rows that are shown.
Nothing here imports `ledger.model` to run: reading must start fast.
"""

from ledger.provenance.because import because_of_loss, because_of_resilience
from ledger.provenance.chain import Chain, End, Step, Ultimate, chain
from ledger.provenance.circular import (
    OwnCitation,
    Returning,
    circles,
    citing,
    own_citations,
    returning,
)
from ledger.provenance.impact import Impact, impact, impact_counts
from ledger.provenance.losses import Losses
from ledger.provenance.support import (
    CURRENT,
    OUTLET,
    THESE,
    Member,
    members,
    resilience,
    support_tables,
)
from ledger.provenance.withdrawn import (
    Saying,
    Withdrawal,
    leaning,
    withdrawals,
    withdrawn_losses,
)

__all__ = [
    "CURRENT",
    "OUTLET",
    "THESE",
    "Chain",
    "End",
    "Impact",
    "Losses",
    "Member",
    "OwnCitation",
    "Returning",
    "Saying",
    "Step",
    "Ultimate",
    "Withdrawal",
    "because_of_loss",
    "because_of_resilience",
    "chain",
    "circles",
    "citing",
    "impact",
    "impact_counts",
    "leaning",
    "members",
    "own_citations",
    "resilience",
    "returning",
    "support_tables",
    "withdrawals",
    "withdrawn_losses",
]
