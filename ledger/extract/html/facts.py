"""What stands in an element of a page, as `survey` counts it."""

IMAGE, FIGURE, LAID_OUT, CELLS, LINKED_HEAD, HEAD, LISTED = (1 << place for place in range(7))
"""Bits of `Facts.shown`."""


class Facts:
    """What stands in an element.

    Attributes:
        text: Characters; `linked` of them in links.
        direct: Characters outside links that stand in no block inside of it.
        prose: Characters of paragraphs outside links, those of furniture left out.
        first: The first characters that stand in it without an element between them.
        shown: What it holds, as bits: the properties below.
        left_out: Whether it is shown to nobody, or holds nothing of the article.
        heads: How many headings are in it.
        cites: Whether a marker that leads to a note is in it; set by `keep_what_cites`.
        is_list: Whether it is a reference list, by its role or class.
    """

    # Defaults stand on the class: most elements hold little, and a page has thousands.
    text: int = 0
    linked: int = 0
    direct: int = 0
    prose: int = 0
    first: str = ""
    shown: int = 0
    left_out: bool = False
    heads: int = 0
    cites: bool = False
    is_list: bool = False

    @property
    def image(self) -> bool:
        """Whether an image is in it, or what shows as one."""
        return bool(self.shown & IMAGE)

    @property
    def figure(self) -> bool:
        """Whether something is in it that a figure may show beside images."""
        return bool(self.shown & FIGURE)

    @property
    def layout(self) -> bool:
        """Whether something is in it that stands in the cells of a table for layout only."""
        return bool(self.shown & LAID_OUT)

    @property
    def cells(self) -> bool:
        """Whether cells of a table are in it that are no heads."""
        return bool(self.shown & CELLS)

    @property
    def linked_head(self) -> bool:
        """Whether one of its headings is a link as a whole."""
        return bool(self.shown & LINKED_HEAD)

    @property
    def head(self) -> bool:
        """Whether the head of a reference list is in it."""
        return bool(self.shown & HEAD)

    @property
    def listed(self) -> bool:
        """Whether a reference list, its head or an entry of one is in it."""
        return bool(self.shown & LISTED)
