"""A person's decision -> the ledger: these articles count nowhere, or count again.

Nor does what they say of whose words a page has: what comparing found by them is settled anew. To
which pages their addresses led on stays known.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.model import Judgement
from ledger.pipeline.tell import By
from ledger.pipeline.voices import compare_new

if TYPE_CHECKING:  # see `ingest`
    from ledger.provenance.aside import Object
    from ledger.store import Ledger


def set_aside(ledger: "Ledger", pages: Sequence[str], said: "Object", who: By) -> None:
    """Record a decision about the articles of these pages, given by `Source.url`, as one unit.

    Raises:
        StoreError: It could not be recorded.
    """
    ledger.append_entries(
        [
            Judgement.make(
                verb="set-aside",
                subject=page,
                object=said,
                **who._asdict(),
            )
            for page in pages
        ]
    )
    compare_new(ledger)
