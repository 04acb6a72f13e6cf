"""Whether a case of any dialect, written over and over, is read in time that grows with its length.

    python benchmarks/growth.py [CASE ...]

Each case of `fixtures/dialects` is repeated to a quarter of a megabyte of UTF-8 and to a whole one.
Four times the text may take four times the time, and takes sixteen where it is read in squared
time; what comes near is shown, to be measured again by itself. All cases take three quarters of an
hour, those that are named a second or two each.
Two fifths of the time of wikitext are of its parser, which is not ours.
"""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

from parse import FIXTURES, MEGABYTE, whole

from ledger.commands import COLLECT_AFTER
from ledger.extract.html import read_html
from ledger.extract.wiki.read import read_wikitext

TIMES = 4
TOO_MUCH = 7.0
"""Growth that is shown. Caches that no longer hold and a busy machine make up for what is below."""
SHORT_S = 0.3
"""What is over sooner is not told from noise."""
READERS: dict[str, Callable[[str], object]] = {
    ".md": whole,
    ".txt": whole,
    ".html": read_html,
    ".wiki": lambda text: read_wikitext(text, "a.wiki"),
}


def seconds(action: Callable[[str], object], case: str, size: int) -> float:
    text = case * (size // len(case.encode()) + 1)
    begin = time.process_time()
    action(text)
    return time.process_time() - begin


def grown(path: Path) -> tuple[float, float]:
    """Seconds for the longer text, and how many times those for the shorter one that is."""
    case = path.read_text(encoding="utf-8") + "\n\n"
    action = READERS[path.suffix]
    short = seconds(action, case, MEGABYTE // TIMES)
    long = seconds(action, case, MEGABYTE)
    return long, long / max(short, 1e-3)


def main() -> None:
    gc.set_threshold(*COLLECT_AFTER)  # as the command does
    whole("It rose [1].\n\n[1] https://a.example/b\n")
    dialects = FIXTURES / "dialects"
    folders = [dialects / name for name in sys.argv[1:]] or sorted(dialects.iterdir())
    cases = [path for folder in folders for path in sorted(folder.glob("input.*"))]
    found = [(*grown(path), path.parent.name) for path in cases if path.suffix in READERS]
    for long, growth, name in sorted(found, reverse=True):
        if growth >= TOO_MUCH and long >= SHORT_S:
            print(f"  {long:7.2f} s  growth {growth:5.1f}  {name}")
    longest = max(found, default=None)
    if longest is None:
        raise SystemExit("no such case in fixtures/dialects, or none of a format that is timed")
    print(f"{len(found)} cases of 1 MB; the longest takes {longest[0]:.2f} s: {longest[2]}")


if __name__ == "__main__":
    main()
