"""Who publishes at an address, who is meant by a name, and whether the registry is in order."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from ledger import outlets, urls
from ledger.outlets import beginning, by_address, by_name, find, named, outlet_of, phrases
from ledger.pipeline.entries import outlet_entry
from ledger.pipeline.facts import COUNTRIES

REGISTRY = Path(outlets.__file__).with_name("outlets.json")
TEXT = REGISTRY.read_text("utf-8")
CONTENT: dict[str, list[dict[str, Any]]] = json.loads(TEXT)
LISTED, PLATFORMS, SUFFIXES = CONTENT["outlets"], CONTENT["platforms"], CONTENT["suffixes"]

APART = {"Arena Holdings", "Bell Media", "Nation Group", "Nation Media Group"}
"""Owners that are called nearly as another one: The Arena Group, The Bell, The Nation."""

FORMS = set(
    "ag and co communications company corp corporation gmbh group holding holdings inc".split()
)
FORMS |= set("limited llc lp ltd media of plc publishing sa spa".split())
NOT_KNOWN = {"Flightradar24", "TipRanks"}  # firms that changed hands, to whom is not sure

HELD_BY_ONE = {"gc.ca", "idf.il", "mil.ru", "nhs.uk"}  # public suffixes below which one body speaks
OUTLET_FIELDS = tuple("name domains hosts aliases kind country owner ambiguous dois".split())
PLATFORM_FIELDS = ("name", "domains", "accounts", "reserved")


def names_of(entry: dict[str, Any]) -> list[str]:
    return [entry["name"], *entry.get("aliases", [])]


def words(name: str) -> str:
    """A name as `named` compares it, spelled out here by hand."""
    text = unicodedata.normalize("NFKD", name).casefold()
    text = text.translate(str.maketrans("کیىة", "كييه", "ـ"))
    text = "".join(c for c in text if c in "\u3099\u309a" or not unicodedata.combining(c))
    unspaced = "ก-\u0effက-႟ក-\u17ffぁ-ヺー-ヿ㐀-鿿가-힣\u1100-\u11ff\u3099\u309a"
    found = re.findall(rf"[^\W_{unspaced}]+|[{unspaced}]+", text)
    return " ".join(found).removeprefix("the ")


def key_of(url: str) -> str | None:
    outlet = outlet_of(url)
    return outlet.key if outlet else None


# --------------------------------------------------------------------------------------------------
# the registry


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://doi.org/10.1038/s41586-020-2649-2", "nature.com"),
        ("https://dx.doi.org/10.1016/j.cell.2020.1", "sciencedirect.com"),
        ("https://doi.org/10.99999/a", "doi.org/10.99999"),
        ("https://doi.org/10.99998/a", "doi.org/10.99998"),
        ("https://doi.org/about", "doi.org"),
    ],
)
def test_a_doi_is_of_the_publisher_of_its_prefix(url: str, key: str) -> None:
    assert key_of(url) == key


@pytest.mark.parametrize(
    ("url", "kind", "country"),
    [
        ("https://www.hill.ac.uk/a", "academic", "GB"),
        ("https://news.hill.edu.cn/a", "academic", "CN"),
        ("https://hill.edu/a", "academic", None),
        ("https://harbours.gov/a", "government", "US"),
        ("https://www.port-alder.gov.br/a", "government", "BR"),
        ("https://treaty.int/", "intergovernmental", None),
        ("https://edu.cn/", None, None),
        ("https://hill.edu.cn.example/", None, None),
        ("https://hill-edu.example/", None, None),
    ],
)
def test_below_a_suffix_that_admits_one_kind_an_unlisted_domain_is_of_that_kind(
    url: str, kind: str | None, country: str | None
) -> None:
    found = outlets.outlet_of(url)
    assert found is not None
    assert (found.kind, found.country) == (kind, country)
    assert not outlets.is_listed(found.key)


def test_suffixes_that_admit_one_kind_are_public_ones_that_nobody_holds_alone() -> None:
    names = [entry["suffix"] for entry in SUFFIXES]
    assert len(names) == len(set(names)) >= 150
    whole = PublicSuffixList()
    for entry in SUFFIXES:
        assert set(entry) == {"suffix", "kind", "country"}
        assert entry["kind"] in outlets.KINDS
        assert entry["country"] in COUNTRIES | {None}
        assert whole.privatesuffix(f"hill.{entry['suffix']}") == f"hill.{entry['suffix']}"
        assert entry["suffix"] not in HELD_BY_ONE


def test_prefixes_of_dois_are_well_formed_and_of_one_outlet() -> None:
    prefixes = [prefix for entry in LISTED for prefix in entry.get("dois", ())]
    assert len(prefixes) == len(set(prefixes)) >= 20
    assert all(re.fullmatch(r"10\.[0-9]{4,9}", prefix) for prefix in prefixes)


def canonical_registry() -> str:
    """The one spelling of outlets.json: fields in order, lists sorted, but main things first."""

    def ordered(entry: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
        values = {field: entry[field] for field in fields if field in entry}
        if "hosts" in values:
            values["hosts"] = [values["hosts"][0], *sorted(set(values["hosts"][1:]))]
            values["domains"] = sorted(set(values["domains"]))
        else:
            values["domains"] = [values["domains"][0], *sorted(set(values["domains"][1:]))]
        for field in ("aliases", "ambiguous"):
            if field in values:
                values[field] = sorted(set(values[field]), key=str.casefold)
        return {
            field: value for field, value in values.items() if value != [] or field == "domains"
        }

    def lines(entries: list[dict[str, Any]], fields: tuple[str, ...]) -> str:
        each = [ordered(entry, fields) for entry in entries]
        each.sort(key=lambda entry: (entry.get("hosts") or entry["domains"])[0])
        return ",\n".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in each)

    listed, platforms = lines(LISTED, OUTLET_FIELDS), lines(PLATFORMS, PLATFORM_FIELDS)
    ordered_suffixes = sorted(SUFFIXES, key=lambda entry: entry["suffix"])
    suffixes = ",\n".join(json.dumps(e, separators=(",", ":")) for e in ordered_suffixes)
    parts = f'"outlets":[\n{listed}\n],"platforms":[\n{platforms}\n],"suffixes":[\n{suffixes}\n]'
    return f"{{{parts}}}\n"


def test_the_registry_is_in_its_one_spelling() -> None:
    canonical = canonical_registry()
    if os.environ.get("LEDGER_REPAIR") == "1":
        REGISTRY.write_text(canonical, "utf-8")
        pytest.skip("rewritten; run again without LEDGER_REPAIR")
    assert canonical == TEXT, "run once with LEDGER_REPAIR=1"


def test_the_registry_has_these_fields_and_no_others() -> None:
    for entry in LISTED:
        assert set(entry) - {"hosts", "aliases", "ambiguous", "dois"} == (
            {"name", "domains", "kind", "country", "owner"}
        ), entry
        for field in ("hosts", "aliases", "ambiguous"):
            assert entry.get(field) != [], entry
    for platform in PLATFORMS:
        assert set(platform) - {"accounts", "reserved"} == {"name", "domains"}, platform
        for rule in platform.get("accounts", []):
            assert set(rule) - {"exact"} == {"match", "key", "name"}, rule


def test_kinds_and_countries_are_of_the_closed_lists_and_no_owner_is_empty() -> None:
    kinds = set(outlets.KINDS) - {"platform-account"}
    assert {entry["kind"] for entry in LISTED} <= kinds
    assert {entry["country"] for entry in LISTED} <= COUNTRIES | {None}
    assert [entry["name"] for entry in LISTED if entry["owner"] == ""] == []


def test_an_owner_is_the_last_one_whoever_is_an_outlet_too_owns_itself() -> None:
    owner = {name: entry["owner"] for entry in LISTED for name in entry.get("aliases", ())}
    owner |= {entry["name"]: entry["owner"] for entry in LISTED}
    last = {words(name): to for name, to in owner.items()}
    chains = [
        (entry["name"], entry["owner"], last[words(entry["owner"])])
        for entry in LISTED
        if entry["owner"] and last.get(words(entry["owner"]), entry["owner"]) != entry["owner"]
    ]
    assert chains == []


def test_one_owner_has_one_spelling() -> None:
    """No two differ only in case, signs, an article or the form of the firm."""
    spelled: dict[str, set[str]] = {}
    for owner in {entry["owner"] for entry in LISTED if entry["owner"]} - APART:
        bare = " ".join(word for word in words(owner).split() if word not in FORMS)
        spelled.setdefault(bare, set()).add(owner)
    assert [sorted(names) for names in spelled.values() if len(names) > 1] == []


def test_public_bodies_learning_and_firms_have_an_owner() -> None:
    kinds = {"academic", "agency", "company", "government", "intergovernmental", "ngo"}
    bare = {entry["name"] for entry in LISTED if entry["kind"] in kinds and not entry["owner"]}
    assert bare == NOT_KNOWN


def test_what_governs_is_of_its_government() -> None:
    for entry in LISTED:
        if entry["kind"] == "government":
            assert entry["owner"].startswith("Government of "), entry["name"]


def test_every_domain_is_one_outlets_or_one_platforms_and_can_be_registered() -> None:
    suffixes = PublicSuffixList()
    own = [domain for entry in LISTED for domain in entry["domains"]]
    domains = own + [domain for platform in PLATFORMS for domain in platform["domains"]]
    hosts = [host for entry in LISTED for host in entry.get("hosts", [])]
    assert [name for name, times in Counter(domains + hosts).items() if times > 1] == []
    for domain in domains:
        assert urls.host(f"https://{domain}/") == domain
        assert suffixes.publicsuffix(domain, accept_unknown=False), f"{domain}: no such suffix"
    for domain in own:
        assert domain in HELD_BY_ONE or suffixes.privatesuffix(domain), f"{domain}: list as a host"
    for host in hosts:
        assert suffixes.privatesuffix(host) is None, f"{host}: list it as a domain"


def test_no_outlet_lists_a_domain_below_its_own() -> None:
    for entry in [*LISTED, *PLATFORMS]:
        for domain in entry["domains"]:
            above = list(urls.upwards(domain))[1:]
            assert not set(above) & set(entry["domains"]), domain


def test_a_name_that_several_outlets_bear_is_marked_ambiguous_at_each() -> None:
    bearers: dict[str, list[tuple[str, bool]]] = {}
    for entry in LISTED:
        folded = [words(name) for name in names_of(entry)]
        assert len(folded) == len(set(folded)), entry
        assert all(folded), entry
        assert set(entry.get("ambiguous", [])) <= set(names_of(entry)), entry
        for name in names_of(entry):
            marked = name in entry.get("ambiguous", [])
            bearers.setdefault(words(name), []).append((entry["name"], marked))
    shared = {name: found for name, found in bearers.items() if len(found) > 1}
    assert {name: found for name, found in shared.items() if not all(m for _, m in found)} == {}
    names = Counter(entry["name"] for entry in LISTED)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    "name",
    "Time|Nature|Science|The Week|Fortune|People|The Times|The Sun|The Mirror|The Star|The Guardian"
    "|The Independent|The Standard|The Atlantic|Wired|Focus|Stern|RT|WHO|Meta|Apple|Variety".split(
        "|"
    ),
)
def test_a_common_word_is_marked_ambiguous(name: str) -> None:
    first, *rest = words(name).split()
    found = [phrase for phrase in phrases()[first] if phrase.tokens == (first, *rest)]
    assert [phrase.ambiguous for phrase in found] == [True]


def test_the_registry_covers_the_continents() -> None:
    assert len(LISTED) >= 450
    countries = Counter(entry["country"] for entry in LISTED)
    for (
        country
    ) in "US GB FR DE RU UA IL SA IR TR IN PK CN JP KR KP ID ZA NG KE EG BR MX AU".split():
        assert countries[country] >= 1, country
    for kind in set(outlets.KINDS) - {"platform-account"}:
        assert any(entry["kind"] == kind for entry in LISTED), kind


def test_a_host_is_registered_below_the_same_suffix_as_by_the_whole_list() -> None:
    whole = PublicSuffixList(accept_encoded_idn=False)
    lines = Path(PSLFILE).read_text("utf-8").splitlines()
    rules = [line.lstrip("!") for line in lines if line and not line.startswith("//")]
    assert len(rules) > 5000
    for rule in (*rules, "nosuchlabel"):
        below = f"a.b.{rule.replace('*', 'any')}"
        for place in (below, below[2:], below[4:]):
            assert by_address.registrable(place) == (whole.privatesuffix(place) or place)


def test_names_in_a_script_without_spaces_are_found_without_making_the_others() -> None:
    letter = re.compile(f"[{outlets.UNSPACED}]")
    every = [phrase for of_word in phrases().values() for phrase in of_word]
    expected = [phrase for phrase in every if letter.search(phrase.written)]
    assert [*outlets.phrases_unspaced()] == expected
    assert len(expected) > 100


def test_importing_the_outlets_reads_neither_registry_nor_suffixes() -> None:
    program = (
        "import sys; from ledger import outlets;"
        "from ledger.outlets.registry import content; print(content.cache_info().currsize);"
        "outlets.outlet_of('https://www.reuters.com/a'); print('publicsuffixlist' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout.split() == ["0", "False"]


# --------------------------------------------------------------------------------------------------
# URL -> outlet


def test_a_listed_outlet_comes_with_all_that_is_known_of_it() -> None:
    publisher = outlet_of("https://www.reuters.com/world/a")
    assert publisher is not None
    outlet = outlet_entry(publisher)
    assert outlet.content() == {
        "id": outlet.rederived_id(),
        "key": "reuters.com",
        "name": "Reuters",
        "domain": "reuters.com",
        "kind": "wire",
        "country": "GB",
        "owner": "Thomson Reuters",
        "since": None,
        "until": None,
        "aliases": None,  # of the registry's own no ledger needs to be told
        "because": None,
    }


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://reut.rs/3x", "reuters.com"),
        ("https://nyti.ms/3x", "nytimes.com"),
        ("http://www.bbc.co.uk/news/a", "bbc.com"),
        ("https://m.bbc.com/a", "bbc.com"),
        ("https://edition.cnn.com/a", "cnn.com"),
        ("https://on.ft.com/a", "ft.com"),
        ("https://chinapower.csis.org/a", "csis.org"),
        ("https://missilethreat.csis.org/a", "missilethreat.csis.org"),
        ("https://finance.yahoo.com/a", "finance.yahoo.com"),
        ("https://news.yahoo.com/a", "yahoo.com"),
        ("https://en.wikipedia.org/wiki/A", "wikipedia.org"),
        ("HTTPS://USER:pw@REUTERS.com:443/a", "reuters.com"),
        ("reuters.com/a", "reuters.com"),
        ("https://notreuters.com/a", "notreuters.com"),
        ("https://reuters.com.evil.example/a", "evil.example"),
        ("https://www.gov.uk/government/a", "gov.uk"),
        ("https://assets.publishing.service.gov.uk/a.pdf", "gov.uk"),
        ("https://www.woking.gov.uk/a", "woking.gov.uk"),
        ("https://www.gov.cn/a", "gov.cn"),
        ("https://www.england.nhs.uk/a", "nhs.uk"),
        ("https://a.b.unknown-paper.co.jp/a", "unknown-paper.co.jp"),
        ("https://city.kawasaki.jp/a", "city.kawasaki.jp"),
        ("https://a.github.io/x", "a.github.io"),
        ("https://b.github.io/x", "b.github.io"),
        ("https://co.uk/x", "co.uk"),
        ("https://a.b.xn--55qx5d.cn/x", "b.xn--55qx5d.cn"),
        ("https://news.президент.рф/a", "xn--d1abbgf6aiiy.xn--p1ai"),
        ("https://xn--zzzzzz99999.example/a", "xn--zzzzzz99999.example"),
        ("http://117.190.86.18:8083/a", "117.190.86.18"),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
    ],
)
def test_a_host_belongs_to_the_outlet_with_the_longest_domain(url: str, key: str) -> None:
    assert key_of(url) == key


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no address",
        "mailto:a@reuters.com",
        "http://localhost:7000/a",
        "http://printer.lan/a",
        "http://nas.local/a",
        "http://a.home.arpa/",
        "https://reuters.com\\@evil.example/",
        "https://x.com/" + "a" * 20_000,
    ],
)
def test_what_is_no_public_address_has_no_outlet(url: str) -> None:
    assert outlet_of(url) is None


def test_an_unknown_host_is_an_outlet_of_its_own_of_which_nothing_is_known() -> None:
    outlet = outlet_of("https://news.some-town-paper.example/a")
    assert outlet is not None
    assert (outlet.key, outlet.name, outlet.domain) == ("some-town-paper.example",) * 3
    assert (outlet.kind, outlet.country, outlet.owner) == (None, None, None)


def test_a_host_that_only_looks_like_another_shows_both_spellings() -> None:
    outlet = outlet_of("https://www.аpple.com/news")  # the first letter is Cyrillic
    assert outlet is not None
    assert (outlet.key, outlet.name) == ("xn--pple-43d.com", "аpple.com (xn--pple-43d.com)")


def confusables() -> Iterator[tuple[str, str]]:
    """A listed domain, and a domain that looks like it: one letter Cyrillic, Greek or accented."""
    alike = {"a": "аα", "c": "сϲ", "e": "еé", "i": "іí", "o": "оο", "p": "рρ", "s": "ѕş", "x": "хχ"}
    domains = [entry["domains"][0] for entry in LISTED if entry["domains"]]
    for domain in [domain for domain in domains if domain.count(".") == 1][::12]:
        for at, letter in enumerate(domain.partition(".")[0]):
            for twin in alike.get(letter, ""):
                yield domain, domain[:at] + twin + domain[at + 1 :]


def test_none_of_500_confusable_domains_is_merged_with_the_real_one() -> None:
    pairs = list(confusables())
    assert len(pairs) >= 500
    for domain, twin in pairs:
        real, fake = outlet_of(f"https://{domain}/"), outlet_of(f"https://{twin}/")
        assert real is not None
        assert fake is not None
        assert fake.key != real.key, twin
        assert "xn--" in fake.name, twin


def test_unreadable_punycode_is_shown_as_it_is() -> None:
    outlet = outlet_of("https://xn--a-0hc.example/")
    for url in (
        "https://xn--a-ecp.ru/",
        "https://xn--zzzzzz99999.ru/",
        "https://xn--9uu63cf11h.ru/",
    ):
        outlet = outlet_of(url)
        assert outlet is not None
        assert outlet.name.isprintable()


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_whatever_makes_the_lookups_raise(text: str) -> None:
    for url in (text, f"https://{text}", f"https://t.me/{text}", f"https://{text}.example/"):
        found = outlet_of(url)
        assert found is None or found.key
    assert named(text) is None or text


# --------------------------------------------------------------------------------------------------
# accounts on platforms


@pytest.mark.parametrize(
    ("url", "key", "name"),
    [
        ("https://www.youtube.com/@dwnews/videos", "youtube.com/@dwnews", "@dwnews (YouTube)"),
        ("https://youtube.com/@%D0%B4%D0%B0", "youtube.com/@%d0%b4%d0%b0", "@да (YouTube)"),
        (
            "https://www.youtube.com/channel/UCknLrEdhRCp1aegoMqRaCZg",
            "youtube.com/channel/UCknLrEdhRCp1aegoMqRaCZg",
            "channel/UCknLrEdhRCp1aegoMqRaCZg (YouTube)",
        ),
        ("https://www.youtube.com/c/Joe", "youtube.com/c/joe", "c/joe (YouTube)"),
        ("https://www.youtube.com/user/Joe", "youtube.com/user/joe", "user/joe (YouTube)"),
        ("https://x.com/Reuters/status/1?s=20", "x.com/reuters", "@reuters (X)"),
        ("https://mobile.twitter.com/reuters/status/1", "x.com/reuters", "@reuters (X)"),
        ("https://t.me/Rybar/1", "t.me/rybar", "@rybar (Telegram)"),
        ("https://t.me/s/rybar", "t.me/rybar", "@rybar (Telegram)"),
        ("https://rybar.t.me/1", "t.me/rybar", "@rybar (Telegram)"),
        ("https://tgstat.ru/channel/@rybar", "t.me/rybar", "@rybar (Telegram)"),
        ("https://t.me/c/1234/5", "t.me/c/1234", "c/1234 (Telegram)"),
        ("https://joe.substack.com/p/a", "joe.substack.com", "joe (Substack)"),
        ("https://open.substack.com/pub/joe/p/a", "joe.substack.com", "joe (Substack)"),
        ("https://substack.com/@joe", "substack.com/@joe", "@joe (Substack)"),
        ("https://medium.com/@joe/a-1", "medium.com/@joe", "@joe (Medium)"),
        ("https://medium.com/%40joe/a-1", "medium.com/@joe", "@joe (Medium)"),
        ("https://medium.com/some-pub/a-1", "medium.com/some-pub", "some-pub (Medium)"),
        ("https://joe.medium.com/a-1", "joe.medium.com", "joe (Medium)"),
        ("https://www.facebook.com/Joe.Doe/posts/1", "facebook.com/joe.doe", "@joe.doe (Facebook)"),
        ("https://m.facebook.com/story.php?story_fbid=1&id=1000", "facebook.com/1000", None),
        ("https://www.facebook.com/people/Joe-Doe/1000", "facebook.com/1000", None),
        ("https://www.facebook.com/p/Joe-Doe-1000", "facebook.com/1000", None),
        ("https://www.facebook.com/groups/joe/posts/1", "facebook.com/groups/joe", None),
        ("https://www.instagram.com/nasa/p/x", "instagram.com/nasa", "@nasa (Instagram)"),
        ("https://www.instagram.com/stories/nasa/1", "instagram.com/nasa", "@nasa (Instagram)"),
        ("https://www.threads.net/@joe/post/x", "threads.com/@joe", "@joe (Threads)"),
        ("https://www.tiktok.com/@joe.doe/video/1", "tiktok.com/@joe.doe", "@joe.doe (TikTok)"),
        ("https://www.linkedin.com/company/ibm/posts", "linkedin.com/company/ibm", None),
        ("https://old.reddit.com/r/ukraine/comments/1", "reddit.com/r/ukraine", None),
        ("https://www.reddit.com/u/joe", "reddit.com/user/joe", "user/joe (Reddit)"),
        (
            "https://bsky.app/profile/joe.bsky.social/post/1",
            "bsky.app/profile/joe.bsky.social",
            None,
        ),
        ("https://mastodon.social/@joe/1", "mastodon.social/@joe", None),
        ("https://truthsocial.com/@joe/posts/1", "truthsocial.com/@joe", "@joe (Truth Social)"),
        ("https://vk.com/wall-104933948_1", "vk.com/club104933948", "club104933948 (VK)"),
        ("https://vk.com/public104933948?w=wall-104933948_2", "vk.com/club104933948", None),
        ("https://vk.com/feed?z=video-104933948_2", "vk.com/club104933948", None),
        ("https://vk.com/wall1234_5", "vk.com/id1234", None),
        ("https://vk.com/@joe-a-title", "vk.com/joe", "@joe (VK)"),
        ("https://weibo.com/u/1234567", "weibo.com/1234567", "1234567 (Weibo)"),
        ("https://mp.weixin.qq.com/s?__biz=MjM5MT==&mid=1", "mp.weixin.qq.com/MjM5MT==", None),
        ("https://www.sohu.com/a/12_34", "sohu.com/34", None),
        ("https://whatsapp.com/channel/0029VaAbcD", "whatsapp.com/channel/0029VaAbcD", None),
        ("https://rumble.com/c/Joe", "rumble.com/c/joe", None),
        ("https://vimeo.com/joe", "vimeo.com/joe", "joe (Vimeo)"),
        ("https://soundcloud.com/joe/a", "soundcloud.com/joe", None),
        ("https://open.spotify.com/show/4rOoJ6E", "open.spotify.com/show/4rOoJ6E", None),
        ("https://github.com/python/cpython", "github.com/python", "python (GitHub)"),
        ("https://raw.githubusercontent.com/python/cpython/main/a", "github.com/python", None),
        ("https://joe.blogspot.de/2010/a", "joe.blogspot.com", "joe (Blogger)"),
        ("https://joe.wordpress.com/a", "joe.wordpress.com", "joe (WordPress.com)"),
        ("https://joe.files.wordpress.com/a", "joe.wordpress.com", None),
        ("https://joe.livejournal.com/1", "joe.livejournal.com", None),
        ("https://joe.weebly.com/a", "joe.weebly.com", "joe (Weebly)"),
        (
            "https://static1.squarespace.com/static/5a0123456789abcdef012345/t/1/a.pdf",
            "static1.squarespace.com/static/5a0123456789abcdef012345",
            None,
        ),
        ("https://www.joe.over-blog.fr/a", "joe.over-blog.fr", "joe (OverBlog)"),
        ("https://blog.livedoor.jp/joe/archives/1", "blog.livedoor.jp/joe", None),
        ("https://joe.blog102.fc2.com/blog-entry-1", "joe.fc2.com", "joe (FC2)"),
        ("https://dev.to/joe/a-1", "dev.to/joe", "joe (DEV Community)"),
        ("https://s3.amazonaws.com/joe-files/a.pdf", "joe-files.s3.amazonaws.com", None),
        ("https://joe-files.s3.amazonaws.com/a.pdf", "joe-files.s3.amazonaws.com", None),
        ("https://s3.us-west-2.amazonaws.com/joe/a.pdf", "joe.s3.amazonaws.com", None),
        ("https://s3-us-west-2.amazonaws.com/joe/a.pdf", "joe.s3.amazonaws.com", None),
        ("https://joe.s3.us-west-2.amazonaws.com/a.pdf", "joe.s3.amazonaws.com", None),
        ("https://storage.googleapis.com/joe/a.pdf", "storage.googleapis.com/joe", None),
        (
            "https://storage.googleapis.com/download/storage/v1/b/joe/o/a",
            "storage.googleapis.com/joe",
            None,
        ),
        ("https://joe-my.sharepoint.com/personal/a", "joe.sharepoint.com", None),
        ("https://members.tripod.com/~joe/a", "joe.tripod.com", None),
        ("https://joe.web.fc2.com/a", "joe.web.fc2.com", None),
        ("https://joe.up.seesaa.net/image/a.jpg", "joe.seesaa.net", None),
    ],
)
def test_on_a_platform_the_account_publishes(url: str, key: str, name: str | None) -> None:
    outlet = outlet_of(url)
    assert outlet is not None
    assert (outlet.key, outlet.kind) == (key, "platform-account")
    assert outlet.domain == key.partition("/")[0]
    assert name in (None, outlet.name)


@pytest.mark.parametrize(
    ("url", "key", "name"),
    [
        ("https://www.youtube.com/watch?v=abc", "youtube.com", "YouTube (account unknown)"),
        ("https://youtu.be/abc", "youtube.com", "YouTube (account unknown)"),
        ("https://x.com/i/web/status/1", "x.com", "X (account unknown)"),
        ("https://twitter.com/search?q=a", "x.com", "X (account unknown)"),
        ("https://x.com/hashtag/a", "x.com", "X (account unknown)"),
        ("https://x.com/", "x.com", "X (account unknown)"),
        ("https://t.me/joinchat/abcdef", "t.me", "Telegram (account unknown)"),
        ("https://t.me/+abcdef", "t.me", "Telegram (account unknown)"),
        ("https://www.facebook.com/watch/?v=1", "facebook.com", "Facebook (account unknown)"),
        ("https://www.instagram.com/p/x", "instagram.com", "Instagram (account unknown)"),
        ("https://www.linkedin.com/posts/joe_a-1", "linkedin.com", "LinkedIn (account unknown)"),
        ("https://vimeo.com/123456", "vimeo.com", "Vimeo (account unknown)"),
        ("https://substack.com/home", "substack.com", "Substack (account unknown)"),
        ("https://telegra.ph/a-01-02", "telegra.ph", "Telegraph (account unknown)"),
        ("https://dev.to/", "dev.to", "DEV Community (account unknown)"),
        ("https://dev.to/top/week", "dev.to", "DEV Community (account unknown)"),
        ("https://de.hypotheses.org/1", "hypotheses.org", "Hypotheses (account unknown)"),
        ("https://static.miraheze.org/a/b.png", "miraheze.org", "Miraheze (account unknown)"),
        ("https://sites.libsyn.com/1/a", "libsyn.com", "Libsyn (account unknown)"),
        ("https://de.jimdo.com/a", "jimdo.com", "Jimdo (account unknown)"),
    ],
)
def test_an_address_without_account_leads_to_the_platform(url: str, key: str, name: str) -> None:
    outlet = outlet_of(url)
    assert outlet is not None
    assert (outlet.key, outlet.name, outlet.kind) == (key, name, "platform")


def test_one_account_is_one_entry_however_it_is_written() -> None:
    assert outlet_of("https://x.com/Reuters") == outlet_of("https://twitter.com/@reuters/status/1")


def test_an_account_name_that_would_not_print_stays_encoded() -> None:
    outlet = outlet_of("https://youtube.com/@a%1B%0Ab")
    assert outlet is not None
    assert outlet.name == "@a%1b%0ab (YouTube)"


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform["name"])
def test_a_platforms_rules_compile_and_lead_to_its_domains(platform: dict[str, Any]) -> None:
    for rule in platform.get("accounts", []):
        groups = re.compile(rule["match"]).groups
        assert groups >= 1
        key = rule["key"].format(*["a"] * groups)
        rule["name"].format(*["a"] * groups)
        host = key.partition("/")[0]
        below = host == "a" or any(domain in platform["domains"] for domain in urls.upwards(host))
        assert below, f"{key} is not below {platform['domains']}"


# --------------------------------------------------------------------------------------------------
# phrase -> outlet


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("Reuters", "reuters.com"),
        ("reuters", "reuters.com"),
        ("the Reuters", "reuters.com"),
        ("Wall Street Journal", "wsj.com"),
        ("*The Wall Street Journal*", "wsj.com"),
        ("“WSJ”", "wsj.com"),
        ("AFP", "afp.com"),
        ("Agence France-Presse", "afp.com"),
        ("AGENCE FRANCE PRESSE", "afp.com"),
        ("Al-Jazeera", "aljazeera.com"),
        ("Xinhua", "xinhuanet.com"),
        ("新华社", "xinhuanet.com"),
        ("ТАСС", "tass.com"),
        ("Yonhap", "yna.co.kr"),
        ("L’Équipe", "lequipe.fr"),
        ("L'E\u0301quipe", "lequipe.fr"),
        ("ｒｅｕｔｅｒｓ", "reuters.com"),
        ("Time", "time.com"),
        ("Institute for the Study of War", "understandingwar.org"),
    ],
)
def test_a_name_or_alias_names_its_outlet(phrase: str, key: str) -> None:
    outlet = named(phrase)
    assert outlet is not None
    assert outlet.key == key


@pytest.mark.parametrize("phrase", ["", "the", "Nobody's Gazette", "The Nation", "El País", "—"])
def test_an_unknown_or_shared_name_names_none(phrase: str) -> None:
    assert named(phrase) is None


@pytest.mark.parametrize("entry", LISTED[::40], ids=lambda entry: entry["name"])
def test_every_name_is_found_unless_it_is_shared(entry: dict[str, Any]) -> None:
    key = (entry.get("hosts") or entry["domains"])[0]
    for name in names_of(entry):
        outlet = named(name)
        assert (outlet is None and name in entry["ambiguous"]) or (outlet and outlet.key == key)
        assert key in [found.key for found in find(name)]


@pytest.mark.parametrize(
    ("name", "words"),
    [("The Times", ("times",)), ("The", ("the",)), ("the the", ("the",)), ("¡!", ())],
)
def test_a_leading_article_is_no_word_of_a_name_but_where_it_is_all(
    name: str, words: tuple[str, ...]
) -> None:
    assert by_name.words(name) == words


def test_phrases_come_by_their_first_word_the_longest_first() -> None:
    for first, found in phrases().items():
        assert found
        lengths = [len(phrase.tokens) for phrase in found]
        assert lengths == sorted(lengths, reverse=True)
        assert {phrase.tokens[0] for phrase in found} == {first}
        assert len({phrase.tokens for phrase in found}) == len(found)
    every = [phrase for found in phrases().values() for phrase in found]
    assert {words(name) for e in LISTED for name in names_of(e)} == (
        {" ".join(phrase.tokens) for phrase in every}
    )
    assert all(phrase.ambiguous for phrase in every if phrase.key is None)


def test_a_phrase_can_be_found_in_prose_by_its_words() -> None:
    prose = "As The Wall Street Journal and Agence France-Presse reported"
    tokens = tuple(outlets.fold(word) for word in outlets.WORD.findall(prose))
    found, at = [], 0
    while at < len(tokens):
        here = phrases().get(tokens[at], ())
        hit = next((p for p in here if tokens[at : at + len(p.tokens)] == p.tokens), None)
        at += len(hit.tokens) if hit else 1
        found += [hit.key] if hit else []
    assert found == ["wsj.com", "afp.com"]


def test_a_shared_name_is_a_phrase_without_key() -> None:
    shared = [phrase for phrase in phrases()["nation"] if phrase.tokens == ("nation",)]
    assert [(phrase.key, phrase.ambiguous) for phrase in shared] == [(None, True)]


def test_a_key_leads_to_its_entry_and_an_unknown_one_raises() -> None:
    assert outlets.keyed("reuters.com").name == "Reuters"
    assert outlets.keyed("gov.uk").name == "UK government"
    assert outlets.keyed("youtube.com").name == "YouTube (account unknown)"
    with pytest.raises(KeyError):
        outlets.keyed("nobody.example")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Reuters", ["reuters.com"]),
        ("reuters.com", ["reuters.com"]),
        ("bbc.co.uk", ["bbc.com"]),
        ("https://www.bbc.co.uk/news/a", ["bbc.com"]),
        ("x.com/Reuters", ["x.com/reuters"]),
        ("YouTube", ["youtube.com"]),
        ("unknown-paper.example", ["unknown-paper.example"]),
        ("gov.uk", ["gov.uk"]),
        (
            "The Nation",
            ["nation.africa", "thenation.com", "thenationonlineng.net", "nation.com.pk"],
        ),
        ("associated pr", []),
        ("zzzz", []),
        ("", []),
        ("  ", []),
        ("?!", []),
    ],
)
def test_a_person_finds_an_outlet_by_name_domain_or_address(text: str, keys: list[str]) -> None:
    assert [outlet.key for outlet in find(text)] == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("associated pr", ["apnews.com", "app.com.pk"]),
        ("theguardian.c", ["theguardian.com"]),
        ("zzzz", []),
        ("  ", []),
    ],
)
def test_outlets_that_begin_so_are_candidates(text: str, keys: list[str]) -> None:
    assert [outlet.key for outlet in beginning(text)] == keys


def test_an_account_name_that_was_encoded_twice_is_read() -> None:
    outlet = outlet_of("https://www.linkedin.com/company/%25E4%25B8%25AD%25E7%25BE%258E/about")
    assert outlet is not None
    assert outlet.name == "company/中美 (LinkedIn)"
