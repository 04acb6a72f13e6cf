"""A time stamp, the bytes that it is of, and who is trusted -> by when they existed."""

import hashlib
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import ExtractError, TimeStampError, UsageError
from ledger.timestamp.order import in_order

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

LONGEST = 256 * 1024
"""Bytes of an answer that are looked at; with the certificates of its chain it has some 6,000."""

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
        existed_by: They existed at this time at the latest: the stamped time, a second because
            the library cuts off its fraction, and the inaccuracy that the authority admits, up to
            a whole second. UTC.
        authority: The name in its certificate.
    """

    existed_by: datetime
    authority: str


def check_library() -> None:
    """Find out whether the library is there.

    Raises:
        UsageError: It is not installed.
    """
    try:
        import rfc3161_client  # noqa: F401 - whether it is there
    except ImportError as error:
        raise UsageError(
            "time stamp",
            "it needs rfc3161-client, which is not installed",
            remedy="Install it: pip install 'claim-ledger[timestamp]'",
        ) from error


def verify(token: bytes, data: bytes, roots: "Sequence[Certificate]") -> TimeStamp:
    """What an authority that is trusted says of `data`.

    Args:
        token: What was kept of its answer.
        data: What was stamped.
        roots: Who is trusted: its certificate must lead to one of these that signed itself.

    Raises:
        ExtractError: "no-time-stamp": This is none.
        TimeStampError: It is of other bytes, altered, or of nobody who is trusted.
        UsageError: As `check_library`.
    """
    check_library()
    from rfc3161_client import VerificationError, VerifierBuilder

    response = decoded(token)
    said = said_of(response, data)
    try:
        with readable():
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
        with readable():
            return load_pem_x509_certificates(pem)
    except ExtractError as error:
        raise UsageError(
            name,
            "this is not a certificate in PEM format",
            remedy="It begins with -----BEGIN CERTIFICATE-----; authorities publish their root",
        ) from error


def decoded(token: bytes) -> "TimeStampResponse":
    """An answer of an authority; its parts are to be read within `readable`.

    Raises:
        ExtractError: It is none.
    """
    from rfc3161_client import decode_timestamp_response

    if len(token) > LONGEST:
        raise _none()
    with readable():
        return decode_timestamp_response(in_order(token))


@contextmanager
def readable() -> Iterator[None]:
    """What cannot be read in the block is no time stamp.

    KeyError and TypeError: the library gives them for names with strings of a kind that no name
    has. OverflowError: an inaccuracy beyond the calendar. The warnings are of certificates that
    break RFC 5280, which coming releases of `cryptography` refuse.

    Raises:
        ExtractError: It cannot be read.
    """
    from cryptography import x509
    from cryptography.utils import CryptographyDeprecationWarning

    odd = (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        try:
            yield
        except (ValueError, KeyError, TypeError, OverflowError, *odd) as error:
            raise _none() from error
        except CryptographyDeprecationWarning as error:
            raise _none() from error


def said_of(response: "TimeStampResponse", data: bytes) -> TimeStamp:
    """What a time stamp says, which nobody has verified yet.

    Raises:
        ExtractError: It cannot be read.
        TimeStampError: It is of other bytes than `data`.
    """
    with readable():
        if response.status:
            raise _none()
        info = response.tst_info
        imprint = info.message_imprint
        algorithm = DIGESTS.get(imprint.hash_algorithm.dotted_string)
        if algorithm is None or hashlib.new(algorithm, data).digest() != imprint.message:
            raise TimeStampError(
                "it belongs to other bytes", remedy="Find the file that was stamped"
            )
        spread = info.accuracy
        exact = info.gen_time + timedelta(
            seconds=1 + ((spread and spread.seconds) or 0),
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
            "the time stamp",
            "no-time-stamp",
            f"it comes with {len(own) or 'no'} certificates of who signed it, and one is needed",
        )
    return own[0]


def _name(certificate: "Certificate") -> str:
    from cryptography.x509.oid import NameOID

    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificate.subject.rfc4514_string()


def _distrust(reason: str) -> TimeStampError:
    """What the library found, in words for people."""
    chain = _SAID_OF_THE_CHAIN.search(reason)
    if chain is None:
        return TimeStampError(
            "it was altered: its signature is wrong", remedy="Get it again from where it was kept"
        )
    if chain[1] in UNTRUSTED:
        return TimeStampError(
            "no authority that you trust signed it",
            remedy="Check that --tsa-certificate is the root of that authority",
        )
    return TimeStampError(
        f"the certificate of its authority was not valid when it signed: {chain[1]}",
        remedy="So it does not show a time. Have a checkpoint stamped by another authority",
    )


def _none() -> ExtractError:
    return ExtractError("the time stamp", "no-time-stamp", ("this is not a time stamp (RFC 3161)"))
