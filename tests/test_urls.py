"""Addresses: one spelling per page, what stands around a page, and what was meant in text."""

import re
import time
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import urls
from ledger.urls import spelling, wrappers

_PIECES = (
    "http https :// : // / \\ @ ? # & = % %2 %2F %3A %5C %20 .. . [ ] ::1 127.0.0.1 www. example"
    " .com reuters.com web.archive.org/web/2020/ google.com/url?q= amp /amp .amp amp. x.com t.me/"
    " hxxp dot utm_source=a &amp; &lt; ( ) … 。 （ ， \\_ _ * < > \" ' é ß ſ ｅ ① İ аpple xn--"
    " xn--pple-43d - -- :80 :443 :8080 :99999 1.2.3.4 0x7f 12ft.io/ translate.goog doi: 10.1000/"
    " arXiv: 2005.11401 [1] ^ user:pw@ mailto: javascript: \ud800 \u200b \u202e \x00 \x1b"
)
PIECES = [*_PIECES.split(), " ", "\n", "\t", " dot "]
WILD = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map(lambda pieces: "https://" + "".join(pieces)),
)
ADVERSARIAL = [
    "https://x.org" + "/" * 16_000,
    "https://x.org/" + "../" * 5_000,
    "https://x.org/" + "%" * 16_000,
    "https://x.org/" + "ء" * 16_000,
    "https://x.org/?" + "&" * 16_000,
    "https://x.org/?" + "utm_a=1&" * 2_000,
    "https://" + "@" * 16_000,
    "https://" + "a." * 8_000 + "com",
    "https://" + "é" * 16_000 + ".com",
    "https://" + "web.archive.org/web/2/" * 700 + "a.org",
    "https://" + "1ft.io/https://" * 1_000 + "a.org",
    "https://x.org/" + ")" * 16_000,
    "https://x.org/" + "[1]" * 5_000,
    "https://x.org/" + "[1]" * 5_000 + "]",
    "https://x.org/" + "\\_" * 8_000,
    "https://x.org/&" + "amp;" * 4_000,
    "www" + " dot x" * 2_600,
    "http://" * 2_300 + "x",
    "(" * 16_000,
    "https://google.com/url?" + "q=&" * 5_000,
    "https://x.org/" + ".amp" * 4_000,
    "https://x.org/" + "1/" * 7_990 + "amp",
    "https://r.search.yahoo.com/" + "/RU=" * 4_000,
    "https://urldefense.com/v3/__" + "_;" * 8_000,
    "arxiv:" + "a" * 16_000,
]


def identity(url: str) -> tuple[str, str, list[tuple[str, str]]]:
    """What no spelling may change: host without www, decoded path without last slash, query."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    while host.startswith("www.") and "." in host[4:]:  # "www.org" is a name of its own
        host = host[4:]
    return host, unquote(parts.path).rstrip("/"), parse_qsl(parts.query, keep_blank_values=True)


# --------------------------------------------------------------------------------------------------
# normalise


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org/a", "https://example.org/a"),
        ("HTTPS://EXAMPLE.org/A", "https://example.org/A"),
        ("https://www.example.org/a", "https://example.org/a"),
        ("https://www.www.example.org/a", "https://example.org/a"),
        ("https://www.com/a", "https://www.com/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("https://example.org///", "https://example.org/"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org/a/?b=1", "https://example.org/a?b=1"),
        ("https://example.org/a//b", "https://example.org/a//b"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/../..", "https://example.org/"),
        ("https://example.org/%2e%2e/a", "https://example.org/a"),
        ("https://example.org/%7Ea%2db%c3%a9", "https://example.org/~a-b%C3%A9"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/a%", "https://example.org/a%25"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://example.org/X_%28film%29", "https://example.org/X_(film)"),
        ("https://example.org/a#b", "https://example.org/a"),
        ("https://example.org/a#:~:text=b", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?b=1&&c&", "https://example.org/a?b=1&c"),
        ("https://example.org/a?c=1&b=2&c=3", "https://example.org/a?c=1&b=2&c=3"),
        ("https://example.org/?a[0]=1", "https://example.org/?a%5B0%5D=1"),
        ("https://user:pw@example.org/a", "https://example.org/a"),
        ("https://user:p@w@example.org/a", "https://example.org/a"),
        ("http://example.org:80/a", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:/a", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org:08080/a", "https://example.org:8080/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://exam\tple.org/\na", "https://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        ("http:/example.org/a", "https://example.org/a"),
        ("www.example.org", "https://example.org/"),
        ("example.org/a", "https://example.org/a"),
        ("example.org?a=1", "https://example.org/?a=1"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        ("http://localhost:7000/a", "http://localhost:7000/a"),
        ("http://127.0.0.1/a", "https://127.0.0.1/a"),
        ("http://[::1]/a", "https://[::1]/a"),
        ("http://[2001:DB8:0:0:1:0:0:1]:81/", "http://[2001:db8::1:0:0:1]:81/"),
        ("http://[0:0:0:0:0:0:0:0]/", "https://[::]/"),
        ("http://[10:0:0:1:20:0:0:0]/", "https://[10:0:0:1:20::]/"),
        ("http://[1:2:3:4:5:6:7:8]/", "https://[1:2:3:4:5:6:7:8]/"),
        ("http://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/"),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/"),
        ("https://MÜNCHEN.de/", "https://xn--mnchen-3ya.de/"),
        ("https://straße.de/", "https://xn--strae-oqa.de/"),
        ("https://президент.рф/", "https://xn--d1abbgf6aiiy.xn--p1ai/"),
        ("https://президент。рф/", "https://xn--d1abbgf6aiiy.xn--p1ai/"),
        ("https://ｅxample.org/", "https://example.org/"),
        ("https://exam\u00adple.org/", "https://example.org/"),
        ("https://ex%61mple.org/", "https://example.org/"),
        ("https://①②⑦.⓪.⓪.①/", "https://127.0.0.1/"),
    ],
)
def test_one_page_has_one_spelling(url: str, expected: str) -> None:
    assert urls.normalise(url) == expected


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=chatgpt.com",
        "UTM_Medium=mail",
        "utm%5Fsource=x",
        "fbclid=1",
        "gclid=1",
        "mc_cid=1",
        "referrer=grok.com",
        "srsltid=1",
        "amp",
        "amp=1",
        "outputType=amp",
        "_x_tr_sl=en",
        "__cft__[0]=AZ",
        "unlocked_article_code=1",
    ],
)
def test_tracking_parameters_are_dropped(query: str) -> None:
    assert urls.normalise(f"https://example.org/a?{query}") == "https://example.org/a"
    assert urls.normalise(f"https://example.org/a?b=1&{query}&c=2") == (
        "https://example.org/a?b=1&c=2"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1"),
        ("https://mobile.twitter.com/a/status/1?s=20", "https://mobile.twitter.com/a/status/1"),
        ("https://example.org/a?s=20&t=abc", "https://example.org/a?s=20&t=abc"),
        ("https://www.youtube.com/watch?v=a&t=12s&si=b", "https://youtube.com/watch?v=a"),
        ("https://t.me/rybar/1?single", "https://t.me/rybar/1"),
        ("https://example.org/a?amp=2", "https://example.org/a?amp=2"),
    ],
)
def test_some_parameters_are_tracking_only_at_some_hosts(url: str, expected: str) -> None:
    assert urls.normalise(url) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "#sources",
        "reuters",
        "report.pdf",
        "README.md",
        "U.S.",
        "e.g.",
        "1.5",
        "10.0.0.1",
        "arXiv:2005.11401",
        "mailto:a@example.org",
        "a@example.org",
        "user:pw@example.org/a",
        "javascript:alert(1)",
        "data:text/html,a",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "https://",
        "https:///",
        "http://http://example.org",
        "https://exa mple.org/",
        "https://example..org/",
        "https://.example.org/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:port/",
        "https://[::1/",
        "https://[::g]/",
        "https://[1:2]/",
        "https://[fe80::1%25eth0]/",
        "https://example.org\\@evil.example/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://256.1.1.1/",
        "https://1.2.3.4.5/",
        "https://a℀b.org/",
        "https://exa\u202emple.org/",
        "https://" + "a" * 64 + ".org/",
        "https://" + "é" * 60 + ".org/",
        "https://" + "é." * 200 + "org/",
        "https://" + "a." * 130 + "org/",
        "https://example.org/\ud800",
        "https://example.org/?\ud800",
        "https://example.org/" + "a" * spelling.MAX_LENGTH,
    ],
)
def test_what_is_no_usable_address_gives_none(text: str) -> None:
    assert urls.normalise(text) is None
    assert urls.host(text) is None
    assert urls.unwrap(text) == (None, None, None)


@given(WILD)
def test_any_text_is_normalised_once_and_for_all(text: str) -> None:
    page = urls.normalise(text)
    if page is None:
        assert urls.host(text) is None
        return
    assert urls.normalise(page) == page
    assert urls.redact(page) == page
    assert re.fullmatch(r"https?://[!-~]+", page)
    assert urls.host(page) == urls.host(text)


@given(
    host=st.from_regex(r"(?:www\.)?[a-z]{3,9}\.(?:org|co\.uk)", fullmatch=True),
    path=st.from_regex(r"(?:/[A-Za-z0-9()é%_-]{1,8}){0,4}/?", fullmatch=True),
    query=st.lists(st.from_regex(r"[bcd]=[a-z0-9+é]{0,5}", fullmatch=True), max_size=3),
)
def test_a_spelling_never_changes_the_identity_of_a_page(
    host: str, path: str, query: list[str]
) -> None:
    url = f"http://{host}{path}{'?' if query else ''}{'&'.join(query)}"
    assert identity(urls.normalise(url) or "") == identity(url)


def test_the_host_is_bare() -> None:
    assert urls.host("https://www.Example.org:8080/a") == "example.org"
    assert urls.host("http://[::1]:80/") == "::1"
    assert urls.host("example.org/a") == "example.org"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://secret@example.org/a", "https://example.org/a"),
        ("https://user:sec@ret@example.org/a?b=c@d", "https://example.org/a?b=c@d"),
        (" HTTP://user:secret@example.org", " HTTP://example.org"),
        ("//user:secret@example.org/", "//example.org/"),
        ("ftp://user:secret@example.org/", "ftp://example.org/"),
        ("postgresql+psycopg://user:secret@db/ledger", "postgresql+psycopg://db/ledger"),
        ("https:\\\\user:secret@example.org\\", "https:\\\\example.org\\"),
        ("https://user:secret\\@example.org/", "https://example.org/"),
        ("bob:pw@https://user:secret@example.org/", "https://example.org/"),
        ("user:secret@example.org/a", "example.org/a"),
        ("http:user:secret@example.org", "http:example.org"),
        ("http:/user:secret@example.org", "http:/example.org"),
        ("http:////user:secret@example.org", "http:////example.org"),
        ("https://a@b@example.org", "https://example.org"),
        ("https://user:secret@[::1", "https://[::1"),
        ("https://medium.com/@joe", "https://medium.com/@joe"),
        ("https://example.org/?mail=joe@example.org", "https://example.org/?mail=joe@example.org"),
        ("mailto:joe@example.org", "mailto:joe@example.org"),
        ("joe@example.org", "joe@example.org"),
        ("no address", "no address"),
    ],
)
def test_credentials_are_redacted_and_nothing_else(url: str, expected: str) -> None:
    assert urls.redact(url) == expected


@given(WILD)
def test_redacting_never_raises_and_is_done_once(text: str) -> None:
    assert len(urls.redact(text)) <= len(text)
    secret = f"https://user:pa55word@{text}"
    assert "pa55word" not in urls.redact(secret)


# --------------------------------------------------------------------------------------------------
# unwrap

STORY = "https://example.org/a-b-c/1?d=2"
VIDEO = "https://youtube.com/watch?v=a-b_c123456"
CODED = "https%3A%2F%2Fwww.example.org%2Fa-b-c%2F1%3Fd%3D2"
A = "https://example.org/a"
WAYBACK = "https://web.archive.org/web"
CASES = [  # every rule of the table has at least one
    ("web.archive.org", f"{WAYBACK}/20240102030405/http://www.example.org:80/a", A),
    ("web.archive.org", f"{WAYBACK}/2024id_/{STORY}", STORY),
    ("web.archive.org", f"http://web.archive.org/web/*/{STORY}", STORY),
    ("web.archive.org", f"https://web.archive.org/save/{STORY}", STORY),
    ("web.archive.org", f"{WAYBACK}/2020/example.org/a", A),
    ("web.archive.org", f"{WAYBACK}/2020/{CODED}", STORY),
    ("archive.today", f"https://archive.ph/20240102030405/{STORY}", STORY),
    ("archive.today", f"https://archive.is/o/AbC12/{STORY}", STORY),
    ("archive.today", f"https://archive.today/newest/{STORY}", STORY),
    ("archive.today", f"https://archive.li/2024.01.02-030405/{STORY}", STORY),
    ("archive.today", f"https://archive.vn/?run=1&url={CODED}", STORY),
    (
        "ghostarchive.org",
        "https://ghostarchive.org/varchive/youtube/20210101/dQw4w9WgXcQ",
        "https://youtube.com/watch?v=dQw4w9WgXcQ",
    ),
    ("ghostarchive.org", f"https://ghostarchive.org/search?term={CODED}", STORY),
    ("webcitation.org", f"https://www.webcitation.org/5sIbRXtwx?url={STORY}", STORY),
    ("web-archive", f"https://arquivo.pt/wayback/20100101000000/{STORY}", STORY),
    ("web-archive", f"https://webarchive.nationalarchives.gov.uk/ukgwa/2010/{STORY}", STORY),
    ("web-archive", f"https://wayback.archive-it.org/123/20100101mp_/{STORY}", STORY),
    (
        "google-cache",
        "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:www.example.org/a+b",
        A,
    ),
    ("12ft.io", f"https://12ft.io/{STORY}", STORY),
    ("12ft.io", f"https://12ft.io/proxy?q={CODED}", STORY),
    ("r.jina.ai", f"https://r.jina.ai/{STORY}", STORY),
    ("outline.com", f"https://outline.com/{STORY}", STORY),
    ("freedium", f"https://freedium.cfd/{STORY}", STORY),
    ("removepaywall", f"https://1ft.io/{STORY}", STORY),
    ("txtify.it", f"https://txtify.it/{STORY}", STORY),
    ("google-viewer", f"https://docs.google.com/gview?embedded=true&url={CODED}", STORY),
    ("office-viewer", f"https://view.officeapps.live.com/op/view.aspx?src={CODED}", STORY),
    ("amp", "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a-b-c/1?d=2", STORY),
    ("amp", "https://cdn.ampproject.org/v/example.org/a", A),
    ("amp", "https://www.google.co.uk/amp/s/www.example.org/a-b-c/1?d=2", STORY),
    ("amp", "https://www.bing.com/amp/s/example.org/a-b-c/1?d=2", STORY),
    ("amp", "https://amp.cnn.com/cnn/2020/a-b/index.html", "https://cnn.com/2020/a-b/index.html"),
    ("amp", "https://amp.theguardian.com/world/2020/a", "https://theguardian.com/world/2020/a"),
    ("amp", "https://ria.ru/amp/20220929/a-1.html", "https://ria.ru/20220929/a-1.html"),
    ("amp", "https://www.bbc.co.uk/news/amp/world-1", "https://bbc.co.uk/news/world-1"),
    ("amp", "https://ru.krymr.com/amp/a-b/3186.html", "https://ru.krymr.com/a/a-b/3186.html"),
    ("amp", "https://example.org/politics/15705793/amp", "https://example.org/politics/15705793"),
    ("amp", "https://example.org/one-two-three/amp/?a=1", "https://example.org/one-two-three?a=1"),
    ("amp", "https://example.org/news/a-story.amp", "https://example.org/news/a-story"),
    ("amp", "https://example.org/news/a-story.amp.html", "https://example.org/news/a-story.html"),
    (
        "google-translate",
        "https://www-my--paper-org.translate.goog/a?b=1&_x_tr_sl=ru&_x_tr_tl=en",
        "https://my-paper.org/a?b=1",
    ),
    ("google-translate", f"https://translate.google.com/translate?sl=ru&u={CODED}", STORY),
    ("microsoft-translator", f"https://www.microsofttranslator.com/bv.aspx?a={CODED}", STORY),
    ("yandex-translate", f"https://translate.yandex.ru/translate?lang=ru-en&url={CODED}", STORY),
    ("google-redirect", f"https://www.google.com/url?sa=t&source=web&url={CODED}&ved=1", STORY),
    (
        "google-redirect",  # as Google Docs writes it: the query alone is encoded
        "https://www.google.com/url?q=https://y.example/watch?v%3Dab%26t%3D1&sa=D",
        "https://y.example/watch?v=ab&t=1",
    ),
    ("google-redirect", f"https://google.de/url?q={CODED}", STORY),
    ("google-redirect", f"https://google.com/imgres?imgurl=x&imgrefurl={CODED}", STORY),
    (
        "google-news",  # "\x08\x13\x22" length "https://www.example.org/a" "\xd2\x01\x00"
        "https://news.google.com/rss/articles/CBMiGWh0dHBzOi8vd3d3LmV4YW1wbGUub3JnL2HSAQA?oc=5",
        A,
    ),
    ("duckduckgo", f"https://duckduckgo.com/l/?uddg={CODED}&rut=1", STORY),
    (
        "bing",
        "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly93d3cuZXhhbXBsZS5vcmcvYQ&ntb=1",
        A,
    ),
    ("yahoo", f"https://r.search.yahoo.com/_ylt=A/RV=2/RU={CODED}/RK=2/RS=x", STORY),
    ("yandex", f"https://yandex.ru/turbo?url={CODED}", STORY),
    ("facebook", f"https://l.facebook.com/l.php?u={CODED}&h=AT", STORY),
    ("facebook", f"https://l.instagram.com/?u={CODED}&e=AT", STORY),
    ("threads", f"https://l.threads.net/?u={CODED}", STORY),
    ("linkedin", f"https://www.linkedin.com/safety/go?url={CODED}", STORY),
    ("medium", f"https://medium.com/r/?url={CODED}", STORY),
    ("reddit", f"https://out.reddit.com/t3_x?url={CODED}", STORY),
    ("steam", f"https://steamcommunity.com/linkfilter/?u={CODED}", STORY),
    ("telegram", f"https://t.me/iv?url={CODED}&rhash=1", STORY),
    ("tumblr", f"https://t.umblr.com/redirect?z={CODED}", STORY),
    ("vk", f"https://vk.com/away.php?to={CODED}", STORY),
    ("weibo", f"https://weibo.cn/sinaurl?u={CODED}", STORY),
    ("youtube", f"https://www.youtube.com/redirect?event=x&q={CODED}", STORY),
    ("youtube", "https://youtu.be/a-b_c123456?si=x", VIDEO),
    ("youtube", "https://m.youtube.com/watch?v=a-b_c123456&list=x", VIDEO),
    ("youtube", "https://www.youtube.com/shorts/a-b_c123456", VIDEO),
    ("youtube", "https://www.youtube-nocookie.com/embed/a-b_c123456?rel=0", VIDEO),
    ("mobile", "https://de.m.wikipedia.org/wiki/Damm", "https://de.wikipedia.org/wiki/Damm"),
    ("link-page", f"https://link.zhihu.com/?target={CODED}", STORY),
    ("link-page", f"https://www.jianshu.com/go-wild?ac=2&url={CODED}", STORY),
    ("link-page", f"https://href.li/?{STORY}", STORY),
    ("slack", f"https://slack-redir.net/link?url={CODED}", STORY),
    ("outlook", f"https://eur01.safelinks.protection.outlook.com/?url={CODED}&data=1", STORY),
    ("proofpoint", f"https://urldefense.com/v3/__{STORY}__;!!x!y$", STORY),
    (
        "proofpoint",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_a&d=1",
        A,
    ),
]


@pytest.mark.parametrize(
    "url",
    [
        "https://doi.org/10.1038/ngeo629",
        "https://doi.org/10.1038%2FNGEO629",
        "http://dx.doi.org/10.1038/NGEO629",
        "https://www.doi.org/10.1038/ngeo629",
    ],
)
def test_a_doi_has_one_spelling(url: str) -> None:
    assert urls.normalise(url) == "https://doi.org/10.1038/ngeo629"


@pytest.mark.parametrize(("wrapper", "url", "expected"), CASES)
def test_what_stands_around_a_page_is_undone(wrapper: str, url: str, expected: str) -> None:
    assert urls.unwrap(url) == (expected, wrapper, None)


@pytest.mark.parametrize(
    "url",
    [
        "https://youtube.com/embed/videoseries?list=x",
        "https://youtube.com/watch?v=a-b_c123456&lc=a-comment",
        "https://youtube.com/@dam/live",
        "https://youtu.be/a-b",
    ],
)
def test_what_shows_no_video_alone_stays_what_it_is(url: str) -> None:
    assert urls.unwrap(url).wrapper is None


@pytest.mark.parametrize("rule", wrappers.RULES, ids=lambda rule: f"{rule.wrapper} {rule.pattern}")
def test_every_rule_has_a_case(rule: wrappers.Rule) -> None:
    pattern = re.compile(rule.pattern, re.DOTALL | re.ASCII)
    subjects = [(urls.normalise(url) or "").partition("://")[2] for _, url, _ in CASES]
    assert any(
        pattern.match(subject) and rule.wrapper == wrapper
        for subject, (wrapper, _, _) in zip(subjects, CASES, strict=True)
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a",
        "https://example.org/tools/amp",
        "https://en.wikipedia.org/wiki/amp",
        "https://amp.dev/about",
        "https://amp.example.org/a",
        "https://www.google.com/url",
        "https://www.google.com/url?q=weather",
        "https://www.google.com/search?q=example.org/a",
        "https://google.evil.org/url?q=https://example.org/a",
        "https://evilgoogle.com/url?q=https://example.org/a",
        "https://facebook.com/story.php?u=https://example.org/",
        "https://youtube.com/results?q=https://example.org/",
        "https://12ft.io/about",
        "https://bing.com/ck/a?u=b1xyz",
        "https://bing.com/ck/a?u=a1A",
        "https://bing.com/ck/a?u=a1QUFB",
        "https://example.translate.google.org/a",
    ],
)
def test_a_page_that_only_looks_wrapped_stays(url: str) -> None:
    assert urls.unwrap(url) == (urls.normalise(url), None, None)


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        ("https://archive.ph/UllSY#selection-1", "archive"),
        ("https://web.archive.org/web/20220321121337/", "archive"),
        ("https://vertexaisearch.cloud.google.com/grounding-api-redirect/AUZ", "expiring"),
        ("https://news.google.com/rss/articles/CBMixyz", "redirect"),
        ("https://t.co/y5Wn5UBP8S", "short-link"),
    ],
)
def test_an_address_that_hides_its_page_says_so(url: str, hidden: str) -> None:
    assert urls.unwrap(url) == (urls.normalise(url), None, hidden)


def test_wrappers_inside_wrappers_are_undone_and_the_outermost_is_named() -> None:
    inner = f"https://www.google.com/url?q={CODED}"
    assert urls.unwrap(f"{WAYBACK}/2020/{inner}") == (
        STORY,
        "web.archive.org",
        None,
    )


@given(WILD)
def test_unwrapping_any_text_is_done_once(text: str) -> None:
    page = urls.unwrap(text)
    if page.url is None:
        assert urls.normalise(text) is None
    else:
        assert urls.unwrap(page.url) == (page.url, None, page.hidden)


# --------------------------------------------------------------------------------------------------
# repair


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://Example.org/A?utm_source=x#y", "http://Example.org/A?utm_source=x#y"),
        ("https://example.org/a.", "https://example.org/a"),
        ("https://example.org/a),", "https://example.org/a"),
        ("(https://example.org/a_(film)).", "https://example.org/a_(film)"),
        ("https://example.org/a_(film)", "https://example.org/a_(film)"),
        ("“https://example.org/a”,", "https://example.org/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("<https://example.org/a b>", "https://example.org/a%20b"),
        ("**https://example.org/a**", "https://example.org/a"),
        ("_https://example.org/a_", "https://example.org/a"),
        ("https://example.org/a_", "https://example.org/a_"),
        ("`https://example.org/a`;", "https://example.org/a"),
        ("https://example.org/…", "https://example.org/"),
        ("https://example.org/a。以及", "https://example.org/a"),
        ("https://example.org/a（b）/c", "https://example.org/a（b）/c"),
        ("（https://example.org/a）", "https://example.org/a"),
        ("https://example.org/a and more", "https://example.org/a"),
        ("example.org and/or another.org", "https://example.org"),
        ("https://example.org/fire[96]", "https://example.org/fire"),
        ("https://example.org/fire[9][^6].", "https://example.org/fire"),
        ("https://example.org/?a=b[1]", "https://example.org/?a=b[1]"),
        ("https://example.org/a\\_b\\-c\\&d", "https://example.org/a_b-c&d"),
        ("https://example.org/a%5C_b", "https://example.org/a_b"),
        ("https:\\/\\/example.org\\/a", "https://example.org/a"),
        ("https://example.org/9585\\", "https://example.org/9585"),
        ("https://example.org/?a=1&amp;b=2&#38;c", "https://example.org/?a=1&b=2&c"),
        ("https://example.org/?a=1&amp;amp;b=2", "https://example.org/?a=1&b=2"),
        ("https://example.org/a&quot;>text", "https://example.org/a"),
        ("https://exam\u200bple.org/a\u202e", "https://example.org/a"),
        ("hxxps://example.org/a", "https://example.org/a"),
        ("hxxp[:]//example[.]org/a", "http://example.org/a"),
        ("www.kremlin dot ru/x", "https://www.kremlin.ru/x"),
        ("https://gur.gov dot ua/content/a;", "https://gur.gov.ua/content/a"),
        ("https://a dot b dot example.org/x", "https://a.b.example.org/x"),
        ("https://www.rbc%20dot%20ru/a", "https://www.rbc.ru/a"),
        ("tass [dot] ru/a", "https://tass.ru/a"),
        ("tass(.)ru/a", "https://tass.ru/a"),
        ("https://example.org/polka dot dress", "https://example.org/polka"),
        ("www.example.org", "https://www.example.org"),
        ("//example.org/a", "https://example.org/a"),
        ("https//example.org/a", "https://example.org/a"),
        ("https:/example.org/a", "https://example.org/a"),
        ("ttps://example.org/a", "https://example.org/a"),
        ("http://https://example.org/a", "https://example.org/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://medium.com/\\@joe/a", "https://medium.com/@joe/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("doi:10.1000/182.", "https://doi.org/10.1000/182"),
        ("10.1038/s41586-020-2649-2", "https://doi.org/10.1038/s41586-020-2649-2"),
        ("arXiv:2005.11401v2 [cs.CL]", "https://arxiv.org/abs/2005.11401v2"),
        ("arXiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
    ],
)
def test_an_address_as_found_becomes_the_address_meant(found: str, meant: str) -> None:
    assert urls.repair(found) == meant


@pytest.mark.parametrize(
    "found",
    [
        "",
        "#sources",
        "report.pdf",
        "joe@example.org",
        "user:secret@example.org/a",
        "mailto:joe@example.org",
        "ftp://example.org/a",
        "https://",
        "/index.php/Dams",
        "/a.org/dams",
        "https:// /",
        "https://[::1",
        "https://1.2.3.4:99999/",
        "http://example.org\\@evil.example/",
        "see https://example.org",
        "a" * (spelling.MAX_LENGTH + 1),
    ],
)
def test_what_cannot_be_repaired_gives_none(found: str) -> None:
    assert urls.repair(found) is None


@pytest.mark.parametrize(
    ("target", "sent"),
    [
        ("https://a.example/坝，河", "https://a.example/坝%EF%BC%8C河"),
        ("https://a.example/坝。", "https://a.example/坝。"),
        ("https://a.example/“dam”", "https://a.example/%E2%80%9Cdam”"),
        ("https://a.example/dam，https://b.example/mill", "https://a.example/dam"),
    ],
)
def test_a_link_goes_as_far_as_it_says_and_no_further_than_its_address(
    target: str, sent: str
) -> None:
    assert urls.repair(urls.as_sent(target)) == urls.repair(sent)


@given(WILD)
def test_what_was_repaired_is_usable_and_needs_no_more_repair(text: str) -> None:
    meant = urls.repair(text)
    if meant is not None:
        assert meant.startswith(("https://", "http://"))
        assert urls.normalise(meant) is not None
        assert urls.redact(meant) == meant
        assert urls.repair(meant) == meant


@pytest.mark.parametrize("text", ADVERSARIAL, ids=range(len(ADVERSARIAL)))
def test_no_text_takes_long(text: str) -> None:
    begin = time.process_time()
    for function in (urls.normalise, urls.host, urls.redact, urls.repair, urls.unwrap):
        function(text)
    assert time.process_time() - begin < 5.0  # the longest takes 0.2 s, one that is squared minutes


def test_a_host_is_followed_upwards() -> None:
    assert list(urls.upwards("a.b.org")) == ["a.b.org", "b.org", "org"]


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("https://a.example/x#:~:text=rose%20by%20a%20third", "rose by a third"),
        ("https://a.example/x#part:~:text=Prices,third", "Prices … third"),
        ("https://a.example/x#:~:text=before-,rose,fell,-after", "rose … fell"),
        ("https://a.example/x#part", None),
        ("https://a.example/x", None),
        ("https://a.example/x#:~:text=", None),
    ],
)
def test_the_words_an_address_points_at_are_a_hint(url: str, hint: str | None) -> None:
    assert urls.text_fragment(url) == hint
