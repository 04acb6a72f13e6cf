"""Words for people: on stderr, and short enough to read."""

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ledger.commands.settings import Settings
from ledger.counting import counted as counted
from ledger.patterns import later

if TYPE_CHECKING:
    from ledger.otherwise import Turn
    from ledger.provenance import Led

_COMMAND = later(
    r"(?:(?<=: )|(?<=[Ss]ee )|(?<=[Rr]un )|(?<=\()|(?<=, )|(?<= and ))ledger (?=[a-z]+\b)"
)
"""Where our words name a command."""

SHOWN_CHARACTERS = 200
"""Of a sentence in a table: three lines on a terminal of 80 columns."""
_NAMED = 3
"""Other addresses of a page that are named."""


OTHERWISE: "dict[Turn, str]" = {
    "figures": "other figures",
    "units": "other units",
    "not-gained": 'a "not" that came',
    "not-lost": 'a "not" that went',
}
"""What turns what a sentence says."""


def say(words: str, settings: Settings) -> None:
    """A line for people on stderr, unless they asked for quiet."""
    if not settings.quiet:
        complain(hinted(words, settings))


def hinted(words: str, settings: Settings) -> str:
    """Our words, in which commands to type next name the ledger that --db named.

    What comes from outside is none: "See: ledger gaps" in a title would be changed.
    """
    if not settings.db_typed or "ledger " not in words:
        return words
    import shlex

    from ledger import urls
    from ledger.errors import StoreError
    from ledger.schema import shown
    from ledger.server_address import is_server

    db = settings.db or ""
    try:
        place = shown(db) if is_server(db) else urls.redact(db) if "://" in db else db
    except StoreError:  # what is wrong with it is what these words say
        return words
    named = f"ledger --db {shlex.quote(place)} "
    return _COMMAND.sub(lambda _: named, words)


def complain(words: str) -> None:
    """A line on stderr that is always shown."""
    from ledger.commands.safe import whole_line  # `ledger --help` has nothing to say

    sys.stderr.write(f"{whole_line(words)}\n")


def complain_whole(text: str) -> None:
    """A text of several lines on stderr, such as where an error came from."""
    for line in text.splitlines():
        complain(line)


def none_at_offset(total: int, noun: str) -> str:
    """That more were skipped than the `total` there is."""
    are = "is" if total == 1 else "are"
    return f"None at this offset; there {are} {counted(total, noun)}."


def fates(falls: int, weakens: int, unknown: int) -> str:
    """How many claims share each, as in "1 falls, 2 weaken, 0 not known."."""
    return (
        f"{falls:,} {'falls' if falls == 1 else 'fall'}, "
        f"{weakens:,} {'weakens' if weakens == 1 else 'weaken'}, {unknown:,} not known."
    )


def counted_of(shown: int, total: int, noun: str, *, skipped: int = 0) -> str:
    """How many there are, and which or how many of them are shown where that is fewer."""
    if shown == total:
        return counted(total, noun)
    if skipped:
        last = skipped + shown
        which = f"{skipped + 1:,} to {last:,}" if shown > 1 else f"number {last:,}"
        further = f"; the next: --offset {last}" if last < total else ""
        return f"{which} of {counted(total, noun)}{further}"
    return f"{shown:,} of {counted(total, noun)}; all: --limit 0"


def unread_told(unread: Mapping[str, int]) -> tuple[str, ...]:
    """That not all may have been read, given in how many articles by the code of the finding."""
    if not unread:
        return ()
    why = ", ".join(f"{code} in {counted(number, 'article')}" for code, number in unread.items())
    return (f"citations may have been missed: {why}. See ledger audit ARTICLE",)


def led_words(led: "Led | None") -> tuple[str, ...]:
    """Where the address of a page led on to, in a sentence; nothing where that page answered."""
    if led is None:
        return ()
    through = f" through {', '.join(led['through'])}" if led["through"] else ""
    return (f"Its address led on to {led['url']}{through} ({led['at'][:10]}).",)


def same_pages(urls: Iterable[str]) -> tuple[str, ...]:
    """That an answer about a page takes in these other addresses of it."""
    every = list(urls)
    said = [f"{url} is another address of the same page" for url in every[:_NAMED]]
    if len(every) > _NAMED:
        more = counted(len(every) - _NAMED, "further address is", "further addresses are")
        said.append(f"{more} of the same page")
    return tuple(said)


def trimmed(text: str) -> str:
    """A sentence for a table: on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= SHOWN_CHARACTERS:
        return line
    return f"{line[:SHOWN_CHARACTERS].rpartition(' ')[0] or line[:SHOWN_CHARACTERS]} …"
