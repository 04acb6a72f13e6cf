"""Content -> its one spelling, and the id that follows from it.

An id is the SHA-256 of the canonical JSON array [rule, kind, key fields...], so the same
content always has the same id and appending it twice adds nothing. Key fields are an array and
never glued text: ["a", "b.c"] and ["a.b", "c"] differ.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

ID_RULE = 1
"""Version of the id rule; changing the rule changes the ledger format."""

# Made once: json.dumps with these settings builds an encoder per call, a third of an id's time.
# Entries are trees, so the search for circles is time lost.
_SPELLING = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    allow_nan=False,
    check_circular=False,
)

spell_string = json.encoder.encode_basestring
"""As `spell`, of a text."""


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value: sorted keys, no spaces, UTF-8, no NaN (after RFC 8785)."""
    return _SPELLING.encode(value).encode("utf-8")


def spell(value: Any) -> str:
    """As `canonical`, before it is UTF-8; what most fields hold without an encoder of its own."""
    if type(value) is str:
        return spell_string(value)
    if type(value) is int:
        return int.__repr__(value)
    if type(value) in (tuple, list) and all(type(each) is str for each in value):
        return f"[{','.join(map(spell_string, value))}]"
    return _SPELLING.encode(value)


def entry_id(kind: str, *key: str | int | datetime | None) -> str:
    """SHA-256, 64 lower-case hex digits, over the canonical form of [rule, kind, *key].

    A datetime is spelled as `Entry.content` spells it: ISO 8601, UTC.
    """
    return hashlib.sha256(f"{_spelled(kind, key)}]".encode()).hexdigest()


def payload_digest(body: bytes) -> str:
    """`Capture.payload_digest` of some bytes."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def source_id(url: str) -> str:
    """`Source.id` of the page with this address."""
    return entry_id("source", url)


def capture_id(source_id: str, captured_at: datetime, payload_digest: str) -> str:
    """`Capture.id` of these bytes of a page; `captured_at` in any zone."""
    return entry_id("capture", source_id, captured_at.astimezone(UTC), payload_digest)


def article_id(
    capture_id: str, extractor: str, references_digest: str | None, revises: str | None
) -> str:
    """`Article.id` of what a reader read in a capture; arguments as the fields of `Article`."""
    return entry_id("article", capture_id, extractor, references_digest, revises)


def claim_ids(article_id: str) -> Callable[[int, str], str]:
    """`Claim.id` by `start` and `exact`, for one article: what its claims share is hashed once.

    `exact` as `spell_string` spells it.
    """
    shared = hashlib.sha256(_spelled("claim", (article_id,)).encode())

    def id_of(start: int, exact: str) -> str:
        digest = shared.copy()
        digest.update(f",{start},{exact}]".encode())
        return digest.hexdigest()

    return id_of


def _spelled(kind: str, key: Iterable[str | int | datetime | None]) -> str:
    """The canonical form of [rule, kind, *key], without its last bracket."""
    # By hand, as `canonical` would: an encoder for each id takes three times as long.
    parts = [
        spell_string(v) if isinstance(v, str) else "null" if v is None else _spell_other(v)
        for v in key
    ]
    return f'[{ID_RULE},"{kind}",{",".join(parts)}'


def _spell_other(value: int | datetime) -> str:
    if isinstance(value, datetime):
        return spell_string(value.isoformat().replace("+00:00", "Z"))
    return str(int(value))
