"""Cited pages that answered and gave no article: what they gave is told wherever they are cited."""

import json
from datetime import timedelta
from typing import Any

import pytest
from readings import NOON, noon
from typer.testing import CliRunner

from ledger.commands import app
from ledger.errors import ExtractError
from ledger.inputs.receive import Received
from ledger.pipeline.ingest import ingest
from ledger.schema import Place
from ledger.store import open_ledger

PAYWALL, CONSENT, EMPTY, MOVED, SOUND, READ = (
    f"https://paper.example/{name}"
    for name in ("paid", "consent", "empty.pdf", "moved", "sound", "read")
)
STORY = "".join(
    f"<p>The bridge over the river was closed on day {day} of May.</p>" for day in "1234"
)
PAGES = {
    PAYWALL: "<title>Bridge</title><h1>Bridge closed</h1><p>The mayor closed it.</p>"
    "<div class=paywall>Subscribe to continue reading this article. "
    "Already a subscriber? Log in</div>",
    CONSENT: "<title>Before you continue</title><h1>Before you continue</h1>"
    "<p>We and our partners use cookies and process personal data. Accept all or reject all.</p>"
    "<button>Accept all</button><button>Reject all</button>",
    EMPTY: "",
    MOVED: "<meta http-equiv=refresh content='0; url=/sound'><p>Moved</p>",
    SOUND: f"<h1>Bridge</h1><article>{STORY}</article>",
}
GAVE = {
    PAYWALL: "a paywall, not the article",
    CONSENT: "a consent wall, not the article",
    EMPTY: "nothing that could be read as an article",
    MOVED: "a page with next to no prose, not the article",
}


def got(url: str, html: str, minutes: int = 0) -> Received:
    return Received(
        name=url,
        url=url,
        final_url=url,
        body=html.encode(),
        received_at=NOON + timedelta(minutes=minutes),
        status=200,
        media_type="application/pdf" if url.endswith(".pdf") else "text/html",
        charset=None,
    )


def run(db: Place, *words: str) -> str:
    named = ["--db", str(db), *words]
    return CliRunner().invoke(app, named, env={"COLUMNS": "200"}).stdout


@pytest.fixture
def citing(db: Place) -> Place:
    """An article that cites all of them; one had been read before it became a paywall."""
    cited = "".join(
        f'<p>The thing number {at} was so said on May {at} by all of them <a href="{url}">[{at}]'
        "</a>.</p>"
        for at, url in enumerate((*PAGES, READ), 1)
    )
    page = "https://citing.example/story"
    with open_ledger(str(db), clock=noon) as ledger:
        ingest(ledger, got(page, f"<h1>The bridges</h1><article>{cited}</article>"))
        ingest(ledger, got(READ, PAGES[SOUND]))
        ingest(ledger, got(SOUND, PAGES[SOUND]))
        for url, html in ((READ, PAGES[PAYWALL]), *PAGES.items()):
            if url != SOUND:
                with pytest.raises(ExtractError) as refused:
                    ingest(ledger, got(url, html, minutes=1))
                if url != EMPTY:
                    assert f"this is {GAVE.get(url, GAVE[PAYWALL])}: " in str(refused.value)
    return db


def test_what_a_page_gave_in_place_of_the_article_is_told_of_it(citing: Place) -> None:
    for url, gave in GAVE.items():
        shown = run(citing, "source", url, "--format", "table")
        assert f"It was requested on 2025-05-23 and gave {gave}." in shown
    assert "It was read itself" in run(citing, "source", READ, "--format", "table")


def test_an_audit_counts_the_cited_pages_that_were_read(citing: Place) -> None:
    (audit,) = json.loads(run(citing, "audit", "https://citing.example/story", "--json"))["items"]
    n = audit["numbers"]
    assert (n["sources"], n["sources_read"], n["sources_no_article"]) == (6, 2, 4)
    assert n["sources_not_served"] == n["sources_never_fetched"] == n["several_unread"] == 0
    shown = run(citing, "audit", "https://citing.example/story", "--format", "md")
    assert "- Of 6 cited pages, 2 were read (4 gave no article)." in shown


def test_what_a_page_gave_in_place_of_the_article_is_told_of_who_cites_it(citing: Place) -> None:
    (audit,) = json.loads(run(citing, "audit", "https://citing.example/story", "--json"))["items"]
    found: dict[str, Any] = {
        each["detail"]: each["claim"]
        for each in audit["findings"]
        if each["code"].startswith("page-not-")
    }
    assert list(found) == [
        f"[{at}] {url}: asked for on 2025-05-23, it gave {GAVE[url]}"
        for at, url in enumerate(PAGES, 1)
        if url in GAVE
    ]
    for detail, claim in found.items():
        shown = run(citing, "trace", claim, "--depth", "1", "--format", "table")
        told = detail.rpartition(": ")[2]
        assert f"! {told}" in shown
        assert f"not read, so its own source for this is not known; {told}" in shown
