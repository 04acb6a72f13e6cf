"""The registry in `outlets.json`, by domain, host and key; read when first needed."""

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

KINDS: Mapping[str, str] = {
    "academic": "a university, school, research institute or learned society",
    "agency": "a public body for a technical task: statistics, health, space, a regulator",
    "aggregator": "passes on what others wrote: portals, press release services",
    "broadcaster": "a radio or television newsroom",
    "company": "a firm that speaks of itself or of its trade",
    "digital": "a newsroom that was never printed or broadcast",
    "encyclopedia": "a reference work: encyclopedia, dictionary, database of facts",
    "government": "a state and its parts: ministries, parliament, courts, armed forces, cities",
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

MEDIA = frozenset({"newspaper", "magazine", "wire", "broadcaster", "digital"})
"""Those of newsrooms."""


class Publisher(NamedTuple):
    """The publisher of a page, with the fields of `model.Outlet`.

    It is no entry: whoever only reads a document need not wait for Pydantic.
    """

    key: str
    name: str
    domain: str
    kind: str | None = None
    country: str | None = None
    owner: str | None = None


class Listed(TypedDict):
    """An outlet as `outlets.json` has it: the docstring of the package explains each field."""

    name: str
    domains: list[str]
    hosts: NotRequired[list[str]]
    aliases: NotRequired[list[str]]
    kind: str
    country: str | None
    owner: str | None
    ambiguous: NotRequired[list[str]]
    dois: NotRequired[list[str]]


class Rule(TypedDict):
    """How an address of a platform shows whose account it is: see the docstring of the package."""

    match: str
    key: str
    name: str
    exact: NotRequired[bool]


class _Platform(TypedDict):
    name: str
    domains: list[str]
    accounts: NotRequired[list[Rule]]
    reserved: NotRequired[list[str]]


class Reserved(TypedDict):
    """A suffix below which only bodies of one kind may register, and where they are."""

    suffix: str
    kind: str
    country: str | None


class Registry(NamedTuple):
    """`outlets.json`, by domain (and all below it), exact host, prefix of a DOI and suffix."""

    listed: list[Listed]
    platforms: list[_Platform]
    by_domain: dict[str, "Listed | PlatformRules"]
    by_host: dict[str, Listed]
    by_doi: dict[str, Listed]
    by_suffix: dict[str, Reserved]


class PlatformRules(NamedTuple):
    """What `by_address` needs of a platform. `key` is its main domain."""

    name: str
    key: str
    accounts: list[Rule]
    reserved: frozenset[str]


@cache
def content() -> Registry:
    """The registry, read once: its thousands of outlets take longer than most answers."""
    text = Path(__file__).with_name("outlets.json").read_bytes()
    content = json.loads(text)
    listed: list[Listed] = content["outlets"]
    platforms: list[_Platform] = content["platforms"]
    by_domain: dict[str, Listed | PlatformRules] = {}
    for entry in listed:
        for domain in entry["domains"]:
            by_domain[domain] = entry
    for platform in platforms:
        rules = PlatformRules(
            platform["name"],
            platform["domains"][0],
            platform.get("accounts", []),
            frozenset(platform.get("reserved", ())),
        )
        by_domain.update(dict.fromkeys(platform["domains"], rules))
    by_host = {host: entry for entry in listed for host in entry.get("hosts", ())}
    by_doi = {prefix: entry for entry in listed for prefix in entry.get("dois", ())}
    suffixes: list[Reserved] = content["suffixes"]
    by_suffix = {reserved["suffix"]: reserved for reserved in suffixes}
    return Registry(listed, platforms, by_domain, by_host, by_doi, by_suffix)


def key_of(entry: Listed) -> str:
    """`Outlet.key`: its first host, or where it has domains of its own, the first of these."""
    return (entry.get("hosts") or entry["domains"])[0]


def made(
    key: str,
    name: str,
    kind: str | None = None,
    country: str | None = None,
    owner: str | None = None,
) -> Publisher:
    """A publisher whose domain is the part of its key before an account."""
    return Publisher(key, name, key.partition("/")[0], kind, country, owner)


def known(entry: Listed) -> Publisher:
    """The publisher that an entry of the registry describes."""
    return made(key_of(entry), entry["name"], entry["kind"], entry["country"], entry["owner"])


def unknown_account(platform: PlatformRules) -> Publisher:
    """Whoever publishes on a platform at an address that does not show the account."""
    return made(platform.key, f"{platform.name} (account unknown)", "platform")


def kind_of(key: str) -> str | None:
    """`keyed(key).kind`."""
    return keyed(key).kind


def is_listed(key: str) -> bool:
    """Whether the registry has an outlet, or a platform, with this key."""
    registry = content()
    return key in registry.by_domain or key in registry.by_host


def listed() -> Iterator[Publisher]:
    """Every outlet of the registry."""
    return map(known, content().listed)


def domains() -> Iterator[str]:
    """Every domain of the registry."""
    yield from content().by_domain


@lru_cache(4_096)
def keyed(key: str) -> Publisher:
    """The outlet of the registry with this key, such as `Phrase.key`.

    Raises:
        KeyError: The registry has none.
    """
    registry = content()
    found = registry.by_domain.get(key) or registry.by_host[key]
    return unknown_account(found) if isinstance(found, PlatformRules) else known(found)
