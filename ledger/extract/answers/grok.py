"""What Grok said in a conversation -> its text with markers of its sources.

A tag in the text stands for a card. The cards stand beside the text as JSON, each with its id and
its page.
"""

import re
from collections.abc import Iterator
from typing import Any

from ledger.extract.answers.weave import (
    CODE_POINTS,
    Edit,
    Sources,
    listed,
    parsed,
    record,
    records,
    weave,
    words,
)

_CARD = re.compile(
    r"<grok:render\s(?:[^<>\n]{0,200}\s)?card_id=\"(?P<card>[0-9A-Za-z_-]{1,60})\"[^<>\n]{0,200}>"
    r"(?:[^<]|<(?!/?grok:render)){0,600}+</grok:render>"
    r"|<grok-card\s(?:[^<>\n]{0,200}\s)?data-id=\"(?P<element>[0-9A-Za-z_-]{1,60})\"[^<>\n]{0,200}>"
    r"</grok-card>"
)

_WHO = re.compile("human|assistant|grok", re.I)
"""Who speaks in its chats; in what people answered to a survey, others do."""


def is_conversation(found: dict[str, Any]) -> bool:
    """Whether it is one conversation of Grok's export, or as its page loads it."""
    rows = [record(row.get("response")) or row for row in records(found.get("responses"))]
    is_export = isinstance(found.get("conversation"), dict)
    return isinstance(found.get("responses"), list) and (
        is_export
        or (
            all("sender" in row and "message" in row for row in rows)
            and any(_WHO.match(str(row["sender"])) for row in rows)
        )
    )


def answers(conversation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the assistant said, in the order of the export; whoever is not a person is it."""
    for row in records(conversation["responses"]):
        response = record(row.get("response")) or row
        if _is_said(response):
            yield response


def is_answer(response: dict[str, Any]) -> bool:
    """Whether it is one answer as its page is sent it, at the end of a stream."""
    return "cardAttachmentsJson" in response and "sender" in response and _is_said(response)


def _is_said(response: dict[str, Any]) -> bool:
    return str(response.get("sender")).casefold() != "human"


def said(response: dict[str, Any], sources: Sources) -> str:
    """One answer; a card whose page is not known stays as it stands, and cites nothing known."""
    text = response.get("message")
    if not isinstance(text, str):
        return ""
    pages = _pages_of_cards(response)
    found = records(response.get("web_search_results", response.get("webSearchResults")))
    titles = {words(page.get("url")): words(page.get("title")) for page in found}
    edits = []
    for match in _CARD.finditer(text):
        url = pages.get(match["card"] or match["element"])
        if url:
            edits.append(Edit(match.end(), sources.marker(url, titles.get(url)), match.start()))
    return weave(text, edits, CODE_POINTS)


def _pages_of_cards(response: dict[str, Any]) -> dict[str, str]:
    """Card to address; each card is an object, or a text that holds one."""
    found: dict[str, str] = {}
    for each in listed(response.get("card_attachments_json", response.get("cardAttachmentsJson"))):
        card = record(parsed(each) if isinstance(each, str) else each)
        name, url = words(card.get("id")), words(card.get("url"))
        if name and url:
            found[name] = url
    return found
