"""Markers and references -> where each citation leads, or why it leads nowhere.

`references` leads the markers to entries of the list, and `lead` the addresses of those to pages.
What does not add up between text and list becomes a finding: `notice`.
"""

from ledger.resolve.lead import Lead, hides_its_page, lead_of
from ledger.resolve.notice import notice_hidden, notice_references
from ledger.resolve.references import References, behind, resolve

__all__ = [
    "Lead",
    "References",
    "behind",
    "hides_its_page",
    "lead_of",
    "notice_hidden",
    "notice_references",
    "resolve",
]
