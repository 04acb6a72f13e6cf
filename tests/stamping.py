"""A time-stamping authority of our own, which does wrong what it is told to do wrong.

It is written with asn1crypto and not with the library that reads time stamps.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, ClassVar
from unittest.mock import patch

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from loopback import BEHAVIOURS, Connection, LoopbackServer

FIVE_PAST = datetime(2026, 1, 2, 12, 5, tzinfo=UTC)
"""When the authority answers, unless told otherwise."""
YEAR = timedelta(days=365)
NAME = "Desk Time Authority"


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Signer:
    """A certificate and its key."""

    certificate: x509.Certificate

    def __init__(
        self,
        name: str,
        issuer: "Signer | None" = None,
        *,
        ends: datetime = FIVE_PAST + 10 * YEAR,
        usage: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.TIME_STAMPING,
        issues: bool = False,
        serial: int | None = None,
    ) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(issuer.certificate.subject if issuer else _named(name))
            .public_key(self.key.public_key())
            .serial_number(serial or x509.random_serial_number())
            .not_valid_before(FIVE_PAST - YEAR)
            .not_valid_after(ends)
            .add_extension(
                x509.BasicConstraints(ca=issuer is None or issues, path_length=None), critical=True
            )
        )
        if issuer is not None and usage is not None and not issues:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        self.certificate = builder.sign(issuer.key if issuer else self.key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))


@cache
def root() -> Signer:
    """The root to trust."""
    return Signer("Desk Root")


@cache
def authority() -> Signer:
    """Who signs, unless told otherwise."""
    return Signer(NAME, root())


def _digest(signer: Signer) -> bytes:
    return hashlib.sha256(signer.asn1.dump()).digest()


def stamp(
    query: bytes,
    *,
    signer: Signer | None = None,
    certificates: list[Signer] | None = None,
    at: datetime = FIVE_PAST,
    accuracy: dict[str, int] | None = None,
    **said: Any,
) -> bytes:
    """The answer to a query: a `TimeStampResp` in DER.

    Args:
        query: A `TimeStampReq` in DER.
        signer: Who signs; `authority()` unless told.
        certificates: What is sent along; the signer's unless told.
        at: The time that is stamped.
        accuracy: seconds, millis, micros.
        said: Fields of `TSTInfo` to say otherwise than is right.
    """
    signer = signer or authority()
    asked = tsp.TimeStampReq.load(query)
    info: dict[str, Any] = {
        "version": "v1",
        "policy": "1.3.6.1.4.1.4146.2.3",
        "message_imprint": asked["message_imprint"],
        "serial_number": 7,
        "gen_time": at,
        "nonce": asked["nonce"],
        **({"accuracy": accuracy} if accuracy else {}),
        **said,
    }
    content = tsp.TSTInfo({key: value for key, value in info.items() if value is not None}).dump()
    signed = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
            {
                "type": "signing_certificate_v2",
                "values": [{"certs": [{"cert_hash": _digest(signer)}]}],
            },
        ]
    )
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    token = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [digest],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(content),
            },
            "certificates": [
                each.asn1 for each in ([signer] if certificates is None else certificates)
            ],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": cms.SignerIdentifier(
                        "issuer_and_serial_number",
                        {
                            "issuer": signer.asn1.issuer,
                            "serial_number": signer.asn1.serial_number,
                        },
                    ),
                    "digest_algorithm": digest,
                    "signed_attrs": signed,
                    "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                    "signature": signer.key.sign(signed.dump(), ec.ECDSA(hashes.SHA256())),
                }
            ],
        }
    )
    stamped: bytes = tsp.TimeStampResp(
        {
            "status": {"status": "granted"},
            "time_stamp_token": {"content_type": "signed_data", "content": token},
        }
    ).dump()
    return stamped


class _Refusal(core.Sequence):  # type: ignore[misc] # asn1crypto has no types
    """A `TimeStampResp` without a token, which asn1crypto does not know to be optional."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo)]


def refusal(status: str, *words: str, because: set[str] | None = None) -> bytes:
    """An answer without a time stamp."""
    refused: bytes = _Refusal(
        {
            "status": {
                "status": status,
                **({"status_string": list(words)} if words else {}),
                **({"fail_info": because} if because else {}),
            }
        }
    ).dump()
    return refused


def query_in(connection: Connection) -> bytes:
    """The body of a request, of which the end may still be on its way."""
    head, _, body = connection.request.partition("\r\n\r\n")
    (length,) = (
        int(line.partition(":")[2])
        for line in head.split("\r\n")
        if line.lower().startswith("content-length:")
    )
    query = body.encode("latin-1")
    while len(query) < length:
        query += connection.sock.recv(length - len(query))
    return query


@contextmanager
def serving(
    answer: Callable[[bytes], bytes] = stamp, media_type: str = "application/timestamp-reply"
) -> Iterator[LoopbackServer]:
    """An authority at /tsa on the loopback that answers each query with `answer` of it."""

    def behave(connection: Connection) -> None:
        connection.answer(answer(query_in(connection)), f"Content-Type: {media_type}")

    with patch.dict(BEHAVIOURS, tsa=behave), LoopbackServer() as server:
        yield server
