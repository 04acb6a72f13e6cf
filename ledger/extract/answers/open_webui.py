"""What an assistant said in a chat of Open WebUI -> its text with markers of its sources.

The chat is a tree of messages. The sources of an answer stand beside it, each with the passages
that were read. The answer cites the pages of these passages, numbered from 1 in the order in which
they first occur. Qwen's export has the same form, but an answer has phases there: one searches,
another one has the text.
"""

from collections.abc import Iterator
from typing import Any

from ledger.extract.answers.beside import Page, pages_beside, renumbered
from ledger.extract.answers.weave import Sources, record, records, words


def is_conversation(found: dict[str, Any]) -> bool:
    """Whether it is one chat of an export."""
    return isinstance(_history(found).get("messages"), dict)


def _history(found: dict[str, Any]) -> dict[str, Any]:
    return record(record(found.get("chat")).get("history"))


def answers(conversation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the assistant said on the branch that was last looked at, in order."""
    history = _history(conversation)
    messages = {str(key): record(each) for key, each in history["messages"].items()}
    last = str(history.get("currentId"))
    key = last if last in messages else next(reversed(messages), "")
    branch: dict[str, None] = {}
    while key in messages and key not in branch:
        branch[key] = None
        key = str(messages[key].get("parentId"))
    return (messages[key] for key in reversed(branch) if messages[key].get("role") == "assistant")


def said(message: dict[str, Any], sources: Sources) -> str:
    """One answer; as it stands where it has no sources."""
    phases = list(records(message.get("content_list")))
    said_last = (each.get("content") for each in phases if each.get("phase") == "answer")
    text = message.get("content") or "".join(each for each in said_last if isinstance(each, str))
    if not isinstance(text, str):
        return ""
    searched = (record(each.get("extra")).get("web_search_info") for each in phases)
    pages = [
        *_pages(message),
        *(page for each in searched for page in pages_beside({"results": each})),
    ]
    return renumbered(text, pages, sources) if pages else text


def _pages(message: dict[str, Any]) -> Iterator[Page]:
    """The pages and documents of its sources, each once."""
    seen: set[str] = set()
    for source in records(message.get("sources", message.get("citations"))):
        about = record(source.get("source"))
        for passage in (*records(source.get("metadata")), about):
            name = words(passage.get("source")) or words(passage.get("name"))
            if name is None or name in seen or (passage is about and source.get("metadata")):
                continue
            seen.add(name)
            title = words(passage.get("title")) or words(passage.get("name"))
            is_page = name.startswith(("https://", "http://"))
            yield Page(name if is_page else None, title if is_page else title or name, {})
