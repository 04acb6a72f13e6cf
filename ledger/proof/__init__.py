"""Proof that a ledger is what was recorded: verify all of it, prove one claim, erase and say so."""

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
