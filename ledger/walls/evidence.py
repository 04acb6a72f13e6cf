"""Page -> what speaks for each kind of wall, with a weight.

Weights: 1 supports, 2 speaks for it, 3 says it. `judge` adds them up and asks for more where more
of an article can be read. Names of products are here where their code is what a wall is made of.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from ledger import outlets
from ledger.counting import counted
from ledger.patterns import later
from ledger.walls.page import Page
from ledger.walls.phrases import phrases_of, said
from ledger.walls.said_of import says_of_itself
from ledger.walls.wall import Kind

COVERED = 0.55
"""Share of a title's segment that a phrase must make up to be what the title says."""
_SEGMENTS = later(r"\s[-|–—·•»]\s|[|»]")
_PUNCTUATION = later(r"^[\W_]+|[\W_]+$")
_PRICE = later(
    r"[$€£\d](?:(?<=\D)\s?\d{1,3}(?:[.,]\d\d)?"
    r"|(?<=\d)\d{0,2}(?:[.,]\d\d)?\s?(?:[$€£]|kr|zł|chf|usd|eur))"
    r"(?:\s{0,2}(?:/|a|per|pro|im|par|al|por|alla|na|i|för)\s{0,2}[a-z]{2,8})"
)
_PAYWALLS = ("paywall", "regwall", "pay-wall", "premium-gate", "subscribe-gate", "metered-content")
_PAYWALL_MARKUP = later(
    rb"""(?:class|id|data-[a-z-]{1,30})\s?=\s?["'][^"'<>]{0,200}?"""
    rb"(?:%s)" % "|".join(_PAYWALLS).encode()
)
_PLACES, _BEFORE = 200, 250
"""How many places with each word are looked at, and how far before one its attribute begins."""
_CHALLENGE = (
    "_cf_chl_opt",
    "/cdn-cgi/challenge-platform",
    "cf-browser-verification",
    "captcha-delivery.com",
    "px-captcha",
    "_incapsula_resource",
    "awswafcookiedomainlist",
    "gokuprops",
    "geetest",
    "sec-if-cpt-container",
    "/_sec/cp_challenge",
    "ddos-guard",
    "kpsdk",
)
"""What the pages of widespread challenges load or set, in lower case."""
_CAPTCHA = ("g-recaptcha", "h-captcha", "cf-turnstile", "hcaptcha.com", "recaptcha/api", "captcha")
_CONSENT_WORDS = """
    cookie consent privac partner gdpr dsgvo rgpd datenschutz einwillig zustimm tracking
    anzeigen publicit werbung confidential privad consentim konsent prywatn plik toestemming
    privé персональн согласи конфиденц файл 隐私 同意 合作伙伴 广告 プライバシー クッキー 개인정보
    쿠키
""".split()
"""Parts of words; counted one by one, which is faster than one pattern of them all."""
_CONSENT_PLACE = later(
    r"consent|cookie-?wall|privacy-?(?:gate|wall|portal|mgmt)|gdpr|dsgvo|rgpd|cmp"
)
_LOGIN_PLACE = later(
    r"(?:^|[/.])(?:log-?in|sign-?in|auth|sso|oauth2?|authorize|anmelden|connexion|accounts?"
    r"|identity|cas|openid|session/new|wp-login\.php)(?:[/.]|$)"
)
_MISSING_PLACE = later(
    r"(?:^|[/_.-])(?:404|not-?found|page-not-found|error(?:404)?|missing)(?:[/_.-]|$)"
)
_ERROR_NUMBER = later(r"(?:\S{1,20}\s){0,2}(?:404|410)\b(?:\W{0,3}\S{1,20}){0,3}.{0,3}")
_HOME = later(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default|main|start|accueil|inicio|startseite)"
    r"(?:\.[a-z]{2,5})?/?)?",
)

_NAMING = {"p", "id", "page_id", "article", "story"}
"""Parameters with which content systems name a page at the root of a site."""


class Evidence(NamedTuple):
    """One thing that speaks for a wall: its weight (see above), and what it is, in words."""

    weight: int
    reason: str


class _Look(NamedTuple):
    """One look at a page: what it may find weighs `most` in all."""

    most: int
    find: Callable[[Page, Kind], Iterator[Evidence]]
    long: bool = False
    """Whether it goes through all that the page shows or has as markup."""


def evidence_of(page: Page, kind: Kind, needed: int = 0) -> list[Evidence]:
    """What speaks for `page` being a wall of `kind`, strongest first; empty when nothing does.

    Empty, too, where it cannot weigh as much as is `needed`: short looks are taken first, and
    most honest pages need no other.
    """
    looks = _LOOKS[kind]
    found: list[list[Evidence]] = [[] for _ in looks]
    possible = sum(look.most for look in looks)
    for place in sorted(range(len(looks)), key=lambda place: looks[place].long):
        if possible < needed:
            return []
        found[place] = [*looks[place].find(page, kind)]
        possible -= looks[place].most - sum(each.weight for each in found[place])
    return sorted(chain.from_iterable(found), key=lambda each: -each.weight)


def _heads(page: Page, kind: Kind) -> Iterator[Evidence]:
    """Phrases in its title and its heading."""
    phrases = phrases_of(kind)
    in_title = titled(page.title, phrases.title)
    if in_title:
        yield Evidence(3, f"its title says “{in_title}”")
    in_heading = titled(page.heading, phrases.title)
    if in_heading:
        yield Evidence(1 if in_title else 3, f"its heading says “{in_heading}”")


def _strong(page: Page, kind: Kind) -> Iterator[Evidence]:
    """Phrases in its text. Further ones of a sort weigh 1 in all."""
    strong = [*said(phrases_of(kind).strong, *_text(page, kind))]
    if kind == "paywall" and strong:
        strong = [phrase for phrase in strong if says_of_itself(page, phrase)]
    if strong:
        yield Evidence(3 if kind == "paywall" else 2, f"it says “{strong[0]}”")
    if len(strong) > 1:
        yield Evidence(1, f"it says “{strong[1]}”")


def _weak(page: Page, kind: Kind) -> Iterator[Evidence]:
    weak = next(said(phrases_of(kind).weak, *_text(page, kind)), None)
    if weak:
        yield Evidence(1, f"it says “{weak}”")


def _text(page: Page, kind: Kind) -> tuple[str, Set[str]]:
    """What it shows, and what stands between the spaces of that."""
    if kind == "js-shell" and page.noscript:
        text = f"{page.text} {page.noscript}"
        return text, frozenset(text.split(" "))
    return page.text, page.words


def titled(title: str, phrases: Sequence[str]) -> str | None:
    """The phrase that makes up most of a segment of a title (lower case); None when none does."""
    for each in dict.fromkeys((title, *_SEGMENTS.split(title))):
        segment = _PUNCTUATION.sub("", each)
        least = COVERED * len(segment)
        for phrase in phrases:
            if len(phrase) >= least and phrase in segment:
                return phrase
    return None


def _challenge(page: Page, _: Kind) -> Iterator[Evidence]:
    challenge = page.first_of(_CHALLENGE)
    if challenge:
        yield Evidence(2, f"it loads a challenge ({challenge})")
    elif page.first_of(_CAPTCHA):
        yield Evidence(1, "it has a CAPTCHA")


def _answered(weights: Mapping[int, int]) -> Callable[[Page, Kind], Iterator[Evidence]]:
    """A look at the status, with the weight of those that speak for the wall."""

    def find(page: Page, _: Kind) -> Iterator[Evidence]:
        weight = weights.get(page.status or 0)
        if weight is not None:
            yield Evidence(weight, f"the server answered {page.status}")

    return find


def _moved(place: re.Pattern[str]) -> Callable[[Page, Kind], Iterator[Evidence]]:
    """A look at where the address led."""

    def find(page: Page, _: Kind) -> Iterator[Evidence]:
        found = _moved_to(page, place)
        if found:
            yield Evidence(3, f"the address led to {found}")

    return find


def _about_consent(page: Page, _: Kind) -> Iterator[Evidence]:
    words = sum(map(page.text.count, _CONSENT_WORDS))
    if words >= 3 and words * 25 >= len(page.text.split()):
        yield Evidence(2, "most of what it says is about cookies, privacy and consent")


def _password(page: Page, _: Kind) -> Iterator[Evidence]:
    if page.asks_password:
        yield Evidence(2, "it asks for a password")


def _data(page: Page, _: Kind) -> Iterator[Evidence]:
    if page.free is False:
        yield Evidence(3, "its data says that it is not free to read (isAccessibleForFree)")
    if page.first_of(["content_tier"]) and page.metas.get("article:content_tier") == "locked":
        yield Evidence(2, "its data says that it is locked (content_tier)")


def _markup(page: Page, _: Kind) -> Iterator[Evidence]:
    if page.first_of(_PAYWALLS) and _has_paywall(page.html):
        yield Evidence(1, "its markup has a paywall")


def _price(page: Page, _: Kind) -> Iterator[Evidence]:
    if _PRICE.search(page.text):
        yield Evidence(1, "it names a price by the month or week")


def _has_paywall(html: bytes) -> bool:
    """Whether an element is named like a paywall."""
    for word in map(str.encode, _PAYWALLS):
        place = html.find(word)
        for _ in range(_PLACES):
            if place < 0:
                break
            if _PAYWALL_MARKUP.search(html, max(0, place - _BEFORE), place + len(word)):
                return True
            place = html.find(word, place + len(word))
    return False


def _missing(page: Page, _: Kind) -> Iterator[Evidence]:
    numbered = next(filter(_ERROR_NUMBER.fullmatch, (page.title, page.heading)), None)
    if numbered:
        yield Evidence(3, f"its title or heading is “{numbered}”")
    if page.metas.get("prerender-status-code", "") in ("404", "410"):
        yield Evidence(3, "it tells crawlers that its status is 404")
    places = (page.final, page.metas.get("canonical"), page.metas.get("og:url"))
    if any(_path_says(each, _MISSING_PLACE) for each in places if each):
        yield Evidence(2, "its address is that of an error page")
    if "noindex" in page.metas.get("robots", ""):
        yield Evidence(1, "it tells crawlers to forget it")


def _shell(page: Page, _: Kind) -> Iterator[Evidence]:
    if page.all_words > 40:
        return
    if page.mount:
        yield Evidence(2, "an empty element waits for a script to fill it")
    if page.script_files + bool(page.script_length > 500) >= 2:
        weight = 2 if page.all_words <= 5 else 1
        yield Evidence(
            weight,
            f"it has {counted(page.all_words, 'word')} and "
            f"{counted(page.script_files, 'script file')}",
        )


_SAID = (_Look(4, _heads), _Look(3, _strong, long=True), _Look(1, _weak, long=True))
_LOOKS: dict[Kind, tuple[_Look, ...]] = {
    "bot-check": (
        *_SAID,
        _Look(2, _challenge, long=True),
        _Look(1, _answered(dict.fromkeys((403, 405, 429, 503), 1))),
    ),
    "consent": (*_SAID, _Look(3, _moved(_CONSENT_PLACE)), _Look(2, _about_consent, long=True)),
    "login": (
        *_SAID,
        _Look(3, _moved(_LOGIN_PLACE)),
        _Look(2, _password),
        _Look(2, _answered({401: 2, 407: 2})),
    ),
    "paywall": (
        _Look(4, _heads),
        _Look(4, _strong, long=True),
        _Look(1, _weak, long=True),
        _Look(5, _data),
        _Look(1, _markup, long=True),
        _Look(1, _price, long=True),
        _Look(3, _answered({402: 3})),
    ),
    "soft-404": (*_SAID, _Look(9, _missing)),
    "js-shell": (*_SAID, _Look(4, _shell, long=True)),
}
"""Evidence of one weight is given in this order."""


def leads_home(requested: str, final: str) -> bool:
    """Whether a page was asked for and a home page answered.

    A single short word on another host may be a short link to that home page: False.
    """
    try:
        asked, came = urlsplit(requested), urlsplit(final)
    except ValueError:
        return False
    if _HOME.fullmatch(asked.path) or not _HOME.fullmatch(came.path):
        return False
    kept = dict(parse_qsl(came.query))
    if kept.keys() & _NAMING or kept.items() & dict(parse_qsl(asked.query)).items():
        return False  # /story.php?no=7 may have become /?no=7
    steps = [step for step in asked.path.split("/") if step]
    one, other = (outlets.registrable((each.hostname or "").lower()) for each in (asked, came))
    return one == other or len(steps) > 1 or len(steps[0]) > 12


def _moved_to(page: Page, place: re.Pattern[str]) -> str | None:
    """The final address, when it is such a place and the one asked for was not; else None."""
    if not page.final or page.final == page.requested:
        return None
    if not _place_says(page.final, place) or _place_says(page.requested or "", place):
        return None
    return page.final[:200]


def _place_says(url: str, place: re.Pattern[str]) -> bool:
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return False
    return bool(place.search(parts.path) or place.search((parts.hostname or "").rpartition(".")[0]))


def _path_says(url: str, place: re.Pattern[str]) -> bool:
    try:
        return place.search(urlsplit(url.lower()).path) is not None
    except ValueError:
        return False
