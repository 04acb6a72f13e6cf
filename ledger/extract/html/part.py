"""One block of a page, before it is text."""

from dataclasses import dataclass

from ledger.document import Role
from ledger.extract.html.tree import Element


@dataclass(slots=True)
class Part:
    """One block of a page.

    Attributes:
        role: As `document.Role`.
        level: A heading's depth; 1 for the header row of a table.
        lines: Its characters, a line for each line break in it.
        cells: Of a row.
        element: The innermost block it stands in.
        mark: What opens its line in Markdown: "- " or "3. " for an item.
        quoted: Whether it stands in a quotation.
        beside: Whether it stands outside the body, and is read for its references only.
    """

    role: Role
    level: int
    lines: list[str]
    element: Element
    cells: tuple[str, ...] = ()
    mark: str = ""
    quoted: bool = False
    beside: bool = False
