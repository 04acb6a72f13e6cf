"""A WARC file -> its bytes, decompressed, up to where it is broken."""

import gzip
import io
import zlib

from ledger.fetch.body import GZIP_MAGIC

HEAD_BYTES = 2 * 1024 * 1024
"""Most bytes between two payloads: the headers of one record and what is read ahead of it."""


class Stream:
    """A file's bytes, decompressed member by member, that ends where the file is broken.

    Attributes:
        allowance: How many bytes may still be read; None for any number.
        broken: Why it ended before its end; None when it did not.
        length: How many bytes were read.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        head = file.read(2)
        file.seek(0)
        self._source = gzip.GzipFile(fileobj=file) if head == GZIP_MAGIC else file
        self.allowance: int | None = None
        self.broken: str | None = None
        self.length = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; b"" at the end, be it the file's or where it is broken."""
        if self.broken:
            return b""
        try:
            data = self._source.read1(size)  # gives what comes before a break, too
        except EOFError:
            self.broken = "the file ends in the middle of a compressed record"
            return b""
        except (OSError, zlib.error) as error:
            self.broken = f"damaged: {error}"
            return b""
        self.length += len(data)
        if self.allowance is not None:
            self.allowance -= len(data)
            if self.allowance < 0:
                self.broken = f"a record has more than {HEAD_BYTES:,} bytes of headers"
                return b""
        return data
