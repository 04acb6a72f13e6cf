"""Class or id -> what an element is or holds that is named so."""

import re

FURNITURE, COMMENTS, PICTURE, LIST, FILING, AUTHORING, BYLINE = (1 << n for n in range(7))
RELATED, WIKI, NOTE, DATED, ABSTRACT, SOURCES = (1 << n for n in range(7, 13))
"""Bits of what a class or id says."""
OF_SECTIONS = LIST | ABSTRACT | SOURCES
"""What the words of a heading may say of a section: one of the text may be called "Media"."""
_HINTS = {
    # what stands around articles
    FURNITURE: (
        "nav navigation navbar menu share shares sharing sharedaddy social related relatedposts "
        "recommended "
        "recommendation recommendations recirc recirculation newsletter newsletters subscribe "
        "subscription signup promo promos comments comment disqus breadcrumb breadcrumbs "
        "sidebar footer tags taglist cookie cookies consent advert adverts advertisement "
        "advertising ad ads sponsor sponsored outbrain taboola trending popular pagination "
        "pager widget widgets toolbar modal popup overlay banner skip byline author bio "
        "meta metadata timestamp credit credits caption captions gallery slideshow carousel "
        "playlist player teaser teasers disclaimer copyright printfriendly toc editsection"
    ),
    # what readers write
    COMMENTS: "comments comment disqus respond discussion",
    # what holds a picture and the line under it
    PICTURE: "photo photos image images img picture media figure video hero",
    # a reference list
    LIST: "references reflist footnotes endnotes footnote bibliography citations",
    # the topics and the authors of an article
    FILING: (
        "tags tag taglist topics topic keywords keyword byline author authors categories category "
        "cats meta labels lables"
    ),
    AUTHORING: "byline author authors",
    BYLINE: "byline author authors writer contributors",
    # further stories of the site on the same matter
    RELATED: "related relatedposts recommended recommendations",
    # a note at its mark
    NOTE: (
        "note footnote footnotes endnote sidenote sidenotes marginnote tooltip tooltips "
        "tooltiptext popover popup"
    ),
    # when an article was published
    DATED: "date pubdate published posted timestamp datestamp dateline datetime",
    # what a paper says in short above its text
    ABSTRACT: "abstract",
    # the cards of what an answer was made from
    SOURCES: "sources citations references",
    # what MediaWiki calls the inside of its pages, and parts of it
    WIKI: "mediawiki parser mw",
}
"""Words of a class or id, and what holds something that is named by one of them."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SMALL = re.compile(r"[a-z]+")
_LONGEST_NAME = 300
"""Characters of a class or id that are looked at; longer ones are no names."""


def words_of(names: str) -> list[str]:
    """The words that classes and ids are put together from: "relatedArticles" has two."""
    head = names[:_LONGEST_NAME]
    # Most are small letters throughout, and those are found with half the steps.
    return _SMALL.findall(head) if head.islower() else [*map(str.lower, _WORD.findall(head))]


class _Hints(dict[str, int]):
    """A class or id as it is written -> its hints. What was asked before is remembered."""

    def __missing__(self, names: str) -> int:
        hints = 0
        # Elementor calls every part of a page a widget, the article, too.
        head = names[:_LONGEST_NAME].replace("elementor-widget", "elementor")
        if head.isascii() and head.islower():  # as most are: found without a pattern
            for short in _SHORT.intersection(head.encode().translate(_PARTED).split()):
                hints |= _BY_SHORT[short]
        else:
            for word in words_of(head):
                hints |= _BY_WORD.get(word, 0)
        if len(self) > 8192:
            self.clear()
        self[names] = hints
        return hints


_PARTED = bytes(sign if 97 <= sign <= 122 else 32 for sign in range(256))
"""Small letters stay, all else parts words."""
_BY_WORD: dict[str, int] = {}
for _hint, _words in _HINTS.items():
    for _word in _words.split():
        _BY_WORD[_word] = _BY_WORD.get(_word, 0) | _hint
_BY_SHORT = {word.encode(): hints for word, hints in _BY_WORD.items()}
_SHORT = frozenset(_BY_SHORT)
HINTS = _Hints()
