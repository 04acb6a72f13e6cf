"""Findings that say that not all of a document may have been read."""

from ledger.export.wording import FINDINGS
from ledger.unread import KEPT, UNREAD, unread_of


def test_each_is_a_finding_with_words() -> None:
    assert FINDINGS.keys() >= {*UNREAD}
    assert {*UNREAD} >= KEPT


def test_they_are_told_once_and_the_largest_loss_first() -> None:
    codes = ["citation-lost", "reference-never-cited", "citation-lost", "text-left-out"]
    assert unread_of(codes) == ("text-left-out", "citation-lost")
    assert unread_of(["reference-never-cited"]) == ()
