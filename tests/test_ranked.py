"""How good a source is stays in the text of its entry, and is no part of its title."""

from ledger.extract.lists.table_rows import said_in
from ledger.extract.lists.title import title_in


def test_the_entry_keeps_what_its_title_leaves_out() -> None:
    said = said_in(" Dams | | High | 2026-05-01 ")
    assert said == "Dams  | High | 2026-05-01"
    assert title_in(said) == "Dams 2026-05-01"


def test_the_first_cell_is_a_title_whatever_it_says() -> None:
    assert title_in(said_in("High | Low")) == "High"


def test_words_between_bars_that_are_more_than_that_stay() -> None:
    assert title_in("Bergen | High School") == "Bergen | High School"
