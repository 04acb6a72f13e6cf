"""A link or a note of another language of marks -> that of Markdown."""

import re


def as_link(match: re.Match[str]) -> str:
    """What a match links, with the groups `target` and `words`; the address alone without words."""
    words = " ".join((match["words"] or "").split())
    return f"[{words}]({match['target']})" if words else match["target"]


def as_note(match: re.Match[str]) -> str:
    """A note in the text, on one line; `match` has what it says as the group `said`."""
    return f"^[{' '.join(match['said'].split())}]"
