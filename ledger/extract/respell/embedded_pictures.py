"""A text with the data of pictures in it -> the text without: "[image1]: <data:image/png;…>".

Word processors export each picture and formula as a definition below the text. Its label is none of
the reference list, and where the text shows the picture there is no marker. Of a picture that is
written in place, longer than any address, only the media type is kept.
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_SIGN = "data:image/"
_WITHIN = later(r"(?P<head>\]\(<?|<|[sS][rR][cC]=\"|[sS][rR][cC]=')data:image/[^\s<>()\"']*+")
_DEFINED = later(r"^ {0,3}\[(?P<label>[^\[\]\n]{1,80})\]:[ \t]{1,4}<?data:[^\n]*+$", re.M)
_NAMED = later(r"!\[[^\[\]\n]{0,300}\]\[(?P<label>[^\[\]\n]{1,80})\] ?")


def without_embedded_pictures(text: str) -> str:
    """The text without definitions of pictures as data, and without what names them.

    A picture as data within a link keeps nothing but its kind.
    """
    if not holds(text, _SIGN):
        return text
    text = _WITHIN.sub(r"\g<head>data:", text)
    labels = {label.casefold() for label in _DEFINED.findall(text)}

    def shown(match: re.Match[str]) -> str:
        if match["label"].casefold() not in labels:
            return match[0]
        apart = match.start() and not match.string[match.start() - 1].isspace()
        return " " if apart and match[0].endswith(" ") else ""

    return _NAMED.sub(shown, _DEFINED.sub("", text))
