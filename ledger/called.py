"""What an article, and a few words of it, are called where they are shown."""

from collections.abc import Sequence
from urllib.parse import unquote

SHOWN_DIGITS = 12
"""Of the digest of a text without a name."""

LONGEST_ALONE = 30
"""Characters of words that say too little without what stands above them, as those of a cell."""
_STOPS = (".", "!", "?", "…", "。", "！", "？", "।", "؟")

_DIGEST = "urn:sha256:"
"""Before the digest of a text that came without a name."""


def called(title: str | None, url: str) -> str:
    """Its title; without one the name of its file, "pasted text" and its digest, or its address.

    Never the folders of a file: what is handed on need not say whose they are. Where addresses are
    shown they stand whole. Not made safe: a title and a name may have any character.
    """
    if title:
        return title
    if url.startswith(_DIGEST):
        return f"pasted text {url.removeprefix(_DIGEST)[:SHOWN_DIGITS]}"
    if url.startswith("file:"):
        path, sign, conversation = url.partition("#")
        return unquote(path.rpartition("/")[2] + sign + conversation) or url
    return url


def placed(words: str, section: Sequence[str]) -> str:
    """The words of a claim, where they are few with what stands above them.

    Of a cell that is its row and its column: "£2.4 million (Sluice gates › Cost)".
    """
    if not section or len(words) > LONGEST_ALONE or words.endswith(_STOPS):
        return words
    return f"{words} ({' › '.join(section[-2:])})"
