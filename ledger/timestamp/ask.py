"""An authority and some bytes -> its time stamp of them, compared with the question."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.errors import ExtractError, FetchError, RefusedError, TimeStampError
from ledger.timestamp.token import LONGEST, TimeStamp, check_library, decoded, readable, said_of

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

    from ledger.fetch import FetchSettings
    from ledger.fetch.guard import World

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161, 3.4


def check_address(url: str) -> None:
    """Find out early what is wrong with the address of an authority.

    Raises:
        RefusedError: It cannot be asked, whatever is there.
    """
    from ledger.fetch.address import check_shape
    from ledger.fetch.settings import FetchSettings
    from ledger.fetch.trip import Trip

    try:
        check_shape(url, Trip(url, FetchSettings()))
    except RefusedError as error:
        if error.code == "credentials":
            error.remedy = "Use an authority that does not ask for a password"
        raise


def ask(
    url: str, data: bytes, settings: "FetchSettings", world: "World | None" = None
) -> tuple[bytes, TimeStamp]:
    """Have `data` stamped: only its digest is sent.

    Args:
        url: The authority.
        data: What is stamped.
        settings: How long it may take, and where the request may go.
        world: What connections are made of; None for the real one.

    Returns:
        The answer to keep, and what it says: it was compared with the question; who signed it was
        not verified.

    Raises:
        UsageError: As `check_library`.
        RefusedError, FetchError: As `fetch.post.post`; also with the codes "no-time-stamp" (the
            answer is none, or not to this question) and "rejected" (the authority says no).
    """
    check_library()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    from ledger.fetch.post import post

    query = TimestampRequestBuilder(data, HashAlgorithm.SHA512, nonce=True, cert_req=True).build()
    limits = replace(settings, max_raw_bytes=LONGEST, max_decoded_bytes=LONGEST)
    reply = post(
        url, query.as_bytes(), media_type=QUERY, accept=REPLY, settings=limits, world=world
    )
    try:
        response = decoded(reply.body)
        _refuse_rejection(url, response)
        with readable():
            nonce = response.tst_info.nonce
        said = said_of(response, data)
    except (ExtractError, TimeStampError) as error:
        raise _useless(url, reply.media_type, error.message) from error
    if nonce != query.nonce:
        raise _useless(url, reply.media_type, "it answers another request (the nonce differs)")
    return reply.body, said


def _refuse_rejection(url: str, response: "TimeStampResponse") -> None:
    """Raise what an authority says instead of a time stamp.

    Raises:
        FetchError: "rejected".
    """
    with readable():
        status, words = response.status, "; ".join(response.status_string)
    if status:
        said = f": {' '.join(words.split())[:200]}" if words else ""
        raise FetchError(
            url,
            "rejected",
            f"grants no time stamp (status {status}){said}",
            remedy="Try again later, or ask another authority",
        )


def _useless(url: str, media_type: str, why: str) -> FetchError:
    """The error to raise when what came is not what was asked for."""
    kind = media_type.partition(";")[0].strip().lower()[:60]
    if kind == REPLY:
        message = f"its answer cannot be used: {why}"
    else:
        message = f"answers with {kind or 'bytes of no kind'}, not with a time stamp"
    return FetchError(
        url,
        "no-time-stamp",
        message,
        remedy="Check that this is the address of a time-stamping authority (RFC 3161)",
    )
