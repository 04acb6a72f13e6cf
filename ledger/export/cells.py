"""Text from outside -> text that a terminal, a spreadsheet and a JSON reader show and never obey.

CWE-150 (escape sequences), CWE-1236 (formulas), bidirectional controls that reorder what is read.
"""

import re
from collections.abc import Callable

_FORMAT = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
"""Bidi controls, line and paragraph separators, half characters: unseen, but not without effect."""

_CONTROL = re.compile(f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f{_FORMAT}]")
_JSON_CONTROL = re.compile(f"[\\x7f-\\x9f{_FORMAT}]")

_UTF_8_CONTROLS = (
    (b"\x7f", re.compile(rb"\x7f")),
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xd8", re.compile(rb"\xd8\x9c")),
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])")),
    (b"\xed", re.compile(rb"\xed[\xa0-\xbf]")),
)
"""The characters of `_JSON_CONTROL` in UTF-8, by their first byte: hardly a text has them, and
bytes say so twice as fast as characters."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What makes a spreadsheet calculate a cell (OWASP, CSV injection), with the full-width forms."""


def visible(text: str) -> str:
    r"""Text with its control characters spelled out (`\x1b`, `\u202e`); \n and \t stay."""
    return text if text.isprintable() else _CONTROL.sub(_spelled, text)


def one_line(text: str) -> str:
    """Visible text on one line: every run of white space is one space."""
    if text.isprintable() and "  " not in text:  # all white space in it is single spaces
        return text.strip(" ")
    return visible(" ".join(text.split()))


def shown(value: object) -> str:
    """A value as visible text: "" for None, the parts of a list between "; "."""
    return visible(_text(value))


def csv_cell(value: object) -> str:
    """A cell of a CSV row: text that a spreadsheet would calculate begins with `'`.

    Numbers stay numbers. A reader gets the text back by taking one `'` away wherever apostrophes
    stand before a character of a formula (a carriage return being spelled out by then).
    """
    text = value if isinstance(value, str) else _text(value)
    if not text or text.isalnum():  # as most are
        return text
    if not isinstance(value, (int, float)) and _FORMULA.match(text):
        return f"'{visible(text)}"
    return visible(text)


def json_text(
    value: object,
    *,
    indent: int | None = None,
    parts: Callable[[object], object] | None = None,
) -> str:
    """The true value as JSON, its control characters escaped; on one line without `indent`.

    `parts` makes of an object that JSON does not know one that it does.
    """
    import json  # most runs print none

    return escaped(json.dumps(value, ensure_ascii=False, indent=indent, default=parts))


def escaped(plain: str) -> str:
    """JSON with its control characters escaped."""
    harmless = _is_harmless(plain.encode("utf-8", "surrogatepass"))
    return plain if harmless else _JSON_CONTROL.sub(_escaped, plain)


def _is_harmless(utf_8: bytes) -> bool:
    """Whether JSON has none of `_JSON_CONTROL`; those below the space are escaped in it."""
    return not any(first in utf_8 and found.search(utf_8) for first, found in _UTF_8_CONTROLS)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _spelled(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(_text(part) for part in value)
    return str(value)
