"""Whether a digest of a WARC record that fails is that of its payload in another form.

The standard leaves open whether a payload digest is taken before or after the transfer coding is
undone, and writers differ. warcio checks the bytes as stored; here are the other forms.
"""

import base64
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord


def holds(record: "ArcWarcRecord", bodies: Iterable[bytes]) -> bool:
    """Whether the payload digest that failed is that of one of `bodies`.

    False where the block digest failed, which is of the bytes as stored. An algorithm that is not
    known here cannot be checked: True.
    """
    problems = record.digest_checker.problems
    if any(problem.startswith("block") for problem in problems):
        return False
    if all(problem.startswith("unknown") for problem in problems):
        return True
    algorithm, _, value = (record.rec_headers.get_header("WARC-Payload-Digest") or "").partition(
        ":"
    )
    return any(value.upper() in _spellings(algorithm, body) for body in bodies)


def _spellings(algorithm: str, body: bytes) -> tuple[str, str]:
    """A digest in base 32 and base 16, the two spellings in use, in capitals."""
    digest = hashlib.new(algorithm, body, usedforsecurity=False).digest()
    return base64.b32encode(digest).decode(), digest.hex().upper()
