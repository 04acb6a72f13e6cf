"""Entries -> Ledger: open a database and append to it; nothing else.

What is appended is on the disk when an append returns, or not there at all. Network and parsing
come before: a transaction holds the write lock, so rows and digests are made outside of it.
Why nothing is ever changed: docs/decisions/append-only-by-trigger.md.

`opening` makes and upgrades; `ledger` is what callers have, and takes the lock; `recorder` does
what is done under it, by transactions of `database`; `appended` is what came of a reading. `replay`
takes in what another ledger recorded.
"""

from ledger.store.appended import Appended
from ledger.store.ledger import Ledger, Version
from ledger.store.opening import open_ledger
from ledger.store.replay import Replay

__all__ = ["Appended", "Ledger", "Replay", "Version", "open_ledger"]
