"""Walls and real pages: a labelled set of our own (fixtures/walls), and single rules."""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import NOON

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.inputs import Received
from ledger.pipeline.ingest import ingest
from ledger.pipeline.read import read as read_received
from ledger.pipeline.walls import REMEDIES
from ledger.reader import Reader
from ledger.store import open_ledger
from ledger.walls import Page, Wall, find_wall
from ledger.walls.evidence import evidence_of, leads_home, titled
from ledger.walls.page import SCANNED, plain
from ledger.walls.phrases import said
from ledger.walls.wall import Kind

FOLDER = Path(__file__).parent.parent / "fixtures" / "walls"
STORY = "https://site.example/2024/05/harbour-board-delays-dredging"


class Labelled(NamedTuple):
    name: str
    kind: str | None
    html: str
    requested: str = STORY
    final: str = STORY
    status: int = 200


def records(name: str) -> Iterator[tuple[list[str], str]]:
    for record in (FOLDER / name).read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, body = record.partition("\n")
        yield head.split(), body


def walls() -> Iterator[Labelled]:
    for (name, kind, *more), body in records("walls.txt"):
        if "->" in more:
            yield Labelled(name, kind, body, more[0], more[2])
        else:
            yield Labelled(name, kind, body, status=int(more[0]) if more else 200)


BANNER = (
    '<div id="cookie-banner" role="dialog"><p>We use cookies and similar technologies.</p>'
    "<button>Accept all</button><button>Reject all</button></div>"
)
LOGIN = (
    '<div class="modal" hidden><h2>Log in</h2><form><input type="email"><input type="password">'
    "<a>Forgot your password?</a></form></div>"
)
FRAMES = (
    # A bare page as a small blog makes it.
    "<html lang={lang}><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body>"
    "</html>",
    # A news site with everything: data, banner, login, prompt, comments behind a CAPTCHA.
    "<!doctype html><html lang={lang}><head><title>{title} | The Daily Quay</title>"
    '<script type="application/ld+json">{{"@type":"NewsArticle","isAccessibleForFree":true,'
    '"datePublished":"2024-05-02"}}</script><script src=/a.js></script><script src=/b.js></script>'
    f"</head><body>{BANNER}{LOGIN}<header><a href=/>Home</a> <a href=/news>News</a>"
    " <a href=/login>Sign in</a> <a href=/subscribe>Subscribe now</a></header>"
    "<article><h1>{title}</h1><time datetime=2024-05-02>2 May</time>{body}</article>"
    "<aside><h3>More stories</h3><a href=/1>Frost takes a third of the apricots</a></aside>"
    '<form id=comment><div class="g-recaptcha"></div><button>Comment</button></form></body></html>',
    # A page that scripts enrich, and that says so to browsers without them.
    "<html lang={lang}><head><title>{title}</title><script src=/x.js></script></head><body>"
    "<noscript>Please enable JavaScript for the best experience.</noscript>"
    '<div id="modal"></div><div id="app"><main><h2>{title}</h2>{body}</main></div>'
    "<script>{scripts}</script></body></html>",
    # A subscription site whose article is free to read.
    "<html lang={lang}><head><title>{title} - Valley Echo</title>"
    '<meta property="og:type" content="article"><meta property="article:content_tier"'
    ' content="free">'
    '<meta property="article:published_time" content="2024-05-02"></head><body><nav>Already a '
    "subscriber? <a href=/in>Log in</a></nav><div itemprop=articleBody><h1>{title}</h1>{body}</div>"
    "<footer><p>Subscribe today for $1 a week. Cancel anytime.</p></footer></body></html>",
    # An AMP page with a consent element that waits.
    "<html amp lang={lang}><head><title>{title}</title></head><body>"
    '<amp-consent id="consent" layout="nodisplay"></amp-consent><article><h1>{title}</h1>{body}'
    "</article><p><a href=/privacy>Privacy policy</a> <a href=/c>Cookie settings</a></p></body>"
    "</html>",
    # Tables of an old newspaper system.
    "<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY><TABLE><TR><TD><A HREF=/>Home</A></TD><TD>"
    "<FONT SIZE=5>{title}</FONT>{body}</TD></TR></TABLE><P>Copyright. All rights reserved."
    "</BODY></HTML>",
    # A newsletter prompt in the middle of the text.
    "<html lang={lang}><head><title>{title}</title></head><body><article><header><h1>{title}</h1>"
    "</header>{body}<div class=newsletter><p>Get our morning letter. Sign up with your address."
    "</p><input type=email><button>Subscribe</button></div></article></body></html>",
)


def real_pages() -> Iterator[Labelled]:
    for number, ((name, lang), text) in enumerate(records("articles.txt")):
        title, *paragraphs = map(html.escape, text.strip().splitlines())
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        for step in (0, 1, 3):
            frame = FRAMES[(number + step) % len(FRAMES)]
            page = frame.format(lang=lang, title=title, body=body, scripts="var q=1;" * 400)
            yield Labelled(f"{name}-{step}", None, page)


def document_of(page: Labelled) -> Document | None:
    if page.status >= 300:
        return None
    try:
        return read(page.html.encode(), name=page.final, media_type="text/html")[0]
    except ExtractError:
        return None


def judged(page: Labelled) -> Wall | None:
    looked = Page(page.html, requested=page.requested, final=page.final, status=page.status)
    return find_wall(looked, document_of(page))


def test_the_set_has_sixty_and_more_of_each() -> None:
    assert len({page.name for page in walls()}) == 62
    assert len({page.html for page in real_pages()}) == 60


def test_of_sixty_walls_at_least_57_are_flagged() -> None:
    missed = [page.name for page in walls() if judged(page) is None]
    assert len(missed) <= 3, missed


def test_of_sixty_real_pages_at_most_one_is_flagged() -> None:
    wrongly = [(page.name, wall) for page in real_pages() if (wall := judged(page))]
    assert len(wrongly) <= 1, wrongly


def test_walls_are_named_by_their_kind() -> None:
    other = [
        (page.name, wall.kind)
        for page in walls()
        if (wall := judged(page)) and wall.kind != page.kind
    ]
    assert len(other) <= 3, other


def received(page: Labelled, status: int | None = None) -> Received:
    return Received(
        page.requested,
        page.requested,
        page.final,
        page.html.encode(),
        NOON,
        media_type="text/html",
        charset="utf-8",
        status=page.status if status is None else status,
    )


def wall(name: str) -> Labelled:
    return next(page for page in walls() if page.name == name)


@pytest.mark.parametrize("page", list(walls()), ids=lambda page: page.name)
def test_no_wall_becomes_an_article_unsaid(page: Labelled, empty_db: Path) -> None:
    found = judged(page)
    assert found is not None
    with open_ledger(str(empty_db), clock=lambda: NOON) as ledger:
        if found.partly:
            assert ingest(ledger, received(page)).findings >= 1
            return
        with pytest.raises(ExtractError) as caught:
            ingest(ledger, received(page))
    assert caught.value.code == f"wall-{found.kind}"
    assert found.reasons[0] in caught.value.message
    with Reader(empty_db) as reader:
        assert len(reader.rows("SELECT id FROM capture")) == 1
        assert reader.rows("SELECT id FROM article") == []


def test_a_teaser_is_recorded_with_its_finding_first() -> None:
    article = read_received(received(wall("en-teaser-three-paragraphs"))).article

    assert article is not None
    assert article.findings[0].code == "wall-paywall"
    assert "locked" in article.findings[0].detail
    assert "eleven years" in article.text


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        (
            '<a href="/monde/barrages">Réservé à nos abonnés Le risque des vieux barrages</a>',
            None,
        ),
        (
            '<a href="/monde/b"><i>Réservé à nos abonnés</i> Le risque des vieux barrages</a>',
            None,
        ),
        (
            '<a href="/offres">Réservé à nos abonnés Choisir dès maintenant une formule</a>',
            "paywall",
        ),
        (
            '<a href="/x">Article réservé à nos abonnés Abonnez-vous pour un euro le mois</a>',
            "paywall",
        ),
        ('<a href="/x">Article réservé à nos abonnés</a>', "paywall"),
        ("<p>Article réservé à nos abonnés</p>", "paywall"),
    ],
)
def test_the_label_of_a_link_to_another_article_is_no_wall(link: str, kind: str | None) -> None:
    text = (
        "<p>Le barrage a cédé en décembre, et les ingénieurs l'avaient annoncé au conseil.</p>" * 3
    )
    page = Labelled("page", kind, f"<title>Le barrage</title><article>{text}{link}</article>")
    wall = judged(page)
    assert (wall and wall.kind) == kind


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_wall_is_read_in_the_characters_of_its_page(charset: str) -> None:
    text = "<p>Le barrage a cédé en décembre, et on l'avait annoncé au conseil.</p>" * 3
    page = f"<title>Le barrage</title><article>{text}<p>Article réservé à nos abonnés</p></article>"
    got = received(Labelled("page", "paywall", page))
    with pytest.raises(ExtractError, match="it says “réservé à nos abonnés”"):
        read_received(replace(got, body=page.encode(charset), charset=charset))


@pytest.mark.parametrize(
    ("requested", "final", "kind"),
    [
        (STORY, "https://login.site.example/story?of=harbour", "login"),
        (STORY, "https://site.example/login?to=harbour", "login"),
        (STORY, "https://catalog.site.example/story?of=harbour", None),
        ("https://login.site.example/a", "https://login.site.example/story?of=harbour", None),
    ],
)
def test_a_page_that_was_led_to_a_place_to_log_in_is_none(
    requested: str, final: str, kind: str | None
) -> None:
    form = "<title>Welcome</title><form><input type=email><input type=password></form>"
    text = "<p>Members of the board and their staff find the papers of each meeting here.</p>" * 4
    found = judged(Labelled("page", kind, form + text, requested, final))
    assert (found and found.kind) == kind


def test_the_status_alone_is_no_wall() -> None:
    page = Labelled("plain", None, "<html><title>Forbidden</title><p>No.</p></html>", status=403)
    with pytest.raises(ExtractError) as caught:
        read_received(received(page))
    assert caught.value.code == "http-403"


def test_a_challenge_with_an_error_status_is_named() -> None:
    with pytest.raises(ExtractError) as caught:
        read_received(received(wall("access-denied-edge")))
    assert caught.value.code == "wall-bot-check"
    assert "the server answered 403" in caught.value.message


def test_a_missing_page_stays_what_its_status_says() -> None:
    with pytest.raises(ExtractError) as caught:
        read_received(received(wall("german-nicht-gefunden"), 404))
    assert caught.value.code == "http-404"


def test_a_short_file_is_read_with_a_finding() -> None:
    body = b"<html><title>Note</title><p>The dam broke at noon on Tuesday.</p></html>"
    article = read_received(
        Received("n.html", "file:///n.html", "file:///n.html", body, NOON)
    ).article

    assert article is not None
    assert [finding.code for finding in article.findings] == ["wall-thin"]


@pytest.mark.parametrize(
    ("meta", "remedy"),
    [
        (
            "<META HTTP-EQUIV=Refresh CONTENT=\"0; URL='/Story?a=1&amp;b=2'\">",
            "It sends browsers on to https://a.example/Story?a=1&b=2: give that address",
        ),
        ('<meta http-equiv="refresh" content="300">', REMEDIES["thin"]),
        ('<meta http-equiv="refresh" content="9;url=https://a.example/old">', REMEDIES["thin"]),
        ('<meta http-equiv="refresh" content="0;url=http://[x">', REMEDIES["thin"]),
        ('<meta name="x" content="0;url=/Story">', REMEDIES["thin"]),
    ],
)
def test_a_page_without_prose_says_where_it_sends_browsers(meta: str, remedy: str) -> None:
    url = "https://a.example/old"
    body = f"<html><head>{meta}</head><body>Moved</body></html>".encode()
    with pytest.raises(ExtractError, match="it holds 1 word and") as refused:
        read_received(Received(url, url, url, body, NOON, "text/html", status=200))
    assert refused.value.remedy == remedy


@pytest.mark.parametrize(
    ("source", "kind"),
    [('<sup><a href="https://a.example/1">1</a></sup>', None), ("", "js-shell")],
)
def test_a_page_that_cites_is_not_empty_whatever_it_tells_browsers(
    source: str, kind: str | None
) -> None:
    html = (
        "<title>Boats</title><noscript>You need to enable JavaScript to run this app.</noscript>"
        f"<main><p>Most of the boats that sink do so at the pier, and for want of a pump.{source}"
        "</p><p>The owners of such boats learn of it on the next day, from a neighbour.</p></main>"
    )
    found = judged(Labelled("answer", kind, html))
    assert (found.kind if found else None) == kind


def test_a_short_page_that_cites_is_not_thin() -> None:
    body = "<html><p>It broke [1].</p><p>[1] https://www.reuters.com/a</p></html>"
    assert judged(Labelled("cites", None, body)) is None


def test_a_long_text_that_stops_at_a_paywall_is_flagged() -> None:
    prose = "<p>The board voted six to one on Thursday to put off the work until spring.</p>" * 40
    data = '<script type="application/ld+json">{"isAccessibleForFree": "false"}</script>'
    ending = "<p>To read the full article you need a subscription to this paper, dear reader.</p>"
    assert judged(Labelled("cut", None, f"<html>{data}{prose}{ending}</html>")) is not None
    assert judged(Labelled("whole", None, f"<html>{data}{prose}</html>")) is None
    assert judged(Labelled("free", None, f"<html>{prose}{ending}</html>")) is None


@pytest.mark.parametrize(
    ("requested", "final", "home"),
    [
        ("https://a.example/2024/story", "https://a.example/", True),
        ("https://a.example/2024/story", "https://www.a.example/index.html", True),
        ("https://a.example/2024/story", "https://b.example/", True),
        ("https://a.example/en/story.html", "https://a.example/en/", True),
        ("https://a.example/x3Fq9", "https://b.example/", False),  # may be a short link to it
        ("https://a.co.uk/x3Fq9", "https://b.co.uk/", False),
        ("https://192.0.2.7/x3Fq9", "https://198.51.2.7/", False),
        ("https://a.example/story.php?id=7", "https://a.example/?id=7", False),
        ("https://a.example/story", "https://a.example/?p=12", False),
        ("https://a.example/", "https://a.example/en/", False),
        ("https://a.example/story", "https://a.example/news/story", False),
        ("https://[broken/a/b", "https://a.example/", False),
    ],
)
def test_a_home_page_in_place_of_a_page(requested: str, final: str, home: bool) -> None:
    assert leads_home(requested, final) is home


def test_a_title_says_what_most_of_a_segment_says() -> None:
    assert titled("page not found | the daily quay", ("page not found",)) == "page not found"
    assert titled("page not found: how opinions lose sources", ("page not found",)) is None


@given(
    st.lists(st.text(alphabet="aé? ", min_size=1, max_size=8).filter(str.strip), max_size=6),
    st.text(alphabet="aé? ", max_size=60),
)
def test_phrases_are_found_as_a_plain_search_finds_them(phrases: list[str], text: str) -> None:
    phrases, text = [*map(plain, phrases)], plain(text)
    found = [*said(tuple(phrases), text, frozenset(text.split(" ")))]
    assert found == [phrase for phrase in phrases if phrase in text]


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("for 9.99 € a month", True),
        ("$1 per week", True),
        ("12 kr im monat", True),
        ("9 a day", False),
        ("$ and cents a week", False),
    ],
)
def test_a_price_by_the_month(text: str, has: bool) -> None:
    page = Page(f"<p>{text}</p>", requested=STORY, final=STORY, status=200)
    reasons = [each.reason for each in evidence_of(page, "paywall")]
    assert ("it names a price by the month or week" in reasons) is has


@pytest.mark.parametrize("kind", ["bot-check", "soft-404", "login", "paywall"])
@pytest.mark.parametrize("needed", range(12))
def test_evidence_that_cannot_suffice_is_not_looked_for(kind: Kind, needed: int) -> None:
    markup = (
        "<title>404 - page not found</title><h1>Just a moment...</h1><div class='paywall'></div>"
        "<p>Subscribe to continue reading. Enable cookies. $1 per week.</p><input type=password>"
    )
    page = Page(markup, requested=STORY, final=STORY, status=403)
    found = evidence_of(page, kind)

    assert found
    enough = sum(each.weight for each in found) >= needed
    assert evidence_of(page, kind, needed) in ([found] if enough else [found, []])


@pytest.mark.parametrize(
    ("markup", "has"),
    [
        ("<div class='big paywall'>", True),
        ('<p>paywall</p><div data-name="x regwall">', True),
        ("<p>A paywall fell.</p>", False),
    ],
)
def test_an_element_named_like_a_paywall(markup: str, has: bool) -> None:
    page = Page(markup, requested=STORY, final=STORY, status=200)
    reasons = [each.reason for each in evidence_of(page, "paywall")]
    assert ("its markup has a paywall" in reasons) is has


@given(st.text(alphabet=st.sampled_from("<>/=\"'- adivscrptnoe!h1&;:é中"), max_size=400))
def test_no_page_whatever_makes_the_judge_fail(text: str) -> None:
    found = find_wall(Page(text, requested=STORY, final=STORY, status=200), None)
    assert found is None or found.reasons


@pytest.mark.parametrize(
    "unit",
    [
        "<script>",
        "<!--",
        "<h1>",
        "<div id=",
        "<div id=a>",
        '<meta a="',
        "<a-b>",
        "<",
        'class="paywall',
    ],
)
def test_a_megabyte_of_anything_is_judged(unit: str) -> None:
    page = Page(unit * (SCANNED // 2 // len(unit)), requested=STORY, final=STORY, status=200)
    find_wall(page, None)
