"""A list of pages without numbers -> whether it is told that the text links none of them."""

import pytest
from readings import noon

from ledger.inputs import Received
from ledger.pipeline.read import read

LIST = "\n\n## Sources\n\n- [Dams](https://a.example/d)\n- [Rain](https://b.example/r)\n"
MORE = "- [Snow](https://c.example/s)\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It fell." + LIST + MORE, True),
        ("It fell, [she says](https://d.example/)." + LIST + MORE, True),
        ("It fell, [she says](https://c.example/s)." + LIST + MORE, False),
        ("It fell." + LIST, False),
        ("It fell [1]." + LIST.replace("- [", "1. [") + MORE.replace("- [", "1. ["), False),
    ],
    ids=["none", "another", "one", "few", "numbered"],
)
def test_that_a_text_links_none_of_a_list_is_told(text: str, told: bool) -> None:
    received = Received("a.md", "file:///a.md", "file:///a.md", text.encode(), noon())
    reading = read(received)
    assert reading.article is not None
    codes = [finding.code for finding in reading.article.findings]
    assert ("unnumbered-list" in codes) is told
