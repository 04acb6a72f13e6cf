"""HTML -> Document."""

from ledger.extract.html.read import read_html

__all__ = ["read_html"]
