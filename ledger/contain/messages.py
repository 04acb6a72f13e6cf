"""What parent and child say to each other, as JSON that is checked field by field.

The child may have been taken over by what it read, so its answers are data and never code: no
pickle. Pydantic builds the entries from the JSON and refuses whatever does not fit their types.
"""

from dataclasses import dataclass

from pydantic import TypeAdapter

from ledger.model import Document


@dataclass(frozen=True, slots=True)
class Request:
    """The arguments of `extract.read`; the body follows as a message of its own.

    `number` counts the requests to one child, from 1.
    """

    number: int
    name: str
    media_type: str | None
    charset: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What `extract.read` returned."""

    document: Document
    media_type: str
    charset: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The `ExtractError` that it raised; fields as there."""

    input: str
    code: str
    message: str
    remedy: str | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """Any other exception: the name of its class, and the traceback for whoever mends it."""

    kind: str
    trace: str


@dataclass(frozen=True, slots=True)
class Answer:
    """To the request of this number, and exactly one of the three; 0 and none says "ready"."""

    number: int
    result: Result | None = None
    refusal: Refusal | None = None
    mistake: Mistake | None = None


REQUEST = TypeAdapter(Request)
ANSWER = TypeAdapter(Answer)
