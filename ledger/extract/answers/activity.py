"""Answers of Gemini in a person's activity, as Google exports it -> one page with the answers.

Each record of the list has a prompt, which is left out, and the answer in HTML, as it was shown.
"""

from collections.abc import Iterator

from ledger.extract.answers.weave import parsed, records, words


def read_activity(text: str) -> str | None:
    """The page, its answers from the first asked to the last; None for any other JSON."""
    if "safeHtmlItem" not in text:
        return None
    shown = list(_shown(text))
    articles = "\n".join(f"<div>{html}</div>" for html in reversed(shown))
    return f"<html><body><article>{articles}</article></body></html>" if shown else None


def _shown(text: str) -> Iterator[str]:
    for entry in records(parsed(text)):
        items = entry.get("safeHtmlItem")
        found = records(items if isinstance(items, list) else [items])
        yield from filter(None, (words(each.get("html")) for each in found))
