"""What somebody says about an outlet -> facts as they are recorded.

One set of rules for the command line and for files: what a person types wrongly in either is
refused with what would be right.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ledger import outlets
from ledger.queries.knowledge import FACTS

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK
"""
COUNTRIES = frozenset(_CODES.split())
"""ISO 3166-1 alpha-2, as officially assigned, and XK (assigned by its users, for Kosovo)."""

LONGEST = 300
"""Characters of a name or value: the longest in the registry has 90."""

MOST_ALIASES = 100
"""No outlet has so many names: who gives more has put something else into that column."""

_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?", re.ASCII)


class WrongFactError(ValueError):
    """A value that no outlet can have. `field` names it; `remedy` says what would be right."""

    def __init__(self, field: str, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody says about the outlet `key`.

    Attributes:
        key: `Outlet.key`.
        facts: Of `FACTS` those that were said; None as a value: it is not known.
        aliases, dropped: Names that it has, and those that it has not.
        since, until: As in `Outlet`; None where not said.
    """

    key: str
    facts: Mapping[str, str | None]
    aliases: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def said(self) -> dict[str, object]:
        """The same as JSON values, without what was not said."""
        rest = {
            "aliases": list(self.aliases),
            "dropped": list(self.dropped),
            "since": self.since,
            "until": self.until,
        }
        return {**self.facts, **{name: value for name, value in rest.items() if value}}


def facts_of(
    key: str,
    values: Mapping[str, str | None],
    aliases: Iterable[str] = (),
    dropped: Iterable[str] = (),
    *,
    today: str,
) -> Facts:
    """Check what was typed.

    Args:
        key: Of the outlet.
        values: Of `FACTS`, "since" and "until" what was typed; None for what was not. "" says that
            it is not known.
        aliases, dropped: As typed.
        today: ISO date; what has not begun yet is refused.

    Raises:
        WrongFactError: A value is wrong, or nothing is said.
    """
    facts = {name: _fact(name, str(values[name])) for name in FACTS if values.get(name) is not None}
    since, until = (_date(name, values.get(name), today) for name in ("since", "until"))
    if since and until and until <= since:
        raise WrongFactError("until", f"{until} is not after {since}", "It ends after it begins")
    names, gone = _names("aliases", aliases), _names("dropped", dropped)
    if not (facts or names or gone):
        raise WrongFactError(
            "facts", "nothing is said about it", "Give a name, kind, country or owner"
        )
    if (names or gone) and until:
        raise WrongFactError("aliases", "a name cannot have a period", "Give it without until")
    return Facts(key, facts, names, gone, since, until)


def _fact(name: str, typed: str) -> str | None:
    value = text_of(name, typed)
    if not value:
        if name == "name":
            raise WrongFactError(name, "the name is empty", "An outlet has one")
        return None
    if name == "kind":
        value = value.lower()
        if value not in outlets.KINDS:
            kinds = ", ".join(outlets.KINDS)
            raise WrongFactError(name, f"{value!r} is not a kind of outlet", f"Kinds: {kinds}")
    if name == "country":
        value = value.upper()
        if value not in COUNTRIES:
            raise WrongFactError(
                name, f"{value!r} is not a country code", "Give two letters: US, GB (not UK), JP"
            )
    return value


def text_of(name: str, typed: str, longest: int = LONGEST) -> str:
    """A typed value on one line, NFC, without spaces around it.

    Raises:
        WrongFactError: It is too long, or holds what cannot be printed.
    """
    value = unicodedata.normalize("NFC", " ".join(typed.split()))
    if len(value) > longest:
        said = f"it has {len(value):,} characters"
        raise WrongFactError(name, said, f"At most {longest:,}")
    hidden = next((c for c in value if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co")), None)
    if hidden is not None:
        said = f"it holds U+{ord(hidden):04X}, which cannot be printed"
        raise WrongFactError(name, said, "Write it without")
    return value


def _names(field: str, typed: Iterable[str]) -> tuple[str, ...]:
    found = []
    for each in typed:
        name = text_of(field, each)
        if not outlets.words(name):
            raise WrongFactError(field, f"{name!r} has no letter or digit", "Give a name")
        found.append(name)
    names = tuple(sorted(dict.fromkeys(found)))
    if len(names) > MOST_ALIASES:
        raise WrongFactError(field, f"there are {len(names):,} names", f"At most {MOST_ALIASES}")
    return names


def _is_day(value: str) -> bool:
    """Whether a date has its day in the calendar; one without a day has none to lack."""
    if len(value) < len("2019-05-31"):
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _date(name: str, typed: str | None, today: str) -> str | None:
    value = (typed or "").strip()
    if not value:
        return None
    if not _DATE.fullmatch(value) or not _is_day(value):
        raise WrongFactError(name, f"{value!r} is not a date", "Give 2019, 2019-05 or 2019-05-31")
    if value > today:
        raise WrongFactError(name, f"{value} is in the future", ("Record it once it has happened"))
    return value
