"""What parent and child say to each other, as JSON that is checked field by field.

The child may have been taken over by what it read, so its answers are data and never code: no
pickle. What a reader gives for a page follows its answer as a message of its own, and whoever
asked says how it is checked. All of this is the standard library's: a parent that does not look
into documents must not wait for the library that checks them.
"""

import json
from typing import Any, NamedTuple


class Request(NamedTuple):
    """The arguments of a reader; the body follows as a message of its own.

    `number` counts the requests to one child, from 1.
    """

    number: int
    arguments: dict[str, Any]

    def dumped(self) -> bytes:
        """As it is sent."""
        return json.dumps(self).encode("ascii")


def request_in(message: bytes) -> Request:
    """The request that the parent sent."""
    return Request(*json.loads(message))


class Refusal(NamedTuple):
    """The `ExtractError` that a reader raised; fields as there."""

    input: str
    code: str
    message: str
    remedy: str | None


class Mistake(NamedTuple):
    """Any other exception: the name of its class, and the traceback for whoever mends it."""

    kind: str
    trace: str


class Answer(NamedTuple):
    """To the request of this number; `unread` is None where what the reader gave follows.

    The first answer has the number 0, nothing follows it, and it says "ready".
    """

    number: int
    unread: Refusal | Mistake | None = None

    def dumped(self) -> bytes:
        """As it is sent. Half characters, as names of files may have, stay what they are."""
        kind = type(self.unread).__name__.lower() if self.unread is not None else "given"
        return json.dumps({"number": self.number, kind: self.unread}).encode("ascii")


def answer_in(message: bytes) -> Answer:
    """The answer that somebody sent.

    Raises:
        ValueError: It is none.
    """
    try:
        said = json.loads(message)
    except RecursionError as error:
        raise ValueError("it is too deep") from error
    match said:
        case {"number": int(number), "given": None}:
            return Answer(number)
        case {"number": int(number), "refusal": [str(name), str(code), str(words), None]}:
            return Answer(number, Refusal(name, code, words, None))
        case {"number": int(number), "refusal": [str(name), str(code), str(words), str(remedy)]}:
            return Answer(number, Refusal(name, code, words, remedy))
        case {"number": int(number), "mistake": [str(kind), str(trace)]}:
            return Answer(number, Mistake(kind, trace))
    raise ValueError("it has other fields")
