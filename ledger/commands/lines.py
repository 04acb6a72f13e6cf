"""What `ledger parse` prints of one input: JSON, made by a child process where a page is read.

Everything between the bytes and the JSON happens there. So this process need not import what reads
articles, and as many processors are at work as there are children.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger.contain import Workers
    from ledger.document import Reference
    from ledger.inputs import Received

READER = "ledger.pipeline.item:read_item"
"""What the children call."""
_PAGES = (".html", ".htm", ".xhtml")
_HTML = frozenset({None, "text/html", "application/xhtml+xml"})
STATEMENTS = (
    "input url title byline published dateline language text claims references findings counts "
    "error"
).split()
"""The fields of an item, as `pipeline.item` makes them."""
_ENTRIES = {
    "claims": set("id start end exact section kind citations attributions".split()),
    "references": set("marker raw url urls source title outlet".split()),
    "findings": set("code detail at".split()),
}
"""Those that hold entries, and the fields of theirs."""

_COUNTS = {"claims", "citations", "gaps", "findings"}


def line_reader(
    readers: "Workers", given: "Sequence[Reference]"
) -> "Callable[[Received], str | None]":
    """A function that gives the JSON of an input on one line, with control characters in it.

    It gives None for what needs no child, such as Markdown. It raises ExtractError.

    Args:
        readers: Made with `READER`.
        given: As in `pipeline.read`.
    """

    def line(received: "Received") -> str | None:
        name = received.final_url if received.status else received.name
        if not _is_page(received, name) and readers.needless(
            received.body, name=name, media_type=received.media_type
        ):
            return None
        arguments = {
            "received": _sendable(received),
            "given": list(map(asdict, given)),
        }
        return readers.ask(
            received.body,
            arguments,
            lambda message: item_in(message, received.name),
            name=name,
            media_type=received.media_type,
        )

    return line


def line_of(received: "Received", given: "Sequence[Reference]") -> str:
    """Give the same line for an input that needs no child process. Raises ExtractError."""
    from ledger.pipeline.item import parsed_line

    return parsed_line(received, given)


def _is_page(received: "Received", name: str) -> bool:
    """Whether what it is called says so: then nothing need be imported that looks into it."""
    return received.media_type in _HTML and name.lower().endswith(_PAGES)


def _sendable(received: "Received") -> dict[str, Any]:
    """All of it but the body, as JSON has it."""
    said = {field.name: getattr(received, field.name) for field in fields(received)}
    del said["body"]
    said["received_at"] = received.received_at.isoformat()
    said["given"] = list(map(asdict, received.given))
    return said


def item_in(message: bytes, name: str) -> str:
    """Give the JSON that a child process sent about the input with that name.

    The child may be under the command of a page that it read: it can say what it likes about that
    page, and nothing else.

    Raises:
        ValueError: It is no such object, or not on one line.
    """
    text = message.decode("utf-8", "surrogatepass")
    try:
        item = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is too deep") from error
    if not isinstance(item, dict) or list(item) != STATEMENTS or item["input"] != name:
        raise ValueError("it is about something else")
    for entries, known in _ENTRIES.items():
        if not _are_entries(item[entries], known):
            raise ValueError(f"its {entries} have other fields")
    counts = item["counts"]
    if not isinstance(counts, dict) or counts.keys() != _COUNTS:
        raise ValueError("its counts are of other things")
    if not all(type(number) is int for number in counts.values()):
        raise ValueError("its counts are no numbers")
    if item["error"] is not None:
        raise ValueError("it says that it failed")
    if "\n" in text or "\r" in text:
        raise ValueError("it is not on one line")
    return text


def _are_entries(value: object, known: set[str]) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict) and each.keys() == known for each in value
    )
