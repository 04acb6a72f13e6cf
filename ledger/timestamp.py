"""The bytes of a checkpoint -> a time stamp of a third party (RFC 3161), and back to a time.

The key that signs a checkpoint is the user's own, so its date is the user's word. An authority
signs the digest of the bytes together with its own time: they existed by then, whoever says what.

What is kept is the whole answer (`TimeStampResp` in DER, as a file .tsr), which other programs
check too. The library rfc3161-client (the extra `timestamp`) reads and verifies; it is imported
only where there is a time stamp.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import ExtractError, FetchError, IntegrityError, RefusedError, UsageError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

    from ledger.fetch import FetchSettings
    from ledger.fetch.guard import World

LONGEST = 256 * 1024
"""Bytes of an answer that are looked at; with the certificates of its chain it has some 6,000."""

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161, 3.4

DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""Object identifiers of what the library verifies (RFC 5754). What we ask for is SHA-512."""

UNTRUSTED = frozenset(
    {
        "certificate signature failure",
        "self-signed certificate",
        "self-signed certificate in certificate chain",
        "unable to get issuer certificate",
        "unable to get local issuer certificate",
        "unable to verify the first certificate",
    }
)
"""What OpenSSL says of a chain that does not end in a root that was given."""

_SAID_OF_THE_CHAIN = re.compile(r'Verify error: ([^"]{1,80})')


class TimeStamp(NamedTuple):
    """What an authority says of some bytes.

    Attributes:
        existed_by: They existed at this time at the latest: the stamped time and the inaccuracy
            that the authority admits, up to the next whole second, UTC.
        authority: The name in its certificate.
    """

    existed_by: datetime
    authority: str


def check_ready(url: str | None = None) -> None:
    """Find out what is missing before anything is done.

    Args:
        url: The authority that will be asked; None when none will be.

    Raises:
        UsageError: The library is not installed.
        RefusedError: `url` cannot be asked, whatever is there.
    """
    try:
        import rfc3161_client  # noqa: F401 - whether it is there
    except ImportError as error:
        raise UsageError(
            "time stamp",
            "it takes rfc3161-client, which is not installed",
            remedy="Install it: pip install 'claim-ledger[timestamp]'",
        ) from error
    if url is None:
        return
    from ledger.fetch.address import check_shape
    from ledger.fetch.settings import FetchSettings
    from ledger.fetch.trip import Trip

    try:
        check_shape(url, Trip(url, FetchSettings()))
    except RefusedError as error:
        if error.code == "credentials":
            error.remedy = "Take an authority that asks for none"
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
        The answer to keep, and what it says; it was compared with the question, and who signed it
        was not verified.

    Raises:
        UsageError: As `check_ready`.
        RefusedError, FetchError: As `fetch.post`; also with the codes "no-time-stamp" (the answer
            is none, or not to this question) and "rejected" (the authority says no).
    """
    check_ready(url)
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    from ledger.fetch.post import post

    query = TimestampRequestBuilder(data, HashAlgorithm.SHA512, nonce=True, cert_req=True).build()
    limits = replace(settings, max_raw_bytes=LONGEST, max_decoded_bytes=LONGEST)
    reply = post(
        url, query.as_bytes(), media_type=QUERY, accept=REPLY, settings=limits, world=world
    )
    try:
        response = _decoded(reply.body)
        _refuse_rejection(url, response)
        with _readable():
            nonce = response.tst_info.nonce
        said = _said(response, data)
    except (ExtractError, IntegrityError) as error:
        raise _useless(url, reply.media_type, error.message) from error
    if nonce != query.nonce:
        raise _useless(url, reply.media_type, "it is to another question (another nonce)")
    return reply.body, said


def verify(token: bytes, data: bytes, roots: "Sequence[Certificate]") -> TimeStamp:
    """What an authority that is trusted says of `data`.

    Args:
        token: What was kept of its answer.
        data: What was stamped.
        roots: Who is trusted: its certificate must lead to one of these.

    Raises:
        ExtractError: "no-time-stamp": This is none.
        IntegrityError: It is of other bytes, altered, or of nobody who is trusted.
        UsageError: As `check_ready`.
    """
    check_ready()
    from rfc3161_client import VerificationError, VerifierBuilder

    response = _decoded(token)
    said = _said(response, data)
    try:
        with _readable():
            VerifierBuilder(roots=list(roots)).build().verify_message(response, data)
    except VerificationError as error:
        raise _distrust(str(error)) from error
    return said


def certificates(pem: bytes, name: str) -> "Sequence[Certificate]":
    """The certificates of a PEM file.

    Raises:
        UsageError: It has none, or one that cannot be read; `name` is the file.
    """
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(pem)
    except ValueError as error:
        raise UsageError(
            name,
            "this is no certificate in PEM",
            remedy="It begins with -----BEGIN CERTIFICATE-----; authorities publish their root",
        ) from error


def _decoded(token: bytes) -> "TimeStampResponse":
    from rfc3161_client import decode_timestamp_response

    if len(token) > LONGEST:
        raise _none()
    with _readable():
        return decode_timestamp_response(token)


def _useless(url: str, media_type: str, why: str) -> FetchError:
    """The error to raise when what came is not what was asked for."""
    kind = media_type.partition(";")[0].strip().lower()[:60]
    if kind == REPLY:
        message = f"its answer cannot be used: {why}"
    else:
        message = f"answers with {kind or 'bytes of no kind'}, and not with a time stamp"
    return FetchError(
        url,
        "no-time-stamp",
        message,
        remedy="Check that this is the address of a time-stamping authority (RFC 3161)",
    )


def _refuse_rejection(url: str, response: "TimeStampResponse") -> None:
    """Raise what an authority says instead of a time stamp.

    Raises:
        FetchError: "rejected".
    """
    with _readable():
        status, words = response.status, "; ".join(response.status_string)
    if status:
        said = f": {' '.join(words.split())[:200]}" if words else ""
        raise FetchError(
            url,
            "rejected",
            f"grants no time stamp (status {status}){said}",
            remedy="Try again later, or ask another authority",
        )


def _said(response: "TimeStampResponse", data: bytes) -> TimeStamp:
    """What a time stamp says, which nobody has verified yet.

    Raises:
        ExtractError: It cannot be read.
        IntegrityError: It is of other bytes than `data`.
    """
    with _readable():
        if response.status:
            raise _none()
        info = response.tst_info
        imprint = info.message_imprint
        algorithm = DIGESTS.get(imprint.hash_algorithm.dotted_string)
        if algorithm is None or hashlib.new(algorithm, data).digest() != imprint.message:
            raise IntegrityError(
                "it is of other bytes", remedy="Find the file that it was made for"
            )
        spread = info.accuracy
        exact = info.gen_time + timedelta(
            seconds=(spread and spread.seconds) or 0,
            milliseconds=(spread and spread.millis) or 0,
            microseconds=(spread and spread.micros) or 0,
        )
        whole = exact.replace(microsecond=0)
        existed_by = whole if whole == exact else whole + timedelta(seconds=1)
        return TimeStamp(existed_by, _name(_signer(response)))


def _signer(response: "TimeStampResponse") -> "Certificate":
    """The one certificate sent along that is the signer's.

    Which certificates are sent along is not signed. Of two with the issuer and number of the
    signer one could lend its name to what the other signed.
    """
    from cryptography.x509 import load_der_x509_certificate

    signed = response.signed_data
    signers = [(each.issuer, each.serial_number) for each in signed.signer_infos]
    found = [load_der_x509_certificate(each) for each in signed.certificates]
    own = [each for each in found if [(each.issuer, each.serial_number)] == signers]
    if len(own) != 1:
        raise ExtractError(
            "the time stamp", "no-time-stamp", "it lacks the certificate of who signed it"
        )
    return own[0]


def _name(certificate: "Certificate") -> str:
    from cryptography.x509.oid import NameOID

    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificate.subject.rfc4514_string()


def _distrust(reason: str) -> IntegrityError:
    """What the library found, in words for people."""
    chain = _SAID_OF_THE_CHAIN.search(reason)
    if chain is None:
        return IntegrityError(
            "it was altered: its signature is wrong", remedy="Get it again from where it was kept"
        )
    if chain[1] in UNTRUSTED:
        return IntegrityError(
            "no authority that you trust signed it",
            remedy="Check that the certificate is the root of that authority",
        )
    return IntegrityError(
        f"the certificate of its authority did not hold then: {chain[1]}",
        remedy="Have a checkpoint stamped by another authority",
    )


def _none() -> ExtractError:
    return ExtractError("the time stamp", "no-time-stamp", "this is no time stamp (RFC 3161)")


@contextmanager
def _readable() -> Iterator[None]:
    """What cannot be read is no time stamp.

    KeyError and TypeError: the library gives them for names with strings of a kind that no name
    has. OverflowError: an inaccuracy beyond the calendar.
    """
    try:
        yield
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise _none() from error
