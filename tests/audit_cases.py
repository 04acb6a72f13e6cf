"""The ledgers that the tests of audits share."""

from collections.abc import Sequence

from ledger_of import Named, Nav, Said, Text, linking

from ledger.document import Finding, Reference
from ledger.entry import Entry
from ledger.model import Outlet, Reading

GAZETTE = Outlet.make(key="a.example", name="A Gazette", domain="a.example", kind="newspaper")
NORTH = Outlet.make(
    key="north.example",
    name="Northern Wire",
    domain="north.example",
    kind="wire",
    country="GB",
    owner="Northern Group",
)
SOUTH = Outlet.make(
    key="south.example", name="South Daily", domain="south.example", kind="newspaper", country="JP"
)
EAST = Outlet.make(key="east.example", name="East TV", domain="east.example", kind="broadcaster")
WEST = Outlet.make(key="west.example", name="West Radio", domain="west.example")
OUTLETS = (GAZETTE, NORTH, SOUTH, EAST, WEST)

RIVER = ("The river",)
HOMES = ("The river", "The homes")


def _listed(marker: str | None, title: str | None, *urls: str) -> Reference:
    raw = title or f"[{marker}] {urls[0]}"
    return Reference(marker=marker, raw=raw, url=urls[0] if urls else None, urls=urls, title=title)


RAIN = Text(
    url="https://a.example/rain",
    fields={
        "title": "Rain over Exampleton",
        "byline": ("A. Writer", "B. Writer"),
        "published": "2025-05-23",
        "dateline": "Exampleton",
        "language": "en",
    },
    said=(
        Said("Rain over Exampleton", kind="not-a-claim"),
        Said("Rain fell on Exampleton for nine days.", [["1"]]),
        Said("No one was hurt.", [["1", "2"]]),
        Said("The river", kind="not-a-claim"),
        Said(
            "The river rose by two metres, and the bridge was closed.",
            [["2"], ["3"]],
            section=RIVER,
        ),
        Said("The town spent its reserve.", [["3"]], section=RIVER),
        Said("It had saved for ten years.", kind="covered", section=RIVER),
        Said(
            "West Radio spoke of a thousand homes.",
            named=[Named("West Radio", "west.example")],
            section=HOMES,
        ),
        Said("Many of them stand empty.", section=HOMES),
        Said("Will it rain again?", kind="not-a-claim", section=HOMES),
        Said(
            "Boats reached the upper town.",
            [["https://east.example/live"], [Nav("https://a.example/topic/rain")]],
            section=HOMES,
        ),
        Said(
            "The weather office had warned on Monday.",
            [["4"]],
            [Named("The weather office")],
            section=HOMES,
        ),
        Said(
            "A photograph shows the square under water.",
            [["5"]],
            [Named("Northern", "north.example", 0)],
            section=HOMES,
        ),
        Said("The mayor keeps a diary.", [["6"]], section=HOMES),
    ),
    pages={
        "1": "https://north.example/1",
        "2": "https://south.example/2",
        "4": "no-address",
        "5": ("https://blog.example/a", "https://north.example/copy"),
        "6": "file:///diary.txt",
    },
    references=(
        _listed("1", "Nine days", "https://north.example/1"),
        _listed("2", "The bridge", "https://south.example/2"),
        _listed("4", "A letter"),
        _listed("5", "A photograph", "https://blog.example/a", "https://north.example/copy"),
        _listed("6", None, "file:///diary.txt"),
        _listed("7", "An almanac", "https://east.example/almanac"),
        _listed(None, "Live pictures", "https://east.example/live"),
    ),
    findings=(
        Finding(code="citation-lost", detail="a citation seems to have been stripped here", at=60),
        Finding(code="reference-never-cited", detail="[7] is listed and never cited: An almanac"),
        Finding(
            code="citation-lost",
            detail="a citation seems to have been stripped here, too",
            at=270,
        ),
        Finding(code="reference-without-address", detail="[4] has no address: A letter"),
    ),
)
"""Of everything a little; fixtures/audit-of-one-article/ says what an audit of it is."""


def the_letter(readings: Sequence[Reading]) -> Sequence[Entry]:
    """A person says where marker 4 of `RAIN` leads."""
    return linking(
        readings[0], "4", "https://south.example/archive", "the letter was printed there"
    )


SNOW = Text(
    url="https://a.example/snow",
    fields={"title": "Snow over Exampleton"},
    said=(
        Said("Snow fell.", [["1"]]),
        Said("It melted.", [["9"]]),
        Said("Nobody counted it."),
    ),
    pages={"1": "https://south.example/snow", "9": "no-reference-list"},
)

HOSTILE_WORDS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![see](https://tracker.example/pixel)",
    "<javascript:alert(1)>",
    "a | b | c",
    "`code` ``code``",
    "**bold** _it_ ~~gone~~ $x$",
    "&lt;b&gt; &#106;avascript",
    "# heading",
    "- item",
    "1. item",
    "[x] done",
    "[1]: https://evil.example/",
    "[^1]: note",
    "> quote",
    "    indented",
    "```\nfence",
    "---",
    "===",
    "first\n\n# second",
    "first\n| a | b |\n| --- | --- |",
    "first\r\n===",
    '=HYPERLINK("https://evil.example")',
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "'=1",
    "\x1b[31mred\x1b]8;;https://evil.example\x07",
    "\x9b31m",
    "\u202etxt.exe\u202c",
    "\u2028line",
    "</title><svg onload=alert(1)>",
    "\\[escaped](javascript:alert(1))",
    'https://evil.example/"onmouseover=alert(1)',
)
"""What somebody may write who wants an audit to do something."""
