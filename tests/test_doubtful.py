"""Numbers that may be markers are found, though forms are only tried where a figure is near."""

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.markers import doubtful as module
from ledger.extract.markers.doubtful import FORMS, doubtful

PIECES = [
    *("dam", " 1", "12", ", ", "2,3", ".", " ", "\n", "|", "）", "」", "水水", "は", "3。", "Q2."),
    *(
        "COVID-19.",
        "The",
        "$400.11 ",
        " and",
        "2014",
        "1999 4",
        "”",
        "(20214",
        "(2021)",
        "［3",
        "(5",
    ),
    *("leaked3. ", "weeks 2, ", "x" * 24 + " 4. ", "x" * 25 + "4. ", "(2021)5. ", "of gates6 and "),
    *("12345", "Roe 20213", "¥5", "€3", "tests1", " is", "x" * 61, " " * 70, "-" * 50, "नमस्ते", "%"),
]
LISTED = frozenset(map(str, range(1, 20)))


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_number_is_found_near_the_figures(text: str) -> None:
    near = [*doubtful(text, LISTED, frozenset())]

    with patch.object(module, "DOUBTFUL", re.compile(FORMS, re.M)):
        everywhere = [*doubtful(text, LISTED, frozenset())]

    assert near == everywhere
