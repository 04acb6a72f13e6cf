"""A path at which there is nothing -> the file or folder that may have been meant."""

from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from unicodedata import normalize

_MOST_COMPARED = 2_000
"""Names of a folder that are looked through: to more of them comparing takes long."""


def near_file(path: Path) -> Path | None:
    """The file or folder with nearly this name; None if there is none. Never raises.

    The same path with the strokes of Windows the other way, or another name in its folder: in other
    capitals, in another spelling of its accents, or with a letter wrong.
    """
    turned = Path(str(path).replace("\\", "/"))
    try:
        if turned != path and turned.exists():
            return turned
        names = sorted(each.name for each in islice(turned.parent.iterdir(), _MOST_COMPARED))
    except (OSError, ValueError):  # no such folder, a name too long, a NUL
        return None
    folded = {normalize("NFC", name).casefold(): name for name in reversed(names)}
    near = get_close_matches(normalize("NFC", turned.name).casefold(), folded, n=1, cutoff=0.85)
    return turned.with_name(folded[near[0]]) if near else None
