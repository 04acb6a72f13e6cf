"""What a dialect of in-text citation is, and the pieces that several patterns share."""

from typing import NamedTuple

from ledger.extract.markers.admit import Admission, always
from ledger.extract.markers.marker import Reading
from ledger.patterns import IN_ROUND

LABEL = r"[A-Za-z0-9_.:-]{1,64}"
"""What a note or an entry is called."""
TARGET = rf"\(\s{{0,2}}(?:<[^<>\n]{{1,2000}}>|(?:[^\s()<>]|{IN_ROUND}){{1,2000}}+)" \
    r"(?:\s{1,2}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s{0,2}\)"  # fmt: skip
"""Where a link of Markdown leads, in its brackets."""
WORDS = r"(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){1,600}+"
"""What a link of Markdown says."""


class Dialect(NamedTuple):
    """One way to write a marker.

    Attributes:
        name: By which `docs/dialects.md` lists it.
        example: A marker that the pattern matches as a whole.
        pattern: A regular expression; `dialects` makes one of all of them.
        read: Gets the whole match; None means: not this after all.
        admit: Whether the document's own evidence lets it be a marker here, behind the text given.
    """

    name: str
    example: str
    pattern: str
    read: Reading
    admit: Admission = always
