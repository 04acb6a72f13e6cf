"""How long verifying takes: entries, ids, digests, bytes, chain and tree of a ledger.

    python benchmarks/verify.py [ENTRIES] [FOLDER]

Makes a ledger of readings of 200 claims each (1,004 entries and a page of some kilobytes) unless
FOLDER holds one from an earlier run, and verifies it with one process and with all processors.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from readings import a_reading

from ledger.proof import verify_ledger
from ledger.store import open_ledger

CLAIMS = 200
EACH = 4 + 4 * CLAIMS


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scratch)
        db = folder / f"{wanted}.db"
        if not db.exists():
            record(db, wanted)
        print(f"{'processes':>9}  {'entries':>9}  {'seconds':>7}  {'of CPU':>7}  rows of tree")
        for processes in dict.fromkeys((1, os.cpu_count() or 1)):
            start, used = time.perf_counter(), cpu()
            verified = verify_ledger(db, processes=processes)
            took = time.perf_counter() - start
            print(
                f"{processes:>9}  {verified.entries:>9,}  {took:>7.1f}  {cpu() - used:>7.1f}  "
                f"{sum(verified.entries >> level for level in range(4, 64)):,}"
            )


def cpu() -> float:
    """Seconds of this process and those it waited for."""
    return sum(os.times()[:4])


def record(db: Path, wanted: int) -> None:
    start = time.perf_counter()
    with open_ledger(str(db), clock=lambda: datetime.now(UTC)) as ledger:
        for number in range(wanted // EACH + 1):
            body = f"<p>page {number}</p>".encode() + b"<p>Words of a page.</p>" * 200
            ledger.append(a_reading(number, claims=CLAIMS, body=body))
    took = time.perf_counter() - start
    size = db.stat().st_size
    print(f"recorded in {took:.0f} s, {size / 1e6:,.0f} MB, {size / wanted:,.0f} bytes per entry")


if __name__ == "__main__":
    main()
