"""What tags, roles, classes and ids say about the place of an element in a page."""

from ledger.extract.html.hints import COMMENTS, FURNITURE, PICTURE
from ledger.extract.html.tree import Element

NEVER = frozenset(
    "head title script style noscript noembed noframes template button select iframe svg math "
    "canvas video audio object embed map dialog menu textarea input rt rp".split()
)
"""What holds no text of the article, whatever stands in it."""
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr html li main nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
PARAGRAPHS = HEADINGS | {"p", "li", "blockquote", "pre", "td", "dd"}
LISTS = frozenset("ol ul dl div section aside footer details table".split())
"""What can be a reference list."""
WHOLES = frozenset(["article", "main"])
"""What holds a whole article, with its headline, pictures and notes."""
AUTHOR_NAME = frozenset(["author", "name"])
"""What an element is called that holds nothing but the name of an author."""
_MAY_HEAD = HEADINGS | {"p", "summary", "dt"}
_FURNITURE = frozenset(["nav", "aside", "footer"])
_FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar "
    "tablist".split()
)
_BOXES = frozenset("admonition callout note tip caution danger warning topic".split())
"""What an `aside` is called that is a box around words of the text."""
_HIDING = frozenset(["hidden", "aria-hidden", "style"])
_DATA = frozenset("{}[]")
"""What data for scripts begins and ends with."""
_ERRORS = frozenset("error errors invalid validation".split())
"""What the message is called that a form shows below an entry."""
_MARKS = frozenset(["a", "sup"])
_SPOKEN_ONLY = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text u-sr-only "
    "a11y-hidden assistive-text off-screen offscreen show-for-sr sro sronly sr_only wb-inv "
    "wb-invisible element-invisible hidden-visually u-hiddenvisually is-visually-hidden "
    "govuk-visually-hidden usa-sr-only accessibility-aid".split()
)
LIST_ROLES = frozenset(["doc-endnotes", "doc-bibliography", "doc-footnotes"])


def may_head(element: Element) -> bool:
    """Whether an element can be the head of a list: a heading, or words that stand alone."""
    if element.name in _MAY_HEAD:
        return True
    return (
        element.name == "div"
        and len(element.children) == 1
        and isinstance(element.children[0], str)
    )


def is_hidden(attrs: dict[str, str | None]) -> bool:
    """Whether browsers show nothing of an element with these attributes, None without a value."""
    if _HIDING.isdisjoint(attrs):
        return False
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    style = attrs.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def is_hidden_remark(element: Element) -> bool:
    """Whether a class says "hidden" of mere words that are none of the text.

    Data for scripts, an error of a form, "Continue reading". Most other words that only a class
    hides are text all the same, which a script shows: an answer, a note, the rest of a paragraph.
    """
    if "hidden" not in element.get("class").split():
        return False
    if len(element.children) != 1 or not isinstance(said := element.children[0], str):
        return False
    if element.name == "a":
        return element.get("href").startswith("#") and len(said.split()) > 1
    said = said.strip()
    is_data = said[:1] in _DATA and said[-1:] in _DATA and '":' in said
    return is_data or not _ERRORS.isdisjoint(element.words)


def is_remark_of_editors(element: Element) -> bool:
    """Whether it is a comment on a document of Google's, or the sign that leads to one."""
    if element.name == "a":
        return element.get("href").startswith("#cmnt")
    if element.name not in ("div", "p"):
        return False
    first = next((each for each in element.children if isinstance(each, Element)), None)
    if first is not None and first.name == "p":
        first = next((each for each in first.children if isinstance(each, Element)), None)
    return first is not None and first.name == "a" and first.get("href").startswith("#cmnt_ref")


def is_spoken_only(element: Element) -> bool:
    """Whether it says to blind readers what a mark is, and shows nothing: "1: opens a new tab"."""
    if element.name != "span" or "class" not in element.attrs:
        return False
    above = element.parent
    if above is not None and above.name == "span":
        above = above.parent  # an icon, and what it is called
    if above is None or above.name not in _MARKS:
        return False
    return not _SPOKEN_ONLY.isdisjoint(element.get("class").lower().split())


def is_furniture(element: Element) -> bool:
    """Whether its tag or role says that it stands beside the article.

    The footer of a quotation does not, nor a box of the text that tools for manuals make.
    """
    if element.name == "footer" and element.parent and element.parent.name == "blockquote":
        return False
    if element.name == "aside" and not _BOXES.isdisjoint(element.words):
        return False
    return element.name in _FURNITURE or (
        "role" in element.attrs and element.get("role") in _FURNITURE_ROLES
    )


def named_furniture(element: Element) -> bool:
    """Whether its class or id names what stands around articles."""
    return bool(element.hints & FURNITURE)


def named_comments(element: Element) -> bool:
    """Whether its class or id names what readers write."""
    return bool(element.hints & COMMENTS)


def named_image(element: Element) -> bool:
    """Whether its class or id names what holds a picture and the line under it."""
    return bool(element.hints & PICTURE)
