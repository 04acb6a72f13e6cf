"""One request that carries something, to a service that the user named -> its answer.

For services, not for pages: nothing is followed, nobody is asked for robots.txt, nothing is tried
twice. The guard, the account of time and bytes and the reading of bodies are those of pages.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ledger.fetch.address import check_shape
from ledger.fetch.body import read_body
from ledger.fetch.response import REDIRECTS
from ledger.fetch.settings import FetchSettings, agent
from ledger.fetch.trip import Trip

if TYPE_CHECKING:
    from ledger.fetch.guard import World


class Reply(NamedTuple):
    """What a service answered: the Content-Type as sent, "" for none, and the body."""

    media_type: str
    body: bytes


def post(
    url: str,
    body: bytes,
    *,
    media_type: str,
    accept: str,
    settings: FetchSettings,
    world: "World | None" = None,
) -> Reply:
    """Hand `body` to `url` and give what comes back with status 200.

    Args:
        url: http or https, without credentials.
        body: What is sent.
        media_type: What `body` is.
        accept: The media type that is wanted.
        settings: The limits, and where it may go; also to the port that `url` names, because no
            document had a say in it.
        world: What connections are made of; None for the real one.

    Raises:
        RefusedError: Policy forbids `url`; nothing was sent.
        FetchError: No answer, or none that could be read whole, or one with another status: codes
            as listed in `ledger.fetch`.
    """
    from ledger.fetch.client import exchange, real_world

    check_shape(url, Trip(url, settings))
    named = urlsplit(url).port
    ports = settings.ports if named is None else settings.ports | {named}
    trip = Trip(url, replace(settings, ports=ports))
    headers = {
        "User-Agent": agent(settings.contact),
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Content-Type": media_type,
        # Over TLS the server may choose HTTP/2, which knows no such header and refuses it.
        **({} if url.lower().startswith("https:") else {"Connection": "close"}),
    }
    with exchange(url, headers, trip, world or real_world(), body) as answer:
        if answer.status in REDIRECTS:
            target = next(iter(answer.values("location")), "nowhere")
            raise trip.failed(
                "redirect",
                f"redirects to {target[:200]}, which is not followed",
                "If you trust that address, give it instead",
            )
        if answer.status != 200:
            raise trip.failed("status", f"answers with status {answer.status}")
        coding = ",".join(answer.values("content-encoding"))
        kind = next(iter(answer.values("content-type")), "")
        return Reply(kind, read_body(answer.chunks, coding, trip))
