"""The bytes of a checkpoint -> a time stamp of a third party (RFC 3161), and back to a time.

The key that signs a checkpoint is the user's own, so its date is the user's word. An authority
signs the digest of the bytes together with its own time: they existed by then, whoever says what.

What is kept is the whole answer (`TimeStampResp` in DER, as a file .tsr), which other programs
check too. The library rfc3161-client (the extra `timestamp`) reads and verifies; it is imported
only where there is a time stamp. `ask` gets one, `token` reads and verifies one, `order` helps it.
"""

from ledger.timestamp.ask import ask, check_address
from ledger.timestamp.token import TimeStamp, certificates, check_library, verify

__all__ = ["TimeStamp", "ask", "certificates", "check_address", "check_library", "verify"]
