"""A document on its way from the child that read it to its parent.

Pydantic builds the document from the JSON, and refuses whatever does not fit its types.
"""

from collections.abc import Sequence

from pydantic import TypeAdapter

from ledger.document import Document
from ledger.extract import read

Read = tuple[Document, str, str | None]
"""What `extract.read` returns."""

_READ: TypeAdapter[Read] = TypeAdapter(Read)


def read_document(
    body: bytes,
    *,
    name: str,
    media_type: str | None,
    charset: str | None,
    known: Sequence[str] = (),
) -> bytes:
    """As `extract.read`, and its result as it is sent."""
    return dumped(read(body, name=name, media_type=media_type, charset=charset, known=known))


def dumped(found: Read) -> bytes:
    """What was read, as it is sent."""
    return _READ.dump_json(found)


def document_in(message: bytes) -> Read:
    """What somebody sent as a result of `extract.read`.

    Raises:
        ValueError: It is none.
    """
    return _READ.validate_json(message)
