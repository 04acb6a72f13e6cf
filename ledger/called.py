"""Title and address of an article -> what it is called where its title is shown."""

from urllib.parse import unquote

SHOWN_DIGITS = 12
"""Of the digest of a text without a name."""

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
