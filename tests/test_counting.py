"""Numbers with their nouns, in messages of one and of several."""

import pytest

from ledger.commands.notes import unrated, unshared, unweighed
from ledger.counting import counted
from ledger.errors import UsageError
from ledger.extract.lists.bibliography import read_ris
from ledger.provenance.ratings import Rating


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1234, "1,234 entries")],
)
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert counted(number, "entry", "entries") == words


def test_what_is_not_known_of_one_claim_is_said_of_it() -> None:
    assert unshared(0) == unweighed(0, by_owner=False) == ()
    assert "for 1 further claim this is not known: " in unshared(1)[0]
    assert "is known to carry it, but" in unshared(1)[0]
    assert "is known to carry them, but" in unshared(2)[0]
    rating = Rating("trust", "low")
    assert "it leans on" in unrated(rating, 1)[0]
    assert "they lean on" in unrated(rating, 2)[0]
    assert "1 further claim rests:" in unweighed(1, by_owner=False)[0]
    assert "2 further claims rest:" in unweighed(2, by_owner=True)[0]


@pytest.mark.parametrize(
    ("records", "words"),
    [
        (1, "1 record begins in this RIS file, and 0 can be read"),
        (2, "2 records begin in this RIS file, and 0 can be read"),
    ],
)
def test_records_that_do_not_end_are_counted(records: int, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_ris("TY  - JOUR\nTI  - Dams\n\n" * records, "a.ris")
