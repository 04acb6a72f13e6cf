"""Entries -> Ledger: open a database and append to it; nothing else.

What is appended is on the disk when `append` returns, or not there at all. Network and parsing
come before: a transaction holds the write lock, so rows and digests are made outside of it.
Why nothing is ever changed: docs/decisions/append-only-by-trigger.md.
"""

from ledger.store.appended import Appended
from ledger.store.ledger import Ledger, Version
from ledger.store.opening import open_ledger
from ledger.store.replay import Replay

__all__ = ["Appended", "Ledger", "Replay", "Version", "open_ledger"]
