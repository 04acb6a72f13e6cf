"""What stands in the body of a page."""

import re

_BODY = re.compile(r"<body\b[^<>]*+>(.*?)(?:</body>|\Z)", re.DOTALL | re.I)
_HEAD = re.compile(r"<head\b[^<>]*+>(?:[^<]|<(?!/?head\b))*+</head>", re.I)


def inside_body(page: str) -> str:
    """The inside of the body of a page; all but its head where it has none."""
    found = _BODY.search(page)
    return found[1] if found else _HEAD.sub("", page, count=1)
