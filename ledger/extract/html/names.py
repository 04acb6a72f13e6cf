"""What tags, roles, classes and ids say about the place of an element in a page."""

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
MAY_HEAD = HEADINGS | {"p", "summary", "dt"}
_FURNITURE = frozenset(["nav", "aside", "footer"])
_FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar "
    "tablist".split()
)
_FURNITURE_WORDS = frozenset(
    "nav navigation navbar menu share shares sharing sharedaddy social related recommended "
    "recommendation recommendations recirc recirculation newsletter newsletters subscribe "
    "subscription signup promo promos comments comment disqus breadcrumb breadcrumbs sidebar "
    "footer tags taglist cookie cookies consent advert adverts advertisement advertising ad ads "
    "sponsor sponsored outbrain taboola trending popular pagination pager widget widgets toolbar "
    "modal popup overlay paywall banner skip byline author bio meta metadata timestamp credit "
    "credits caption captions gallery slideshow carousel playlist player teaser teasers "
    "disclaimer copyright printfriendly toc editsection".split()
)
"""Words of a class or id that name what stands around articles."""
_IMAGE_WORDS = frozenset("photo photos image images img picture media figure video hero".split())
_COMMENT_WORDS = frozenset("comments comment disqus respond discussion".split())
LIST_ROLES = frozenset(["doc-endnotes", "doc-bibliography", "doc-footnotes"])
LIST_WORDS = frozenset(
    "references reflist footnotes endnotes footnote bibliography citations".split()
)


def is_hidden(element: Element) -> bool:
    """Whether browsers show nothing of it."""
    attrs = element.attrs
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    style = attrs.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def is_furniture(element: Element) -> bool:
    """Whether its tag or role says that it stands beside the article."""
    return element.name in _FURNITURE or (
        "role" in element.attrs and element.get("role") in _FURNITURE_ROLES
    )


def named_furniture(element: Element) -> bool:
    """Whether its class or id names what stands around articles."""
    return not _FURNITURE_WORDS.isdisjoint(element.words)


def named_comments(element: Element) -> bool:
    """Whether its class or id names what readers write."""
    return not _COMMENT_WORDS.isdisjoint(element.words)


def named_image(element: Element) -> bool:
    """Whether its class or id names what holds a picture and the line under it."""
    return not _IMAGE_WORDS.isdisjoint(element.words)
