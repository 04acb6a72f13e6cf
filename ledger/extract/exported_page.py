"""Markdown whose blocks are all elements, below its front matter -> the page that it is inside."""

from collections.abc import Sequence
from dataclasses import replace

from ledger.document import Document
from ledger.extract import versions
from ledger.extract.front.metadata import front_matter
from ledger.extract.html import read_html
from ledger.extract.lists.front_list import front_list
from ledger.extract.page_body import is_inside_body


def page_in(text: str, known: Sequence[str]) -> Document | None:
    """What a program exported as the inside of a page below what it says of it; None for others."""
    head, below = front_matter(text)
    if not is_inside_body(below) or front_list(text[: len(text) - len(below)]):
        return None
    page = read_html(f"<html><body>{below}</body></html>", known, whole=True)
    return replace(
        page,
        extractor=versions.MARKDOWN,
        title=head.title or page.title,
        byline=head.byline or page.byline,
        published=head.published or page.published,
    )
