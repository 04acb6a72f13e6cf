"""What DeepSeek said in a conversation -> its text with markers of its sources.

A message has fragments: thoughts, searches with their results, and the answer. The answer cites
"[citation:3]" or "[reference:0]": the number that a page was given, or its place.
"""

from typing import Any

from ledger.extract.answers.beside import pages_beside, renumbered
from ledger.extract.answers.weave import Sources, listed, records


def is_answer(message: dict[str, Any]) -> bool:
    """Whether a message has such fragments, and an answer is one of them; older ones are one."""
    fragments = records(message.get("fragments"))
    is_older = message.get("role") == "ASSISTANT" and isinstance(message.get("content"), str)
    return is_older or any(fragment.get("type") == "RESPONSE" for fragment in fragments)


def said(message: dict[str, Any], sources: Sources) -> str:
    """The answers of one message, its pages among the sources."""
    fragments = list(records(message.get("fragments"))) or [
        {**message, "type": "RESPONSE", "results": message.get("search_results")}
    ]
    texts = [each.get("content") for each in fragments if each.get("type") == "RESPONSE"]
    found = [page for each in fragments for page in listed(each.get("results"))]
    text = "\n\n".join(text for text in texts if isinstance(text, str))
    pages = pages_beside({"results": found})
    return renumbered(text, pages, sources) if pages else text
