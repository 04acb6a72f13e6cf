"""A URL -> the same without a user name and password."""

import re

_CREDENTIALS = re.compile(
    r"^(?!mailto:)((?:[a-z][a-z0-9+.-]{0,30}:(?=/)|https?:)?[/\\]*)[^/?#]*@", re.I | re.A
)


def without_credentials(url: str) -> str:
    """`url` without "user:password@", for messages; never raises, whatever the shape."""
    return _CREDENTIALS.sub(r"\1", url)
