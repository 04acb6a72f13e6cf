"""Address -> the page itself, freed of archives, AMP copies, redirectors and proxies.

An archived copy, an AMP edition or a search engine's redirect is a way to a page, not another page;
who publishes is asked of the page. `RULES` has one row per rule: it applies to the hosts it names
and to all below them, and where its pattern matches, what it captured leads to the inner address.
A new wrapper is a new row and a test.
"""

import base64
import binascii
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, NamedTuple
from urllib.parse import unquote

from ledger.urls.spelling import normalise, upwards

Hidden = Literal["archive", "expiring", "redirect", "short-link"]


class Unwrapped(NamedTuple):
    """The address of a page, freed of what stood around it.

    Attributes:
        url: The page itself, normalised; None when there is no usable address.
        wrapper: The outermost thing undone ("web.archive.org", "amp", "google-redirect"); None when
            nothing was.
        hidden: Why `url` may still not be the page itself: an archived copy under a code; a
            redirect, or one that expires; a short link. None when nothing suggests so.
    """

    url: str | None
    wrapper: str | None = None
    hidden: Hidden | None = None


class Rule(NamedTuple):
    """One way to wrap an address.

    Attributes:
        wrapper: Its name.
        hosts: Domains it applies to, separated by spaces; "google" is Google in every country,
            "*" any host.
        pattern: Regular expression over "host/path?query" of the normalised address, matched from
            the start. Its groups, one after the other, are the inner address.
        decode: How to read them; None for an address in the clear or percent-encoded.
        sign: What there is in each address that matches; most have it not, and are not matched.
    """

    wrapper: str
    hosts: str
    pattern: str
    decode: Callable[[str], str | None] | None = None
    sign: str = ""


Rules = tuple[tuple[Rule, re.Pattern[str]], ...]


def _parameter(names: str, path: str = "/[^?]*") -> str:
    """Pattern for an inner address that is the value of one of these query parameters."""
    return rf"[^/]+{path}\?(?:.*?&)??(?:{names})=([^&]+)"


def _base64(text: str) -> str | None:
    """First address that base64url text holds; None when it holds none (newer ids are opaque)."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return None
    found = re.search(rb"https?://[!-~]+", data)
    return found[0].decode("ascii") if found else None


def _hyphens(text: str) -> str:
    """Google Translate writes the dots of a host as hyphens, and its hyphens as two."""
    name, slash, rest = text.partition("/")
    return name.replace("--", " ").replace("-", ".").replace(" ", "-") + slash + rest


def _proofpoint(text: str) -> str:
    """Version 2 writes the percent sign as a hyphen and the slash as an underscore."""
    return unquote(text.replace("-", "%").replace("_", "/"))


def _bing(text: str) -> str | None:
    return _base64(text[2:]) if text.startswith("a1") else None


def _rferl(text: str) -> str:
    return text.replace("/amp/", "/a/", 1)


def _story(text: str) -> str | None:
    """What is left must be a story, named by a number or a slug; else "amp" is a page."""
    segment = text.partition("?")[0].partition("/")[2].rpartition("/")[2]
    return text if segment.count("-") > 1 or re.search("[0-9]", segment) else None


def _video(text: str) -> str:
    return f"https://youtube.com/watch?v={text}"


_ARCHIVE_TODAY = "archive.today archive.ph archive.is archive.li archive.fo archive.md archive.vn"
_DATED = "arquivo.pt archive-it.org nationalarchives.gov.uk loc.gov mementoweb.org vefsafn.is"
_AFTER_HOST = r"[^/]+/(https?:.+)"
_AMP_HOSTS = (
    "9news.com.au abc.net.au dailycaller.com dw.com economist.com elmundo.es elperiodico.com"
    " france24.com ft.com kansascity.com lefigaro.fr lepoint.fr marca.com miamiherald.com"
    " newsobserver.com nzherald.co.nz reddit.com rfi.fr sacbee.com scmp.com smh.com.au"
    " theage.com.au theatlantic.com theguardian.com usatoday.com"
)
"""Publishers whose `amp.` host has the same paths as the main one."""
_RFERL = (
    "azathabar.com azatliq.org azattyq.org azattyk.org currenttime.tv idelreal.org kavkazr.com"
    " krymr.com ozodi.org ozodlik.org radiosvoboda.org rferl.org severreal.org sibreal.org"
    " svaboda.org svoboda.org"
)
"""Sites of one newsroom, where an AMP copy at /amp/ belongs to an article at /a/."""

RULES = (
    Rule(
        "web.archive.org",
        "web.archive.org",
        r"[^/]+/(?:web|save(?:/_embed)?)/(?:[0-9*]{1,14}[a-z_*]{0,5}/)?(.+)",
    ),
    Rule("web.archive.org", "archive.org", r"[^/]+/web/(?:[0-9*]{1,14}[a-z_*]{0,5}/)?(https?:.+)"),
    Rule(
        "archive.today",
        _ARCHIVE_TODAY,
        r"[^/]+/(?:o/\w+/|newest/|oldest/|timegate/|[0-9.-]{4,20}/)?(https?:.+)",
    ),
    Rule("archive.today", _ARCHIVE_TODAY, _parameter("url")),
    Rule("ghostarchive.org", "ghostarchive.org", r"[^/]+/varchive/youtube/\d+/([\w-]{11})", _video),
    Rule("ghostarchive.org", "ghostarchive.org", _parameter("term|url")),
    Rule("webcitation.org", "webcitation.org", _parameter("url")),
    Rule("web-archive", _DATED, r"[^?]*?/[0-9]{4,14}(?:[a-z]{2}_)?/(https?:.+)"),
    Rule(
        "google-cache",
        "webcache.googleusercontent.com",
        r"[^/]+/search\?(?:.*?&)??q=cache:(?:[\w-]{12}:)?([^&+]+)",
    ),
    # readers that stand in front of a page
    Rule("12ft.io", "12ft.io", _parameter("q")),
    Rule("12ft.io", "12ft.io", _AFTER_HOST),
    Rule("r.jina.ai", "r.jina.ai", _AFTER_HOST),
    Rule("outline.com", "outline.com", _AFTER_HOST),
    Rule("freedium", "freedium.cfd freedium-mirror.cfd", _AFTER_HOST),
    Rule("removepaywall", "removepaywall.com removepaywalls.com 1ft.io smry.ai", _AFTER_HOST),
    Rule("txtify.it", "txtify.it", _AFTER_HOST),
    Rule("google-viewer", "docs.google.com", _parameter("url", "/g?view(?:er)?")),
    Rule("office-viewer", "view.officeapps.live.com", _parameter("src")),
    # AMP
    Rule("amp", "cdn.ampproject.org bing-amp.com", r"[^/]+/(?:c|v|wp|i|a)/(?:s/)?(.+)"),
    Rule("amp", "google bing.com", r"[^/]+/amp/(?:s/)?(.+)"),
    Rule("amp", "cnn.com", r"amp\.(cnn\.com/)cnn/(.+)"),
    Rule("amp", _AMP_HOSTS, r"amp\.(.+)"),
    Rule("amp", "ria.ru slovoidilo.ua", r"([^/]+)/amp(/.+)"),
    Rule("amp", "bbc.com bbc.co.uk", r"([^/]+/(?:news|sport))/amp(/.+)"),
    Rule("amp", _RFERL, r"([^/]+/amp/.+)", _rferl),
    Rule("amp", "*", r"([^?]+)/amp(\?.*)?$", _story, sign="/amp"),
    Rule("amp", "*", r"([^?]+)\.amp((?:\.html)?(?:\?.*)?)$", sign=".amp"),
    # editions for telephones and for other pages
    Rule("mobile", "wikipedia.org wiktionary.org wikinews.org", r"([^/.]+)\.m(\.[^/]+/.+)"),
    Rule("youtube", "youtu.be", r"[^/]+/([\w-]{11})(?:[?&].*)?$", _video),
    Rule(
        "youtube",
        "youtube.com",
        r"[^/]+/watch\?(?!(?:.*&)?lc=)(?:.*?&)??v=([\w-]{11})(?:&.*)?$",
        _video,
    ),
    Rule(
        "youtube",
        "youtube.com youtube-nocookie.com",
        r"[^/]+/(?:embed|live|shorts|v)/(?!videoseries|live_stream)([\w-]{11})(?:[/?].*)?$",
        _video,
    ),
    # translation
    Rule("google-translate", "translate.goog", r"([^/]+)\.translate\.goog(/.*)", _hyphens),
    Rule("google-translate", "google", _parameter("u", "/(?:translate|website)")),
    Rule("microsoft-translator", "microsofttranslator.com translatetheweb.com", _parameter("a")),
    Rule("yandex-translate", "translate.yandex.ru translate.yandex.com", _parameter("url")),
    # redirectors
    Rule("google-redirect", "google", _parameter("q|url", "/url")),
    Rule("google-redirect", "google", _parameter("imgrefurl", "/imgres")),
    Rule("google-news", "news.google.com", r"[^?]*/(?:articles|read)/(CBM[\w-]+)", _base64),
    Rule("duckduckgo", "duckduckgo.com", _parameter("uddg", "/l")),
    Rule("bing", "bing.com", _parameter("u", "/ck/a"), _bing),
    Rule("yahoo", "r.search.yahoo.com", r"[^?]*?/RU=([^/]+)"),
    Rule("yandex", "yandex.ru yandex.com", _parameter("url", "/(?:redir|turbo|clck/jsredir)")),
    Rule("facebook", "facebook.com instagram.com messenger.com", _parameter("u", "/(?:l\\.php)?")),
    Rule("threads", "l.threads.net l.threads.com", _parameter("u")),
    Rule("linkedin", "linkedin.com", _parameter("url", "/(?:redir/redirect|safety/go)")),
    Rule("medium", "medium.com", _parameter("url", "/r")),
    Rule("reddit", "out.reddit.com", _parameter("url")),
    Rule("steam", "steamcommunity.com", _parameter("u|url", "/linkfilter")),
    Rule("telegram", "t.me", _parameter("url", "/iv")),
    Rule("tumblr", "t.umblr.com", _parameter("z", "/redirect")),
    Rule("vk", "vk.com vk.ru", _parameter("to", "/away\\.php")),
    Rule("weibo", "weibo.cn weibo.com", _parameter("u|url", "/sinaurl")),
    Rule("youtube", "youtube.com", _parameter("q", "/redirect")),
    Rule("link-page", "link.zhihu.com link.csdn.net link.juejin.cn", _parameter("target")),
    Rule("link-page", "jianshu.com douban.com", _parameter("url", "/(?:go-wild|link2)")),
    Rule("link-page", "href.li anonym.to nullrefer.com", r"[^/]+/\?(https?:.+)"),
    Rule("slack", "slack-redir.net", _parameter("url", "/link")),
    Rule("outlook", "safelinks.protection.outlook.com", _parameter("url")),
    Rule("proofpoint", "urldefense.com", r"[^/]+/v3/__(.+?)__;"),
    Rule("proofpoint", "urldefense.proofpoint.com", _parameter("u", "/v2/url"), _proofpoint),
)

_SHORTENERS = (
    "bit.ly buff.ly dlvr.it goo.gl ift.tt is.gd lnkd.in ow.ly rb.gy rebrand.ly shorturl.at t.co"
    " t.ly tiny.cc tinyurl.com trib.al url.cn v.gd"
)
HIDING: dict[str, Hidden] = {
    **dict.fromkeys(_ARCHIVE_TODAY.split(), "archive"),
    **dict.fromkeys(("ghostarchive.org", "perma.cc", "webcitation.org", "cc.bingj.com"), "archive"),
    "news.google.com": "redirect",
    "vertexaisearch.cloud.google.com": "expiring",
    "web.archive.org": "archive",
    "webcache.googleusercontent.com": "archive",
    **dict.fromkeys(_SHORTENERS.split(), "short-link"),
}
"""Hosts whose addresses do not show where they lead. Publishers' own short hosts are not here: they
show the outlet, which is what the ledger asks (`outlets.json`)."""


LONGEST_REMEMBERED = 512
"""Characters of an address that is remembered where as many are as a megabyte has. Chosen: hardly
one is longer, and so many of 8,000 characters would be kept in 800 megabytes."""
_DEPTH = 16
"""Wrappers inside wrappers that are undone; an archived redirect to an AMP page has three."""


@lru_cache(maxsize=4096)
def unwrap(url: str) -> Unwrapped:
    """The page that an address leads to, as far as the address itself shows.

    An address without a wrapper gives its normalised self; unwrapping the result changes nothing.
    Never raises.
    """
    page = normalise(url)
    if page is None:
        return Unwrapped(None)
    return _unwrapped(page) if len(page) <= LONGEST_REMEMBERED else _unwrapped.__wrapped__(page)


@lru_cache(maxsize=32_768)  # the page itself is asked for, too: for its outlet, and what it hides
def _unwrapped(page: str) -> Unwrapped:
    """The same of a normalised address."""
    outermost = None
    for _ in range(_DEPTH):
        here = _at(page.split("/", 3)[2])
        if (step := _unwrap_once(page, here.rules)) is None:
            break
        outermost = outermost or step[0]
        page = step[1]
    else:
        here = _at(page.split("/", 3)[2])
    return Unwrapped(page, outermost, here.hidden)


def _unwrap_once(page: str, rules: Rules) -> tuple[str, str] | None:
    """Name of the wrapper and the inner address; None when no rule applies."""
    subject = page.partition("://")[2]
    for rule, pattern in rules:
        found = pattern.match(subject) if rule.sign in subject else None
        if found is None:
            continue
        text = "".join(group or "" for group in found.groups())
        inner = rule.decode(text) if rule.decode else _plain(text)
        target = normalise(inner) if inner else None
        if target is not None and target != page:
            return rule.wrapper, target
    return None


def _plain(text: str) -> str:
    """An embedded address: percent-encoded as a whole, with or without its scheme, or as it is."""
    return unquote(text) if _ENCODED.match(text) else text


_ENCODED = re.compile(r"(?:https?:)?[^/?]*%2F|https?://[^?#]*\?[^=&]*%3D", re.IGNORECASE)
"""An address of which the query alone is encoded was put into another by Google Docs."""


_GOOGLE = re.compile(r"(?:.*\.)?google\.(?:com?\.)?[a-z]{2,3}")


class _Here(NamedTuple):
    """What is known of a host: the rules for it, in the order of the table, and what it hides."""

    rules: Rules
    hidden: Hidden | None


@lru_cache(maxsize=16_384)
def _at(name: str) -> _Here:
    domains = [*upwards(name), "*"]
    hidden = next((HIDING[domain] for domain in domains if domain in HIDING), None)
    if "google" in name and _GOOGLE.fullmatch(name):
        domains.append("google")
    table = _by_domain()
    numbers = {n for domain in domains if domain in table for n in table[domain]}
    return _Here(_compiled(tuple(sorted(numbers))), hidden)


@lru_cache(maxsize=1024)
def _compiled(numbers: tuple[int, ...]) -> Rules:
    """The rules of these numbers, ready to be asked: most hosts have the same few."""
    return tuple(
        (RULES[number], re.compile(RULES[number].pattern, re.DOTALL | re.ASCII))
        for number in numbers
    )


@cache
def _by_domain() -> dict[str, list[int]]:
    """Numbers of the rules by each domain they apply to."""
    table: dict[str, list[int]] = {}
    for number, rule in enumerate(RULES):
        for domain in rule.hosts.split():
            table.setdefault(domain, []).append(number)
    return table
