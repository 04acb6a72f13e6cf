"""Articles as journals keep them (JATS) -> Document."""

from ledger.extract.jats.read import read_jats

__all__ = ["read_jats"]
