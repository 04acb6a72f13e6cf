"""How fast pages are read, beside a body finder alone, and what hostile ones cost.

    python benchmarks/pages.py [FOLDER_OF_HTML]

Processor time, both sides in one process, in turns, the best round counts. Without a folder it
reads the fixtures, which are small. trafilatura is optional.
"""

import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ledger.extract.html import read_html
from ledger.inputs import Received
from ledger.pipeline.read import read

ROUNDS = 3
MEGABYTE = 1_000_000
NOW = datetime(2025, 1, 1, tzinfo=UTC)
REPEATED = (  # a megabyte of each
    "<div>", "<span>x ", "<b><i><p>", "x ", "x", "<a href='https://a.example/1'>w ",
    "<tr><td colspan=1000000 rowspan=100000>x", "<table>", "<table><tr><td>", "&amp;&#x41;",
    "<!--x-->", "<!--", "<", "<a ", '<p a="', "<p a=", "<a href='#x'>1</a>", "<ul><li>",
    "<sup>1</sup>", "[", "[1]", "*_`", "x<br>", "<h2>References</h2>", "<p>Sources</p>",
    "<h2>References</h2><p>[1] http://a.example", "<form><input>", "<select><option>x", "a\0b ",
    "<svg><g>", "<pre>x\n", "<template>", " ", "<frameset>", "<blockquote>x", "<ruby><rt>x",
    "<meta name=author content=x>", "<title><p>x", "<p>One sentence here, and more of it. ",
    "<p>[1] https://a dot b", "<div class='references'>", "<li id=n><a href='#n'>[1]</a>",
    "<footer><h2>References</h2>", "<a href='", "<script>", "<sup data-a='a b c'>1</sup>",
    "<span class=Z3988 title='a=b'>", "<p>\u202e\u200b", "<figure><img>",
    "<h3><a href=a>x</a></h3>",
)  # fmt: skip


def built() -> dict[str, str]:
    """Hostile pages that are no repetition."""
    return {
        "attributes": f"<p {' '.join(f'a{n}=1' for n in range(110_000))}>x",
        "quoted attributes": "<p " + " ".join(f"a{n}='>'" for n in range(90_000)) + ">x",
        "closed depth": f"{'<div>' * 90_000}x{'</div>' * 90_000}",
        "spaces in an address": f"<a href='{' ' * MEGABYTE}'>x</a>",
        "notes": "".join(f"<a href='#n{n}'>[{n}]</a>" for n in range(9000))
        + "".join(f"<p id=n{n}>x</p>" for n in range(9000)),
        "one note": "<p>" + "<sup><a href='#m'>[1]</a></sup>" * 25_000 + "<p id=m>Note.",
        "notes in one block": "".join(f"<a href='#n{n}'>[{n}]</a>" for n in range(9000))
        + f"<p>{''.join(f'<a id=n{n}>x</a>' for n in range(9000))}",
        "note of many pieces": "<p><a href='#n'>[1]</a>" * 3000
        + f"<p><a id=n href='#r'>[1]</a>{'<i></i>' * 90_000}</p><p>Roe.",
        "bodies of a table": f"<table>{'<tbody><tr><td>1.<td>x' * 40_000}",
        "terms": "".join(f"<a href='#n{n}'>[{n}]</a>" for n in range(9000))
        + f"<dl>{''.join(f'<dt id=n{n}>[{n}]<dd>x' for n in range(9000))}",
        "json": f"<script type='application/ld+json'>{'[' * MEGABYTE}",
        "counting": "".join(f"<p>[{n}] http://a.example/{n}" for n in range(9_999)),
        "classes": "".join(f"<p id=a{n} class='b{n} c{n}'>w" for n in range(30_000)),
    }


def all_read(side: Callable[[bytes], object], bodies: Sequence[bytes]) -> None:
    for body in bodies:
        side(body)


def seconds(action: Callable[[], object]) -> float:
    begin = time.process_time()
    action()
    return time.process_time() - begin


def throughput(folder: Path) -> None:
    bodies = [path.read_bytes() for path in sorted(folder.rglob("*.html"))]
    sides: dict[str, Callable[[bytes], object]] = {
        "ledger: body, citations, metadata, claims": lambda body: read(
            Received("a.html", "https://a.example/", "https://a.example/", body, NOW, "text/html")
        )
    }
    try:
        import trafilatura

        sides["trafilatura: body alone"] = trafilatura.extract
    except ImportError:
        print("trafilatura is not installed: nothing to compare with")
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(ROUNDS):
        for name, side in sides.items():
            best[name] = min(best[name], seconds(partial(all_read, side, bodies)))
    for name, took in best.items():
        print(f"{len(bodies) / took:8.1f} pages/s  {name}")


def hostile() -> None:
    shapes = {piece: piece * (MEGABYTE // len(piece)) for piece in REPEATED} | built()
    worst = sorted(
        ((seconds(partial(read_html, text)), name) for name, text in shapes.items()), reverse=True
    )
    print(f"{len(shapes)} hostile pages of about 1 MB; the slowest:")
    for took, name in worst[:12]:
        print(f"{took:8.2f} s  {name!r}")


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "fixtures"
    throughput(given)
    hostile()
