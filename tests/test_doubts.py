"""Findings that put in doubt whether all of a document was read."""

from ledger.doubts import DOUBTS, KEPT, doubts_of
from ledger.export.wording import FINDINGS


def test_each_doubt_is_a_finding_with_words() -> None:
    assert FINDINGS.keys() >= {*DOUBTS}
    assert {*DOUBTS} >= KEPT


def test_doubts_are_told_once_and_the_largest_loss_first() -> None:
    codes = ["citation-lost", "reference-never-cited", "citation-lost", "text-left-out"]
    assert doubts_of(codes) == ("text-left-out", "citation-lost")
    assert doubts_of(["reference-never-cited"]) == ()
