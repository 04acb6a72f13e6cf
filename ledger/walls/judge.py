"""Page and what was read from it -> the wall that it is, or None.

More evidence is asked for where more of an article can be read: a banner, a form or a price stands
on most honest pages, but hardly alone. docs/decisions/walls-by-weighing.md has the reasons.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

from ledger.document import Block, Document
from ledger.walls.evidence import Evidence, evidence_of, leads_home
from ledger.walls.page import Page, plain, word_count
from ledger.walls.phrases import phrases_of, said
from ledger.walls.wall import Kind, Wall

NEEDED = ((25, 2), (150, 3), (400, 4))
"""Words of prose below which a page is a wall with evidence of that weight."""
WHOLE = NEEDED[-1][0]
"""With so many words only a paywall at their end, or a home page, is looked for."""
MUCH = 150
"""Words of prose, a step of `NEEDED`, from which most kinds of walls are ruled out."""
PARTLY = 40
"""Words of prose from which a paywalled page counts as partly read."""
THIN = 25
"""Words below which a page is thin. The shortest item of a news ticker in our samples has 38."""
SENTENCE_WORDS = 8
"""A block of fewer words is a caption, a button or a name, and no prose."""
TAIL = 1500
"""Characters at the end of a text where it says that the rest is for subscribers."""
ARTICLE_MARKUP = 3
"""How much evidence must be added where the markup says article and some prose stands there."""

_KINDS: tuple[Kind, ...] = ("bot-check", "soft-404", "consent", "login", "paywall", "js-shell")
"""Judged in this order; of equal weights the first counts."""
_KINDS_OF_LONG_PAGES: tuple[Kind, ...] = ("soft-404", "consent", "paywall")
"""Those that have come with `MUCH` prose beside them: teasers, legal text, the first paragraphs."""
_PROSE = frozenset({"paragraph", "item", "quote", "cell", "row"})
_WORDS_OF_WALLS = re.compile(
    r"cookie|consent|privacy|personal data|javascript|captcha|subscri|abonn|suscri|assinant|prenum"
    r"|подписк|订阅|会員|password|log ?in\b|sign ?in\b|browser|einwillig|datenschutz|konfidential"
    r"|confidential|privacid|privé|zustimm|персональн"
)


def find_wall(page: Page, document: Document | None) -> Wall | None:
    """The wall that a page is; None when it is, as far as can be told, what was asked for.

    Args:
        page: As it came.
        document: What was read from it; None when nothing could be or was.

    Never raises.
    """
    if page.requested and page.final and leads_home(page.requested, page.final):
        return Wall("redirect-home", (f"{page.requested} led to {page.final}",))
    own = _own_words(document) if document else 0
    if own >= WHOLE and document:
        return _cut_off(page, document)
    needed = next(weight for words, weight in NEEDED if own < words)
    lenient = own >= SENTENCE_WORDS * 3 and page.calls_itself_article
    best: tuple[int, Kind, list[Evidence]] | None = None
    filled = own >= THIN and document is not None and _cites(document)
    for kind in _KINDS if own < MUCH else _KINDS_OF_LONG_PAGES:
        if filled and kind == "js-shell":
            continue
        against = ARTICLE_MARKUP if lenient and kind != "paywall" else 0
        found = evidence_of(page, kind, needed + against)
        weight = _weight(found) - against
        # Evidence that only supports makes no wall, however much there is of it.
        if weight >= needed and found[0].weight >= 2 and (best is None or weight > best[0]):
            best = (weight, kind, found)
    if best:
        partly = best[1] == "paywall" and own >= PARTLY
        return Wall(best[1], tuple(each.reason for each in best[2]), partly)
    return _thin(page, document)


def _weight(found: Iterable[Evidence]) -> int:
    return sum(each.weight for each in found)


def _cites(document: Document) -> bool:
    """Whether a text has a marker, or links words of its sentences: an empty page cites nothing."""
    forms = [mention.form for mention in document.mentions]
    return "marker" in forms or forms.count("link") > 1


def _thin(page: Page, document: Document | None) -> Wall | None:
    if document and any(each.form == "marker" for each in document.mentions):
        return None
    words = word_count(document.text) if document else page.all_words
    if words >= THIN:
        return None
    links = len(document.mentions) if document else 0
    held = f"{links} link{'s' if links > 1 else ''}, but no marker" if links else "no citation"
    return Wall("thin", (f"it holds {words} word{'' if words == 1 else 's'} and {held}",))


def _cut_off(page: Page, document: Document) -> Wall | None:
    """A long text that stops at a paywall: its data says so, and so do its last words."""
    tail = plain(document.text[-TAIL:])
    phrase = next(said(phrases_of("paywall").strong, tail, frozenset(tail.split(" "))), None)
    if phrase is None or page.free is not False:
        return None
    reason = "its data says that it is not free to read (isAccessibleForFree)"
    return Wall("paywall", (reason, f"its text ends with “{phrase}”"), partly=True)


def _own_words(document: Document) -> int:
    """Words of prose that are not the wall's own, counted up to `WHOLE` or little more.

    Sentences that speak of walls do not count, and neither do links.
    """
    ends = [block.end for block in document.blocks]
    linked = [0] * (len(ends) + 1)
    for mention in document.mentions:
        linked[min(bisect_right(ends, mention.at - 1), len(ends))] += mention.anchor
    words = 0
    for number, block in enumerate(document.blocks):
        words += _prose_words(document.text, block, linked[number])
        if words >= WHOLE:
            break  # more makes no difference
    return words


def _prose_words(text: str, block: Block, linked: int) -> int:
    """The words of a block of prose; 0 where it is none, or speaks of walls."""
    if block.role not in _PROSE or 2 * linked > block.end - block.start:
        return 0
    words = text[block.start : block.end]
    count = word_count(words)
    return 0 if count < SENTENCE_WORDS or _WORDS_OF_WALLS.search(words.lower()) else count
