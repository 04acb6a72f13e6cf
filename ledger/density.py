"""Length of a text -> how much of anything is read in it.

A megabyte of "[1]" has more markers than all the books of a library: each costs some microseconds,
and together they would hold up a batch for minutes. What real texts have is far below: a short one
may be anything, and a long one is denser in no place than the densest short ones. So each limit has
a part that every text may have, and a part that grows with it and stays behind the densest seen.
"""

_ITEMS, _PER_ITEM = 8_000, 64
"""Blocks and markers, and characters for each more: the densest real document of more than 20,000
characters has one for every 42, one of 6,000 has 250."""
_ENTRIES, _PER_ENTRY = 2_000, 144
"""The same for entries of lists: an address has 60 characters, the densest real list 115, and one
of a megabyte is read whole at 111."""
_STEPS, _PER_STEP = 12_000, 33
"""The same for characters that may begin a marker, a link or markup: the densest of 6,000
characters has one for every 19, of 41,000 one for every 33, of 100,000 one for every 85."""
_LINES, _PER_LINE = 12_000, 40
"""The same for lines of a text that comes as lines, empty ones too: verse has twenty a page."""
_SENTENCES, _PER_SENTENCE = 10_000, 40
"""The same for sentences: the densest has one for every 38, and a megabyte may have one for 29."""
_IN_BLOCK, _PER_SENTENCE_IN_BLOCK = 1_000, 20
"""The same for the sentences of one block: a stanza of classical Chinese verse has some in ten
characters each."""
_WORK, _PER_WORK = 200_000, 6
"""The same for the marks of wikitext, by what each costs. No large page was counted, it is an
estimate: tables of results that were written for it have a cell for every four characters, and are
read whole."""


def most_items(length: int) -> int:
    """How many blocks and markers a text of `length` characters may have."""
    return _ITEMS + length // _PER_ITEM


def most_entries(length: int) -> int:
    """How many entries the reference lists of a text of `length` characters may have."""
    return _ENTRIES + length // _PER_ENTRY


def most_steps(length: int) -> int:
    """How often a text of `length` characters may begin what could be a marker or markup."""
    return _STEPS + length // _PER_STEP


def most_lines(length: int) -> int:
    """How many lines a text of `length` characters may have, or paragraphs a Word file of bytes."""
    return _LINES + length // _PER_LINE


def most_sentences(length: int) -> int:
    """How many sentences a text of `length` characters may have."""
    return _SENTENCES + length // _PER_SENTENCE


def most_in_block(length: int) -> int:
    """How many sentences a block of `length` characters may have."""
    return _IN_BLOCK + length // _PER_SENTENCE_IN_BLOCK


def most_work(length: int) -> int:
    """How much the marks of a wikitext of `length` characters may cost: a bar, one."""
    return _WORK + length // _PER_WORK
