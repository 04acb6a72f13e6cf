"""Links to further stories -> navigation: they are there to be read next, and prove nothing.

A paragraph says so by how it begins ("Read also: …"), a line that is but a link by a short word
before it ("[Read: …]", "PHOTOS: …"), a list of links by its head ("More on this story").
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ledger.document import Block, Mention
from ledger.patterns import later

_LEADS_ON = later(
    r"\W{0,4}(?:(?:read|see) (?:more|also)|also (?:read|see)|read next"
    r"|related(?: stories| articles| content)?|more on this(?: story)?|recommended"
    r"|further reading|lesen sie auch|mehr zum thema|siehe auch"
    r"|[àa] lire aussi|lire aussi|voir aussi|lea también|lee también|ver también|leggi anche"
    r"|vedi anche|leia (?:também|mais)|veja também|lees ook|czytaj (?:też|także|również)"
    r"|читайте также|читайте також|см\. также|смотрите также|te puede interesar|zobacz też"
    r"|baca juga|xem thêm|đọc thêm|ayrıca okuyun|läs (?:också|även|mer)|læs også|les også|lue myös"
    r"|čtěte také|čítajte tiež|olvassa el ezt is|citește și|διαβάστε επίσης|pročitajte i|قد يهمك"
    r"|اقرأ (?:أيضًا|أيضا|أيضاً)|بیشتر بخوانید|קראו גם|यह भी पढ़ें|আরও পড়ুন|อ่านเพิ่มเติม)\s?[:：|–—-]"
    r"|\W{0,4}(?:関連記事|あわせて読みたい|相关阅读|相關閱讀|延伸阅读|延伸閱讀|관련 ?기사)"
    r"[\W_]{1,3}"
    r"|\W{0,4}(?:follow|join) us (?:on|at)\b|\W{0,4}(?:subscribe|sign up) (?:to|for) (?:our|the)\b"
    r"|\W{0,4}read or share this story\b"
    r"|\W{0,4}folgen sie uns (?:auf|bei)\b|\W{0,4}suivez-nous sur\b",
    re.I,
)
"""How paragraphs begin that send readers to further pages, in the languages read most."""
_LABEL = later(
    r"\W{0,4}(?:(?:read|lire|lesen sie|lee|lea|leer|leggi|leia|lees|czytaj|читайте)"
    r"(?: [^:：\n]{1,30})?"
    r"|mehr(?: (?:dazu|zum|zur|über)\b[^:：\n]{0,30})?|more(?: (?:on|about)\b[^:：\n]{0,30})?|watch"
    r"|listen|photos|pictures|in (?:photos|pictures)|gallery|écouter|en images|fotos"
    r"|bilder(?:galerie)?|más|fotogalería|фото|阅读|閱讀)\s?[:：](?!//)\s?",
    re.I,
)
"""What stands before a link that is all else of its line."""
_HEADS = frozenset(
    "related|related stories|related articles|related news|related coverage|related content"
    "|related posts|related topics|read more|read next|read also|more on this|more on this story"
    "|more stories|you may also like|you might also like|recommended|recommended for you"
    "|most popular|most read|trending now|don’t miss|à lire aussi|lire aussi|sur le même sujet"
    "|articles liés|les plus lus|mehr zum thema|lesen sie auch|weitere artikel|auch interessant"
    "|das könnte sie auch interessieren|meistgelesen|te puede interesar|noticias relacionadas"
    "|lea también|artículos relacionados|leggi anche|articoli correlati|potrebbe interessarti"
    "|leia também|notícias relacionadas|lees ook|czytaj także|читайте также|по теме"
    "|материалы по теме|похожие материалы|相关阅读|相关内容|相关新闻|相关文章|推荐阅读|热门文章"
    "|相關閱讀|相關內容|相關新聞|相關文章|関連記事|関連ニュース|あわせて読みたい"
    "|관련 기사|관련기사|관련 뉴스".split("|")
)
_MORE_FROM = "more from "
_LONGEST_LEAD, _LONGEST_LINE, _LONGEST_HEAD = 200, 300, 50
"""Characters: from the beginning of a line to a link that its first words send readers to; of a
paragraph that is nothing but such a link with its label; of a head, of which those known have up to
33. Chosen."""
_STOPS = (".", "!", "?", "…", "。", "！", "？")


def without_further(
    mentions: Iterable[Mention], text: str, blocks: Sequence[Block]
) -> Iterator[Mention]:
    """The mentions of a text; the form of a link to a further story becomes "navigation".

    Linear in the text.
    """
    starts = [block.start for block in blocks]
    below: frozenset[int] | None = None
    for mention in mentions:
        if mention.form != "link" or mention.labels:
            pass
        elif not mention.anchor:
            if _LABEL.match(mention.raw):
                mention = mention._replace(form="navigation")
        else:
            number = bisect_right(starts, mention.at - mention.anchor) - 1
            if number >= 0:
                below = frozenset(_below_heads(text, blocks)) if below is None else below
                if _leads_on(mention, text, blocks[number], headed=number in below):
                    mention = mention._replace(form="navigation")
        yield mention


def _leads_on(mention: Mention, text: str, block: Block, *, headed: bool) -> bool:
    """Whether the paragraph of a link, its head, or the one word beside it sends readers on."""
    start = mention.at - mention.anchor
    begin = text.rfind("\n", max(0, start - _LONGEST_LEAD), start) + 1
    if (begin or start <= _LONGEST_LEAD) and _LEADS_ON.match(text, begin):
        return True
    if block.end - block.start > _LONGEST_LINE:
        return False
    label = _LABEL.match(text, block.start)
    opened = label.end() if label else block.start
    around = text[opened : max(start, opened)] + text[mention.at : block.end]
    return (headed or label is not None) and not any(map(str.isalpha, around))


def _below_heads(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks, by their numbers, that stand below a head of further stories.

    One that is a paragraph, as "Read more:", holds as far as lines end without a stop.
    """
    headed = labelled = False
    for number, (start, end, role, _) in enumerate(blocks):
        short = end - start <= _LONGEST_HEAD
        if role == "heading":
            headed, labelled = short and _is_head(text[start:end]), False
        elif short and text[end - 1] in ":：" and _is_head(text[start:end]):
            labelled = True
        elif headed or labelled:
            labelled = labelled and not text.endswith(_STOPS, start, end)
            if headed or labelled:
                yield number


def _is_head(line: str) -> bool:
    words = line.strip(" \t:：*#_»>|–—-").casefold().replace("'", "’")
    return words in _HEADS or words.startswith(_MORE_FROM)
