"""`ledger diff --all`: which articles changed since they were first read, in numbers."""

from functools import partial
from typing import TYPE_CHECKING

from ledger.called import called
from ledger.commands.opening import readable
from ledger.commands.output import Answer, Column, Format, Item, columns, show
from ledger.commands.progress import progress
from ledger.commands.settings import Settings
from ledger.commands.words import OTHERWISE, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.queries.changed import Changed, ChangedItem, Versions

_STATES = ("kept", "reworded", "gone", "new")


def show_changed(form: Format, settings: Settings) -> int:
    """Print what became of every article; the exit status, 1 where an outlet was dropped."""
    from ledger.queries.changed import changed

    with readable(settings) as reader:
        found = changed(reader, partial(_along, settings))
    show(_answer(found, form), form, settings)
    return int(any(item["dropped"] for item in found.items))


def _along(settings: Settings, articles: "list[Versions]") -> "Iterator[Versions]":
    with progress(len(articles), settings) as step:
        for versions in articles:
            yield versions
            step(versions[-1]["url"], False)


def _answer(found: "Changed", form: Format) -> Answer:
    return Answer(
        "changed",
        found.items,
        (
            *columns("article", "url", "title", "first", "versions"),
            *(Column(state, _of_state(state), number=True) for state in _STATES),
            *(Column(turn, _of_turn(turn), number=True) for turn in OTHERWISE),
            *columns("dropped", "same_reader"),
        ),
        (
            Column("article", lambda item: item["article"][:8], short=True),
            Column("title", lambda item: called(item["title"], item["url"])),
            *(Column(state, _of_state(state), number=True) for state in _STATES),
            Column("says something else", _turned),
            Column("dropped", lambda item: item["dropped"]),
        ),
        rows=[item for item in found.items if form is not Format.TABLE or _is_changed(item)],
        closing=_closing(found),
        warnings=_warnings(found),
    )


def _of_state(state: str) -> "Callable[[Item], int]":
    return lambda item: item["claims"][state]


def _of_turn(turn: str) -> "Callable[[Item], int]":
    return lambda item: item["says_otherwise"][turn]


def _is_changed(item: "ChangedItem") -> bool:
    return any(number for state, number in item["claims"].items() if state != "kept") or bool(
        item["dropped"]
    )


def _turned(item: Item) -> str:
    turns = item["says_otherwise"]
    return ", ".join(f"{turns[turn]:,} {words}" for turn, words in OTHERWISE.items() if turns[turn])


def _closing(found: "Changed") -> str:
    if not found.items:
        which = "several versions with words" if found.redacted else "more than one version"
        return f"No article has {which}."
    changed = sum(map(_is_changed, found.items))
    turned = sum(bool(item["turned"]) for item in found.items)
    return (
        f"{changed:,} of {counted(len(found.items), 'article')} with several versions changed, "
        f"{turned:,} of them so that a claim says something else; "
        f"{counted(found.once, 'article')} with one version. One in full: ledger diff ARTICLE "
        "--from 1"
    )


def _warnings(found: "Changed") -> tuple[str, ...]:
    warnings = []
    if others := sum(not item["same_reader"] for item in found.items):
        warnings.append(
            f"the versions of {counted(others, 'article')} were read by two readers of this "
            "program: some differences may come from the reader, not from the pages"
        )
    if found.redacted:
        warnings.append(
            f"{counted(found.redacted, 'article')} not compared, because a version was redacted"
        )
    return tuple(warnings)
