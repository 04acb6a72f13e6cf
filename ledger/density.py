"""Length of a text -> how much of anything is read in it.

A megabyte of "[1]" has more markers than all the books of a library: each costs some microseconds,
and together they would hold up a batch for minutes. What real texts have is far below.
"""

_ALWAYS, _PER_ITEM = 2_000, 16
"""Characters per block or marker; the densest real document seen has 23."""
_PER_ENTRY = 64
"""Characters of the text per entry of its lists; an address alone has as many."""
_SENTENCES, _PER_SENTENCE = 40, 20
"""The same for the sentences of one block; a line of classical Chinese verse has ten."""


def most_items(length: int) -> int:
    """How many blocks and markers a text of `length` characters may have."""
    return _ALWAYS + length // _PER_ITEM


def most_entries(length: int) -> int:
    """How many entries the reference lists of a text of `length` characters may have."""
    return _ALWAYS + length // _PER_ENTRY


def most_sentences(length: int) -> int:
    """How many sentences a block of `length` characters may have."""
    return _SENTENCES + length // _PER_SENTENCE
