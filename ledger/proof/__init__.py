"""Proof that a ledger is what was recorded: verify all of it, prove one claim, erase and say so.

`verify` is the whole: each `stretch` of the journal, the tree over it, what is `erased`, that no
row is beside it, and the `schema` (on a server `server_schema`, or `server_rules` for who may not
make what that compares with). `ready` verifies what is derived of the entries. `prove` writes the
proof of one claim; `redact` erases a page, so that all of this still holds.
"""

from ledger.proof.ready import check_ready
from ledger.proof.schema import check_schema, check_tables
from ledger.proof.stretch import records
from ledger.proof.verify import Verified, consistent, verify_ledger

__all__ = [
    "Verified",
    "check_ready",
    "check_schema",
    "check_tables",
    "consistent",
    "records",
    "verify_ledger",
]
