"""The line of a record -> its link and its entry, if this program could have recorded it."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ledger.journal import Erased, Link
from ledger.model import ENTRY_TYPES
from ledger.store import Replay
from ledger.transfer.lines import Lines

_RECORDED_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)

_NOTHING = {kind: dict.fromkeys(entry.model_fields) for kind, entry in ENTRY_TYPES.items()}
"""Kind of entry to its fields, each with None."""


def record(found: Mapping[str, Any], lines: Lines) -> tuple[Link, Mapping[str, Any]]:
    """A link and the content of its entry, from the line that was read last.

    Raises:
        ExtractError: No ledger has such a record.
    """
    try:
        link = Link(*(found[name] for name in Link._fields))
        seq, *words = link
        if type(seq) is not int or set(map(type, words)) != {str}:
            raise ValueError("a link with other values than any has")
        _check_moment(link.recorded_at)
        given = found["content"]
        if not isinstance(given, dict):
            raise ValueError("no fields")
        whole = {**_NOTHING[link.kind], **given}  # what is None is left out
        if len(whole) != len(_NOTHING[link.kind]):
            raise ValueError("fields that no entry has")
        entry = ENTRY_TYPES[link.kind].model_validate(whole)
        # As an entry has it: of `true` or 1.0 for 1 the digest is another, which `verify` finds.
        content: Mapping[str, Any] = entry.said()
        if entry.id != link.entry_id:
            raise ValueError("an entry that its link does not name")
        if not _fit(content.values()):
            raise ValueError("values that no database takes")
        if "" in (content.get("key"), content.get("outlet")):
            raise ValueError("an outlet without a key, where one not known is None")
    except (KeyError, TypeError, ValueError) as error:
        raise lines.damaged("it is no record of a ledger that this program knows") from error
    if link.kind == "article" and not _are_in(content["blocks"], len(content["text"])):
        raise lines.damaged("the blocks of an article lie outside of its text, or in no order")
    if link.kind == "citation" and (content["gap"] is None) == (content["source_id"] is None):
        raise lines.damaged("a citation leads to a page or into a gap, and to one of them")
    return link, content


class Texts:
    """The texts of articles, to compare claims with."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._waiting: dict[str, str] = {}  # of articles that are not written yet
        self._last: tuple[str, str | None] = ("", None)

    def add(self, article_id: str, text: str) -> None:
        """One of an article that is not written yet."""
        self._waiting[article_id] = text

    def written(self) -> None:
        """All articles that were added are written."""
        self._waiting.clear()

    def check(self, content: Mapping[str, Any] | Erased, lines: Lines) -> None:
        """Compare a claim with the text of its article.

        Raises:
            ExtractError: What it says does not stand there, or there is no such article.
        """
        if isinstance(content, Erased):
            return
        text = self._text(content["article_id"])
        if text is None:
            raise lines.damaged("the article of this claim does not come before it")
        start, end = content["start"], content["end"]
        if not 0 <= start <= end or text[start:end] != content["exact"]:
            raise lines.damaged("what this claim says does not stand there in its article")

    def _text(self, article_id: str) -> str | None:
        if article_id in self._waiting:
            return self._waiting[article_id]
        if self._last[0] != article_id:  # claims of one article come together
            self._last = article_id, self._replay.text(article_id)
        return self._last[1]


def _check_moment(recorded_at: str) -> None:
    if not _RECORDED_AT.fullmatch(recorded_at):
        raise ValueError("no time of recording")
    datetime.fromisoformat(recorded_at)


def _are_in(blocks: list[Any], length: int) -> bool:
    """Whether blocks lie in a text, one behind the other."""
    before = 0
    for start, end, *_ in blocks:
        if not before <= start <= end <= length:
            return False
        before = end
    return True


def _fit(values: Iterable[Any]) -> bool:
    """Whether columns of either database take values."""
    for value in values:
        if type(value) is str:
            if "\0" in value:
                return False
        elif type(value) is int and not -(2**31) <= value < 2**31:
            return False
    return True
