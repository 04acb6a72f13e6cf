r"""JSON from outside -> its value, with texts that every store takes.

JSON may escape what no database takes: NUL, and halves of characters, as of a sign of two that a
title was cut in, "\ud83d".
"""

import json
from collections.abc import Callable
from typing import Any

from ledger.extract.characters.decode import NOT_TEXT, REPLACEMENT
from ledger.patterns import later

_ESCAPED = later(r"\\u(?:0000|[dD][89a-fA-F])")
"""Pairs of halves, too, which are whole characters."""


def loaded(text: str, *, strict: bool = True) -> Any:
    """The value that some JSON says, U+FFFD for what is no text: as long as it is, one for one.

    Raises:
        ValueError: If it is no JSON.
        RecursionError: If it is nested too deeply.
    """
    value = json.loads(text, strict=strict)
    return with_texts(value, _whole) if _ESCAPED.search(text) else value


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same value, each text in it changed, names of fields, too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [with_texts(each, change) for each in value]
    if isinstance(value, dict):
        return {change(key): with_texts(each, change) for key, each in value.items()}
    return value


def _whole(text: str) -> str:
    return NOT_TEXT.sub(REPLACEMENT, text)
