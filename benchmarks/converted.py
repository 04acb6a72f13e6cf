"""Documents, and what a converter makes of them, read side by side: both must say the same.

    python benchmarks/converted.py FILE...

The files are Markdown as GitHub reads it. pandoc, which has to be installed, turns each into the
formats that this program reads. A claim agrees where its letters and figures are the same; what
differs is printed below the table, the first of each format. Pandoc joins a paragraph with items
that no empty line parts from it, and wraps lines before dashes: so not every difference is a
mistake of the reader.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from ledger.errors import ExtractError
from ledger.inputs import receive
from ledger.model import Reading
from ledger.pipeline.read import read

FORMATS = {
    "docx": "docx",
    "odt": "odt",
    "epub": "epub",
    "html": "html",
    "jats": "xml",
    "ipynb": "ipynb",
    "gfm": "md",
    "rst": "rst",
    "org": "org",
    "latex": "tex",
    "asciidoc": "adoc",
    "mediawiki": "wiki",
    "plain": "txt",
}
"""What pandoc calls a format, and how a file of it ends."""
SHOWN = 3
"""Claims that are printed of a format in which they differ."""


def main(files: list[str]) -> None:
    originals = {Path(file): reading_of(Path(file)) for file in files}
    differing: list[str] = []
    print(f"{'format':<12}{'claims':>8}{'agree':>8}{'citations':>12}{'found':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for kind, ending in FORMATS.items():
            claims, agree, citations, found = 0, 0, 0, 0
            for number, (path, original) in enumerate(originals.items()):
                made = Path(folder, f"{number}.{kind}.{ending}")
                subprocess.run(
                    ["pandoc", "-f", "gfm", "-t", kind, "-s", path, "-o", made], check=True
                )
                try:
                    reading = reading_of(made)
                except ExtractError as error:
                    differing.append(f"{kind} {path.name}: {error}")
                    reading = None
                said, told = said_in(original), said_in(reading)
                claims += said.total()
                agree += (said & told).total()
                citations += len(original.citations)
                found += len(reading.citations) if reading else 0
                gone, new = list((said - told).elements()), list((told - said).elements())
                differing += [f"{kind} {path.name} - {claim}" for claim in gone[:SHOWN]]
                differing += [f"{kind} {path.name} + {claim}" for claim in new[:SHOWN]]
            print(f"{kind:<12}{claims:>8}{agree:>8}{citations:>12}{found:>8}")
    print("\n".join(line[:160] for line in differing))


def reading_of(path: Path) -> Reading:
    return read(receive(str(path), clock=lambda: datetime.now(UTC)))


def said_in(reading: Reading | None) -> Counter[str]:
    """The claims of a document by their letters and figures, each as often as it is there."""
    claims = reading.claims if reading else ()
    return Counter(" ".join(re.findall(r"[^\W_]+", claim.exact.lower())) for claim in claims)


if __name__ == "__main__":
    main(sys.argv[1:])
