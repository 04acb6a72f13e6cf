"""URL -> Outlet: who publishes there. Phrase -> Outlet: who is meant by a name in prose.

Knowledge is data (`outlets.json`), rules are here. A host belongs to the outlet with the longest
listed domain that it ends with; on a platform, where anyone may publish, to the account; otherwise
to an outlet of its own, by its registrable domain after the public suffix list with private
suffixes on (a.github.io is not b.github.io). docs/decisions/outlets-by-domain.md says why.

`outlets.json` holds, one entry a line, sorted by key:

outlets     name; domains (each with everything below it); hosts (only these hosts, for names below
            which others publish, as gov.uk); the first host, or else the first domain, is the key;
            aliases (how prose names it); kind; country; owner; ambiguous (those of its names that
            are also common words or names of others: prose needs more than the bare words)
platforms   name; domains; accounts: rules of match (regular expression over "host/path?query" of
            the normalised address), key and name ("{0}" is its first group), exact (upper and lower
            case differ); reserved (what stands in the place of an account and is none)

It is read at the first question, not at import.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NotRequired, TypedDict
from urllib.parse import unquote

from ledger import urls
from ledger.model import Outlet

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

KINDS: Mapping[str, str] = {
    "academic": "a university, research institute or learned society",
    "agency": "a public body for a technical task: statistics, health, space, a regulator",
    "aggregator": "passes on what others wrote: portals, press release services",
    "broadcaster": "a radio or television newsroom",
    "company": "a firm that speaks of itself or of its trade",
    "digital": "a newsroom that was never printed or broadcast",
    "encyclopedia": "a reference work: encyclopedia, dictionary, database of facts",
    "government": "a state: its head, ministries, parliament, courts, armed forces",
    "intergovernmental": "an organisation whose members are states",
    "journal": "one peer-reviewed journal, or a family under one name",
    "magazine": "a periodical of reporting, opinion or a trade",
    "newspaper": "a daily or weekly paper, whatever it is read on",
    "ngo": "an association, foundation or campaign",
    "platform": "anyone may publish there, and the account is not known",
    "platform-account": "one account on a platform",
    "publisher": "a house of many journals or books",
    "repository": "keeps works of others as they are: preprints, libraries, web archives",
    "think-tank": "research in order to advise policy",
    "wire": "a news agency whose copy others print",
}
"""Kinds of outlet and what each means. The list is closed; None is "not known"."""


class Phrase(NamedTuple):
    """One way in which prose names an outlet.

    Attributes:
        tokens: Its words (`WORD`), each as `fold` has it, without a leading "the".
        written: As in `outlets.json`; where it has no lower-case letter ("WHO", "MIT"), text should
            have none either.
        ambiguous: The words alone are not enough: they also mean something else.
        key: `Outlet.key`; None when several outlets bear the name.
    """

    tokens: tuple[str, ...]
    written: str
    ambiguous: bool
    key: str | None


class _Listed(TypedDict):
    name: str
    domains: list[str]
    hosts: NotRequired[list[str]]
    aliases: NotRequired[list[str]]
    kind: str
    country: str | None
    owner: str | None
    ambiguous: NotRequired[list[str]]


class _Rule(TypedDict):
    match: str
    key: str
    name: str
    exact: NotRequired[bool]


class _Platform(TypedDict):
    name: str
    domains: list[str]
    accounts: NotRequired[list[_Rule]]
    reserved: NotRequired[list[str]]


class _Registry(NamedTuple):
    """`outlets.json` with its indexes by domain (and all below it) and by exact host."""

    listed: list[_Listed]
    platforms: list[_Platform]
    by_domain: dict[str, "_Listed | _PlatformRules"]
    by_host: dict[str, _Listed]


class _PlatformRules(NamedTuple):
    """What `_account` needs of a platform. `key` is its main domain."""

    name: str
    key: str
    accounts: list[_Rule]
    reserved: frozenset[str]


@cache
def _registry() -> _Registry:
    text = Path(__file__).with_name("outlets.json").read_bytes()
    content = json.loads(text)
    listed: list[_Listed] = content["outlets"]
    platforms: list[_Platform] = content["platforms"]
    by_domain: dict[str, _Listed | _PlatformRules] = {}
    for entry in listed:
        for domain in entry["domains"]:
            by_domain[domain] = entry
    for platform in platforms:
        rules = _PlatformRules(
            platform["name"],
            platform["domains"][0],
            platform.get("accounts", []),
            frozenset(platform.get("reserved", ())),
        )
        by_domain.update(dict.fromkeys(platform["domains"], rules))
    by_host = {host: entry for entry in listed for host in entry.get("hosts", ())}
    return _Registry(listed, platforms, by_domain, by_host)


def _key(entry: _Listed) -> str:
    return (entry.get("hosts") or entry["domains"])[0]


@lru_cache(maxsize=65_536)
def _outlet(
    key: str,
    name: str,
    kind: str | None = None,
    country: str | None = None,
    owner: str | None = None,
) -> Outlet:
    domain = key.partition("/")[0]
    return Outlet.make(key=key, name=name, domain=domain, kind=kind, country=country, owner=owner)


def _known(entry: _Listed) -> Outlet:
    return _outlet(_key(entry), entry["name"], entry["kind"], entry["country"], entry["owner"])


# --------------------------------------------------------------------------------------------------
# URL -> Outlet

_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|\Z)")  # an address that needs no parsing
_LOCAL = ("corp", "home", "home.arpa", "internal", "intranet", "invalid", "lan", "local")
_IPV4 = re.compile(r"[0-9.]+")


def outlet_of(url: str) -> Outlet | None:
    """Who publishes at an address as it stands (`urls.unwrap` it first).

    None when it is no usable address, or its host is no public name ("localhost", "printer.lan").
    An IP address is an outlet of its own, keyed by that address. Where a platform's address does
    not show the account, the outlet is the platform itself, with kind "platform". Never raises.
    """
    plain = _PLAIN.match(url)
    place = plain[1] if plain else urls.host(url)
    found = None if place is None else _at(place)
    if not isinstance(found, _PlatformRules):
        return found
    address = urls.normalise(url)
    return None if address is None else _account(found, address.partition("://")[2])


@lru_cache(maxsize=65_536)
def _at(raw_host: str) -> Outlet | _PlatformRules | None:
    """The outlet of a host; the rules of its platform when accounts decide; None when neither."""
    if ":" in raw_host:
        return _outlet(raw_host, raw_host)
    place = urls.host(f"https://{raw_host}")
    if place is None:
        return None
    registry = _registry()
    if (exact := registry.by_host.get(place)) is not None:
        return _known(exact)
    for domain in urls.upwards(place):
        found = registry.by_domain.get(domain)
        if found is not None:
            return found if isinstance(found, _PlatformRules) else _known(found)
    if _IPV4.fullmatch(place):
        return _outlet(place, place)
    if "." not in place or place.endswith(tuple(f".{name}" for name in _LOCAL)):
        return None
    own = _registrable(place)
    return _outlet(own, _shown(own))


def _account(platform: _PlatformRules, address: str) -> Outlet:
    """The account that an address "host/path?query" belongs to; the platform when it shows none."""
    for pattern, rule in _compiled(platform.key):
        found = pattern.match(address)
        if found is None or found[1].lower() in platform.reserved:
            continue
        parts = found.groups()
        key, name = rule["key"].format(*parts), rule["name"].format(*parts)
        if not rule.get("exact"):  # one name for one key, so that it is one entry
            key, name = key.lower(), name.lower()
        if "%" in name and unquote(name).isprintable():
            name = unquote(name)
        return _outlet(key, f"{name} ({platform.name})", "platform-account")
    return _unknown_account(platform)


def _unknown_account(platform: _PlatformRules) -> Outlet:
    return _outlet(platform.key, f"{platform.name} (account unknown)", "platform")


@cache
def _compiled(domain: str) -> tuple[tuple[re.Pattern[str], _Rule], ...]:
    """The rules of the platform with this main domain, compiled when first asked for."""
    platform = _registry().by_domain[domain]
    rules = platform.accounts if isinstance(platform, _PlatformRules) else ()
    return tuple((re.compile(rule["match"], re.ASCII | re.IGNORECASE), rule) for rule in rules)


def _registrable(place: str) -> str:
    """The domain one registers, below the public suffix; a public suffix stands for itself."""
    unicode = _unicode(place)  # the list is asked in Unicode: its punycode half costs 40 ms to load
    found = _suffixes().privatesuffix(unicode)
    return place if found is None else ".".join(place.split(".")[-found.count(".") - 1 :])


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # only hosts that are not listed need it

    return PublicSuffixList(accept_encoded_idn=False)


def _unicode(place: str) -> str:
    """A host as people read it; labels that are no clean punycode stay as they are."""
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


# --------------------------------------------------------------------------------------------------
# Phrase -> Outlet

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3"
)
"""Letters of scripts that put no spaces between words, or none between a name and what governs it:
Thai, Lao, Burmese, Khmer, kana, Han and Hangul; ranges for a class of a regular expression."""

WORD = re.compile(rf"[^\W_{UNSPACED}]+|[{UNSPACED}]+")
"""A word of a name or of prose: letters and digits; everything else separates, and so does a change
to a script without spaces ("NHKによると")."""

_VOICED = "\u3099\u309a"  # they make another letter of a kana: が is not か
_SAME_LETTER = str.maketrans({"ک": "ك", "ی": "ي", "ى": "ي", "ـ": None, "ة": "ه"})
# Arabic letters that languages and hands write in two ways, and the stroke that only stretches.


def fold(word: str) -> str:
    """What two spellings of a word have in common: no case, no accents, no compatibility forms."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word).casefold().translate(_SAME_LETTER)
    return "".join(filter(_keeps, parts))


def _keeps(char: str) -> bool:
    return char in _VOICED or not unicodedata.combining(char)


def named(phrase: str) -> Outlet | None:
    """The outlet with exactly this name or alias.

    Case, accents, punctuation, markup and quotes around it and a leading "the" make no difference.
    None when no outlet is called so, or several are ("The Nation").
    """
    keys = _names().keys.get(words(phrase), ())
    return keyed(keys[0]) if len(keys) == 1 else None


def phrases() -> Mapping[str, Sequence[Phrase]]:
    """Every name and alias by its first word; longer phrases first.

    To look for them in prose: cut it by `WORD`, `fold` each word, ask for the word here, compare
    what follows it with `Phrase.tokens`. Platforms are not among them.
    """
    return _names().phrases


def find(text: str) -> tuple[Outlet, ...]:
    """The outlets that are called so, for the command line: by name, then key; () when none.

    Of this name or alias, of the platform of this name, of this key, domain or address (an address
    that is not listed gives its own outlet).
    """
    wanted = words(text)
    platforms = {words(found["name"]): found["domains"][0] for found in _registry().platforms}
    keys = {*_names().keys.get(wanted, ()), platforms.get(wanted)}
    found = {keyed(key) for key in keys if key is not None}
    if (addressed := outlet_of(text.strip())) is not None:
        found.add(addressed)
    return _in_order(found)


def beginning(text: str) -> tuple[Outlet, ...]:
    """The outlets whose name, alias or domain begins so, whatever the case and the accents."""
    start, folded = text.strip().lower(), " ".join(words(text))
    return _in_order({keyed(key) for key in _beginning(start, folded)}) if start else ()


def _in_order(found: Iterable[Outlet]) -> tuple[Outlet, ...]:
    return tuple(sorted(found, key=lambda outlet: (outlet.name.casefold(), outlet.key)))


def _beginning(start: str, folded: str) -> Iterator[str]:
    """Keys of the outlets with a domain that begins with `start`, or a name with `folded`."""
    for entry in _registry().listed:
        if any(domain.startswith(start) for domain in entry["domains"]):
            yield _key(entry)
    for tokens, keys in _names().keys.items():
        if folded and " ".join(tokens).startswith(folded):
            yield from keys


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name, without a leading "the"; () where it has no letter or digit."""
    if text.isascii():
        tokens = tuple(WORD.findall(text.lower()))
    else:
        # Signs that stay apart after NFC, as the vowels of Arabic, would divide a word.
        whole = "".join(filter(_keeps, unicodedata.normalize("NFC", text)))
        tokens = tuple(map(fold, WORD.findall(whole)))
    return tokens[1:] if tokens[:1] == ("the",) and len(tokens) > 1 else tokens


class _Names(NamedTuple):
    """`keys`: of the outlets that bear a name, by its words. `phrases`: as `phrases` says."""

    keys: dict[tuple[str, ...], tuple[str, ...]]
    phrases: dict[str, list[Phrase]]


@cache
def _names() -> _Names:
    keys: dict[tuple[str, ...], tuple[str, ...]] = {}
    phrases: dict[str, list[Phrase]] = {}
    shared: dict[tuple[str, ...], Phrase] = {}
    for entry in _registry().listed:
        key = _key(entry)
        doubtful = entry.get("ambiguous", ())
        for name in (entry["name"], *entry.get("aliases", ())):
            tokens = words(name)
            others = keys.get(tokens)
            if others is None:
                keys[tokens] = (key,)
                phrase = Phrase(tokens, name, name in doubtful, key)
                phrases.setdefault(tokens[0], []).append(phrase)
            else:
                keys[tokens] = (*others, key)
                shared[tokens] = Phrase(tokens, name, ambiguous=True, key=None)
    for found in phrases.values():
        if len(found) > 1:
            found.sort(key=lambda phrase: -len(phrase.tokens))
            found[:] = [shared.get(phrase.tokens, phrase) for phrase in found]
        else:
            found[0] = shared.get(found[0].tokens, found[0])
    return _Names(keys, phrases)


def kind_of(key: str) -> str | None:
    """`keyed(key).kind`, without making the entry: its id takes longer than all the rest."""
    registry = _registry()
    found = registry.by_domain.get(key) or registry.by_host[key]
    return keyed(key).kind if isinstance(found, _PlatformRules) else found["kind"]


def is_listed(key: str) -> bool:
    """Whether the registry has an outlet, or a platform, with this key."""
    registry = _registry()
    return key in registry.by_domain or key in registry.by_host


def domains() -> Iterator[str]:
    """Every domain of the registry."""
    yield from _registry().by_domain


def keyed(key: str) -> Outlet:
    """The outlet of the registry with this key, such as `Phrase.key`.

    Raises:
        KeyError: The registry has none.
    """
    registry = _registry()
    found = registry.by_domain.get(key) or registry.by_host[key]
    return _unknown_account(found) if isinstance(found, _PlatformRules) else _known(found)
