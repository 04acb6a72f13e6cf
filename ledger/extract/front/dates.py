"""Text -> the first day that is written in it.

Where only the order of two numbers would tell the day from the month, nothing is told: "03/04/2025"
is two days. With stops it is the day that comes first, wherever days are written so.
"""

from collections.abc import Iterator
from datetime import date

from ledger.extract.front.months import month_of
from ledger.patterns import later

_NAME = r"(?P<month>[^\W\d_][^\s\d,;:|()/\[\]–—-]{1,13}(?:\sال[^\W\d_]{4,6})?)"
"""A month: words of India have signs in them that are no letters, and some of Arabic are two."""
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})(?!\d)"
_OF = r"(?:de\s|del\s|di\s|of\s|d['’])?"
_PATTERNS = tuple(
    map(
        later,
        (
            rf"(?<!\d){_YEAR}(?P<sign>[-./])(?P<number>\d{{1,2}})(?P=sign){_DAY}(?!\d)",
            rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<number>\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]",
            rf"(?<![^\W\d_]){_NAME}\s{_DAY}(?:(?:st|nd|rd|th)?,|st|nd|rd|th)\s{_YEAR}",
            rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|[ºª°])?\.?,?\s{_OF}{_NAME},?\s{_OF}{_YEAR}",
            rf"(?<!\d){_YEAR}[.,]?\s{_NAME}\s{_DAY}(?!\d)",
            rf"(?<!\d){_DAY}-{_NAME}-{_YEAR}",
            rf"(?<!\d){_DAY}\s(?:tháng|thg)\s(?P<number>\d{{1,2}})(?:,|\snăm)?\s{_YEAR}",
            rf"(?<![\d.]){_DAY}\.\s?(?P<number>\d{{1,2}})\.\s?{_YEAR}",
            rf"(?<![\d/]){_DAY}/(?P<number>\d{{1,2}})/{_YEAR}",
        ),
    )
)
_BUDDHIST = range(2443, 2643)
"""Years from 1900 to 2099 as Thailand counts them."""
_AHEAD = 543
"""How many years that count is ahead."""
_ANY_YEAR = later(_YEAR)


def has_year(text: str) -> bool:
    """Whether a text has what each written day needs."""
    return _ANY_YEAR.search(text) is not None


def date_in(text: str) -> str | None:
    """The first day written in `text`, as ISO 8601; None when there is none that is sure."""
    return next((day for day, _, _ in dates_in(text) if day), None)


def dates_in(text: str, *, day_first: bool = False) -> Iterator[tuple[str | None, int, int]]:
    """Days that are written in a short text, and where, by the way in which they are written.

    A day is None where it may be either of two, unless it is known to come before the month.
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            slashed = "/" in match[0][1:3] and not day_first
            if days := _days(match.groupdict(), slashed=slashed):
                yield days[0] if len(days) == 1 else None, match.start(), match.end()


def _days(said: dict[str, str | None], *, slashed: bool) -> list[str]:
    """The days that exist, and that may be meant."""
    day, year = int(said["day"] or 0), int(said["year"] or 0)
    name = said.get("month")
    month = (month_of(name) if name else int(said.get("number") or 0)) or 0
    year -= _AHEAD if year in _BUDDHIST else 0
    orders = {(month, day), (day, month)} if slashed else {(month, day)}
    return [found for order in sorted(orders) if (found := _existing(year, *order))]


def _existing(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
