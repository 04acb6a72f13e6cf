"""How bytes became characters -> the finding that they may be others than were written."""

from ledger.counting import counted
from ledger.document import Finding
from ledger.extract.characters.charsets import UTF_8, charset_of
from ledger.extract.characters.decode import Decoded

_LONGEST_LABEL = 40
"""Of the name of a character set that a server sends."""


def garbled(decoded: Decoded) -> Finding | None:
    """That some characters may not be those that were written, and why; None where they are.

    Never raises.
    """
    if decoded.replaced:
        what = f"{counted(decoded.replaced, 'character')} cannot be read, and became \ufffd"
    elif decoded.conflict and decoded.charset != UTF_8:
        says = (decoded.declared or "")[:_LONGEST_LABEL]
        what = f"it was read as {decoded.charset}, and says that it is {says}"
        if charset_of(says) == decoded.charset:
            what = f"it was read as {decoded.charset}, which is doubtful"
    else:  # UTF-8 is certain: hardly anything else looks like it
        return None
    return Finding(code="garbled-text", detail=what)
