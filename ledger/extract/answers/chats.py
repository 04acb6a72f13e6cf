"""A conversation out of a chat export -> the assistant's answers, with markers and references.

ChatGPT keeps a tree of messages (`mapping`, `current_node`) with the places of citations beside the
text, Claude a list (`chat_messages`) whose blocks carry theirs; DeepSeek has either, Grok
`responses`, Open WebUI a tree in `chat`, and AI Studio `chunkedPrompt`. Only what the assistant
said to the person is read, along the branch that was last looked at: prompts are no claims, and
neither are thoughts, calls of tools and answers that were replaced.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from ledger.extract.answers import deepseek, grok, open_webui, studio
from ledger.extract.answers.weave import (
    CODE_POINTS,
    MARK,
    Answer,
    Edit,
    Sources,
    between,
    listed,
    parsed,
    record,
    records,
    weave,
    words,
)
from ledger.extract.front.dates import date_in

_AROUND = ("data", "biz_data")
_MOST_SOURCES = 200
"""Pages of one citation; the longest seen names twelve."""
_SHOWN_AS_WORDS = frozenset(["entity", "alt_text", "link_title", "url"])
"""References whose mark stands for words of the sentence."""
_SPAN = "attribution"
_SHOWN_AS_NOTHING = ("image", "video", "product", "hidden", "attribution", "nav_list", "navigation")


def is_conversation(found: object) -> bool:
    """Whether some JSON is one conversation of an export."""
    return isinstance(found, dict) and (
        isinstance(found.get("mapping"), dict)
        or isinstance(found.get("chat_messages"), list)
        or grok.is_conversation(found)
        or open_webui.is_conversation(found)
        or studio.is_conversation(found)
        or isinstance(found.get("linear_conversation"), list)
    )


def read_chat(text: str) -> Answer | None:
    """Read one conversation; None when the text is none.

    Its text is empty when the assistant says nothing in it.
    """
    sent = conversation = parsed(text)
    for name in _AROUND:  # as DeepSeek's pages are sent it
        sent = record(sent).get(name, sent)
        conversation = sent if is_conversation(sent) else conversation
    if not is_conversation(conversation):
        return None
    sources = Sources()
    about = record(conversation.get("conversation") or conversation.get("chat_session"))
    if isinstance(conversation.get("mapping"), dict):
        pieces = [_of_tree(message, sources) for message in _branch_of_tree(conversation)]
    elif isinstance(conversation.get("chat_messages"), list):
        pieces = [_of_list(message, sources) for message in _branch_of_list(conversation)]
    elif open_webui.is_conversation(conversation):
        pieces = [open_webui.said(each, sources) for each in open_webui.answers(conversation)]
    elif studio.is_conversation(conversation):
        pieces = [studio.said(each, sources) for each in studio.answers(conversation)]
    elif isinstance(conversation.get("linear_conversation"), list):  # as a page shares it
        nodes = (
            record(each.get("message")) for each in records(conversation["linear_conversation"])
        )
        pieces = [_of_tree(message, sources) for message in nodes if _is_answer(message)]
    else:
        pieces = [grok.said(response, sources) for response in grok.answers(conversation)]
    body = "\n\n".join(piece for piece in pieces if piece.strip())
    named = (each.get(name) for each in (conversation, about) for name in ("title", "name"))
    title = next(filter(None, map(words, named)), None)
    return Answer(body, sources.references, title, _date({**about, **conversation}))


def _of_tree(message: dict[str, Any], sources: Sources) -> str:
    return (deepseek.said if deepseek.is_answer(message) else _chatgpt)(message, sources)


def _of_list(message: dict[str, Any], sources: Sources) -> str:
    return (deepseek.said if deepseek.is_answer(message) else _claude)(message, sources)


def _date(conversation: dict[str, Any]) -> str | None:
    names = ("create_time", "created_at", "inserted_at")
    created = next((conversation[name] for name in names if name in conversation), None)
    if isinstance(created, str):
        return date_in(created)
    if not isinstance(created, int | float):
        return None
    try:
        return datetime.fromtimestamp(created, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):  # no time of this world
        return None


def _branch_of_tree(conversation: dict[str, Any]) -> list[dict[str, Any]]:
    nodes = {str(key): record(node) for key, node in conversation["mapping"].items()}
    parents = {key: str(node.get("parent")) for key, node in nodes.items()}
    branch = _branch(parents, conversation.get("current_node"))
    messages = (_report_of(record(nodes[key].get("message"))) for key in branch)
    return [message for message in messages if _is_answer(message)]


def _report_of(message: dict[str, Any]) -> dict[str, Any]:
    """The report that a tool of ChatGPT's research keeps as its state; else the message itself."""
    state = words(record(record(message.get("metadata")).get("chatgpt_sdk")).get("widget_state"))
    return record(record(parsed(state)).get("report_message")) or message if state else message


def _is_answer(message: dict[str, Any]) -> bool:
    content, metadata = record(message.get("content")), record(message.get("metadata"))
    return deepseek.is_answer(message) or (
        record(message.get("author")).get("role") == "assistant"
        and content.get("content_type") in ("text", "multimodal_text", None)
        and message.get("recipient") in ("all", None)
        and message.get("channel") != "analysis"
        and not metadata.get("is_visually_hidden_from_conversation")
    )


def _branch_of_list(conversation: dict[str, Any]) -> list[dict[str, Any]]:
    messages = list(records(conversation["chat_messages"]))
    session = record(conversation.get("chat_session"))
    leaf = conversation.get("current_leaf_message_uuid", session.get("current_message_id"))
    by_id = {str(message.get("uuid", message.get("message_id"))): message for message in messages}
    if str(leaf) in by_id:
        parents = {
            key: str(each.get("parent_message_uuid", each.get("parent_id")))
            for key, each in by_id.items()
        }
        messages = [by_id[key] for key in _branch(parents, leaf)]
    return [
        message
        for message in messages
        if message.get("sender") == "assistant" or deepseek.is_answer(message)
    ]


def _branch(parents: dict[str, str], leaf: object) -> list[str]:
    """Ids from the root to a leaf; to the last node that no other has as parent without one."""
    inner = set(parents.values())
    end = next((key for key in reversed(parents) if key not in inner), None)
    key = str(leaf) if str(leaf) in parents else end
    found: dict[str, None] = {}
    while key in parents and key not in found:
        found[key] = None
        key = parents[key]
    return list(reversed(found))


def _chatgpt(message: dict[str, Any], sources: Sources) -> str:
    """ChatGPT: offsets count code points of the first part; marks stand where citations are."""
    parts = listed(record(message.get("content")).get("parts"))
    texts = [part if isinstance(part, str) else words(record(part).get("text")) for part in parts]
    said = "\n\n".join(text for text in texts if text)
    metadata = record(message.get("metadata"))
    edits: list[Edit] = []
    taken = _Taken(said)
    for reference in records(metadata.get("content_references")):
        edits.extend(_referred(reference, taken, sources))
    for citation in records(metadata.get("citations")):
        edits.extend(_cited(citation, taken, sources))
    return weave(said, edits, CODE_POINTS)


class _Taken:
    """Stretches of a text that have been given a meaning, each once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends: dict[int, int] = {}
        self.from_there: dict[str, int] = {}

    def place(self, start: object, end: object, matched: str) -> tuple[int, int] | None:
        """Where `matched` stands: at its offsets, else the next time; None when nowhere."""
        if between(self.text, start, end, CODE_POINTS) != matched or not isinstance(start, int):
            start = self.text.find(matched, self.from_there.get(matched, 0))
        if start < 0 or start in self.ends:
            return None
        self.ends[start] = start + len(matched)
        self.from_there[matched] = start + len(matched)
        return start, start + len(matched)


def _referred(reference: dict[str, Any], taken: _Taken, sources: Sources) -> Iterator[Edit]:
    """What one of `content_references` does to the text: its mark gives way to its sources."""
    matched, kind = reference.get("matched_text"), str(reference.get("type"))
    if not isinstance(matched, str) or not matched.strip():
        return  # the list of all sources under the answer
    place = taken.place(reference.get("start_idx"), reference.get("end_idx"), matched)
    if place is None:
        return
    start, end = place
    if kind == _SPAN and not "\ue000" <= matched[0] <= "\uf8ff":
        return  # the words that another mark supports, which stay
    if kind in _SHOWN_AS_WORDS:
        names = (words(reference.get(name)) for name in ("alt", "name", "title"))
        shown = next(filter(None, names), None)
        link = words(reference.get("url")) or words(record(reference.get("item")).get("url"))
        yield Edit(end, f"[{shown}]({link})" if shown and link else shown or "", start)
    elif kind.startswith(_SHOWN_AS_NOTHING):
        yield Edit(end, "", start)
    else:
        markers = "".join(sources.marker(*page) for page in _pages(reference))
        shown = markers or words(reference.get("alt")) or ""
        if markers or "](http" in shown:
            yield Edit(end, shown, start)


def _pages(reference: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    """Address and title of every page that a reference shows, supporting ones included."""
    found: dict[str, str | None] = {}
    for item in (reference, *records(reference.get("items"))):
        for page in (item, *records(item.get("supporting_websites"))):
            url = words(page.get("url"))
            if url is not None and len(found) < _MOST_SOURCES:
                found.setdefault(url, words(page.get("title")))
    if found:
        return list(found.items())
    safe = [url for url in listed(reference.get("safe_urls")) if isinstance(url, str) and url]
    if safe:
        return [(url, None) for url in safe[:_MOST_SOURCES]]
    name = words(reference.get("name")) or words(reference.get("title"))
    return [(None, name)] if name else []


def _cited(citation: dict[str, Any], taken: _Taken, sources: Sources) -> Iterator[Edit]:
    """What one of the older `citations` does: the stretch is its mark, such as 【5†source】."""
    start, end = citation.get("start_ix"), citation.get("end_ix")
    mark = between(taken.text, start, end, CODE_POINTS)
    page = record(citation.get("metadata"))
    url, title = words(page.get("url")), words(page.get("title")) or words(page.get("name"))
    if not isinstance(end, int) or not (url or title) or (isinstance(start, int) and start < 0):
        return
    is_mark = MARK.fullmatch(mark) is not None
    if is_mark and taken.place(start, end, mark) is None:
        return  # one of `content_references` has it
    marker = sources.marker(url, title)
    yield Edit(end, marker, start if is_mark and isinstance(start, int) else None)


def _claude(message: dict[str, Any], sources: Sources) -> str:
    """Claude: blocks of text, each with its citations; older exports have the text alone."""
    blocks = list(records(message.get("content")))
    runs = [
        "".join(_block(block, sources) for block in run)
        for is_text, run in groupby(blocks, lambda block: block.get("type", "text") == "text")
        if is_text
    ]
    said = [run for run in runs if run.strip()]
    return "\n\n".join(said) if said else str(message.get("text") or "")


def _block(block: dict[str, Any], sources: Sources) -> str:
    said = block.get("text")
    if not isinstance(said, str):
        return ""
    edits = []
    for citation in records(block.get("citations")):
        end = citation.get("end_index")
        for url, title in _origins(citation):
            at = end if isinstance(end, int) and end > 0 else len(said.rstrip())
            edits.append(Edit(at, sources.marker(url, title)))
    return weave(said, edits, CODE_POINTS)


def _origins(citation: dict[str, Any]) -> Iterable[tuple[str | None, str | None]]:
    """Address and title of what a citation points to: it says so itself, in details or sources."""
    found: dict[str, str | None] = {}
    for place in (citation, record(citation.get("details")), *records(citation.get("sources"))):
        url = words(place.get("url"))
        if url is not None:
            found.setdefault(url, words(place.get("title")))
    if found:
        return found.items()
    title = words(citation.get("title")) or words(citation.get("document_title"))
    return [(None, title)] if title else []
