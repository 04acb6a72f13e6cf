"""URL -> Publisher: who publishes there."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

from ledger import urls
from ledger.outlets.registry import (
    PlatformRules,
    Publisher,
    Rule,
    content,
    known,
    made,
    unknown_account,
)

_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|\Z)")  # an address that needs no parsing
_NORMAL = re.compile(r"(?!www\.)(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,24}")
"""A host that has no other spelling."""
_LOCAL = (".corp", ".home", ".home.arpa", ".internal", ".intranet", ".invalid", ".lan", ".local")
_IPV4 = re.compile(r"[0-9.]+")


def outlet_of(url: str) -> Publisher | None:
    """Who publishes at an address as it stands (`urls.unwrap` it first).

    None when it is no usable address, or its host is no public name ("localhost", "printer.lan").
    An IP address is an outlet of its own, keyed by that address. Where a platform's address does
    not show the account, the outlet is the platform itself, with kind "platform". Never raises.
    """
    plain = _PLAIN.match(url)
    place = plain[1] if plain else urls.host(url)
    found = None if place is None else _at(place)
    if not isinstance(found, PlatformRules):
        return found
    address = urls.normalise(url)
    return None if address is None else _account(found, address.partition("://")[2])


@lru_cache(maxsize=65_536)
def _at(raw_host: str) -> Publisher | PlatformRules | None:
    """The outlet of a host; the rules of its platform when accounts decide; None when neither."""
    if ":" in raw_host:
        return made(raw_host, raw_host)
    place = raw_host if _NORMAL.fullmatch(raw_host) else urls.host(f"https://{raw_host}")
    if place is None:
        return None
    registry = content()
    if (exact := registry.by_host.get(place)) is not None:
        return known(exact)
    for domain in urls.upwards(place):
        found = registry.by_domain.get(domain)
        if found is not None:
            return found if isinstance(found, PlatformRules) else known(found)
    if "." not in place or place.endswith(_LOCAL):
        return None
    return _unlisted(registrable(place))


def _unlisted(domain: str) -> Publisher:
    """The outlet of a domain that nothing is known of but the suffix it could be registered under.

    A domain of "gov.cn" is of a Chinese authority, whoever it is: others get none.
    """
    for suffix in urls.upwards(domain.partition(".")[2]):
        if (reserved := content().by_suffix.get(suffix)) is not None:
            return made(domain, _shown(domain), reserved["kind"], reserved["country"])
    return made(domain, _shown(domain))


def _account(platform: PlatformRules, address: str) -> Publisher:
    """The account that an address "host/path?query" belongs to; the platform when it shows none.

    A DOI belongs to the publisher that its prefix is registered for, if that is listed.
    """
    for pattern, rule in _compiled(platform.key):
        found = pattern.match(address)
        if found is None or found[1].lower() in platform.reserved:
            continue
        parts = found.groups()
        if platform.key == "doi.org" and (publisher := content().by_doi.get(parts[0])) is not None:
            return known(publisher)
        key, name = rule["key"].format(*parts), rule["name"].format(*parts)
        if not rule.get("exact"):  # one name for one key, so that it is one entry
            key, name = key.lower(), name.lower()
        while "%" in name and (plain := unquote(name)) != name and plain.isprintable():
            name = plain  # some programs encode an address twice
        return made(key, f"{name} ({platform.name})", "platform-account")
    return unknown_account(platform)


@cache
def _compiled(domain: str) -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """The rules of the platform with this main domain, compiled when first asked for."""
    platform = content().by_domain[domain]
    rules = platform.accounts if isinstance(platform, PlatformRules) else ()
    return tuple((re.compile(rule["match"], re.ASCII | re.IGNORECASE), rule) for rule in rules)


def registrable(place: str) -> str:
    """The domain that somebody registered: the last label before the public suffix, and that.

    A public suffix and an address of numbers stand for themselves.

    Args:
        place: A host, in lower case.
    """
    if _IPV4.fullmatch(place):
        return place
    labels = _unicode(place).lower().split(".")  # the list is in Unicode
    size = _size_of_suffix(labels) + 1
    return place if size > len(labels) or "" in labels else ".".join(place.split(".")[-size:])


def _size_of_suffix(labels: Sequence[str]) -> int:
    """How many labels of a host its public suffix has; one where no rule says more.

    A rule names a domain, all right below it ("*.ck"), or one that is none ("!www.ck"): those of a
    host are found by its own labels. The library would load the rules of all, which takes 40 ms.
    """
    rules = _rules()
    domain = ".".join(labels)
    for size in range(len(labels), 0, -1):
        if f"!{domain}" in rules:
            return size - 1
        if f"*.{domain}" in rules:
            return min(size + 1, len(labels))
        if domain in rules:
            return size
        domain = domain.partition(".")[2]
    return 1


def is_site(host: str) -> bool:
    """Whether a host without its scheme is one: it stands below a suffix of the public list.

    Of "ardura.consulting" that is so, and of "numpy.random" it is not.
    """
    labels = _unicode(host).lower().split(".")
    suffix = labels[-1]
    return len(labels) > 1 and "" not in labels and not _rules().isdisjoint((suffix, f"*.{suffix}"))


@cache
def _rules() -> frozenset[str]:
    """The lines of the list, rules and remarks."""
    from publicsuffixlist import PSLFILE  # only unlisted hosts need it

    return frozenset(Path(PSLFILE).read_text(encoding="utf-8").splitlines())


def _unicode(place: str) -> str:
    """A host as people read it; labels that are no clean punycode stay as they are."""
    if "xn--" not in place:
        return place
    labels = []
    for label in place.split("."):
        try:
            text = label[4:].encode("ascii").decode("punycode") if label[:4] == "xn--" else label
        except UnicodeError:
            text = label
        clean = "." not in text and not any(unicodedata.category(c)[0] in "CZ" for c in text)
        labels.append(text if clean else label)
    return ".".join(labels)


def _shown(domain: str) -> str:
    """Both spellings of an IDN, since one that looks like a known name need not be it."""
    unicode = _unicode(domain)
    return domain if unicode == domain else f"{unicode} ({domain})"
