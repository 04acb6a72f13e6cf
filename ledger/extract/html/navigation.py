"""Links to the site's own topic, author, tag and section pages: kept, and carrying nothing.

"[Apple](/tag/apple)" tells where the site files a word, not where a claim comes from. Where the
page says so by the address, or by linking a name to a page of the same name on its own site, the
link is navigation.
"""

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from ledger import urls
from ledger.document import Mention
from ledger.extract.html.facts import Facts
from ledger.extract.html.hints import AUTHORING, FILING, RELATED, WIKI
from ledger.extract.html.links import targets
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.passing_on import passes_on
from ledger.letters import key_of
from ledger.patterns import later

_FILED = re.compile(
    r"/(?:tags?|topics?|themen?|themes?|temas?|authors?|autor(?:en|es)?|auteurs?|autori|person|"
    r"people|personen|profiles?|staff|contributors?|reporters?|columnists?|by|categor(?:y|ies|ia|ie)|"
    r"kategorien?|rubric|rubrik|sections?|keywords?|labels?|hashtags?|guides?|hubs?|companies)"
    r"/[^/?#]{1,200}/?(?:[?#]|$)|[?&](?:tag|author|cat|category)=|/wiki/(?:Category|Help|Special|"
    r"Wikipedia|Portal|Template):|/[^/?#]{0,40}(?:authors?|staff|autor)/[^?#]{1,200}$",
    re.I,
)
"""Addresses of pages that list what a site has under a word or of an author."""
_SERVICE = re.compile(
    r"^(?:https?://[^/]{1,253})?/(?:(?:contact|about|team|pricing|plans|privacy|terms|imprint|impressum|"
    r"login|log-?in|sign-?in|sign-?up|register|account|subscribe|unsubscribe|newsletters?|donate|"
    r"careers|jobs|faq|help|support|search|advertise|kontakt|datenschutz|agb|über-uns|contacto|"
    r"contatti|a-propos|mentions-legales)(?:-us|-policy)?)/?(?:[?#]|$)",
    re.I,
)
"""Addresses of the pages that any site has about itself."""
_SHORT_NAME = 3
"""Words of a topic: a story's address spells a whole headline."""
_HEADLINE = 3
"""Words of a link from which on they are a headline or a name that nobody writes by chance."""
_LONGEST_HEADLINE = 200
"""Characters of such a link: a teaser with a summary has more. Of those measured fewer than one in
a thousand does."""
_CALLS = later(
    r"(?:please )?click here(?: (?:to|for)\b.{0,200})?|read more|learn more|find out more|see more"
    r"|(?:klicken sie )?hier(?: klicken)?|weiterlesen|mehr lesen|cliquez ici|lire la suite"
    r"|en savoir plus|haga clic aquí|leer más|clicca qui|leggi (?:tutto|di più)|clique aqui"
    r"|leia mais|saiba mais|kliknij tutaj|czytaj więcej|нажмите здесь|читать далее|подробнее",
    re.I,
)
"""Words of a link that call to follow it, and say nothing of where it leads."""
_ENDS = frozenset(".!?…。！？।؟")
_WORD = re.compile(r"\w+")
_WITH_HOST = later(r"(?:https?:)?//")
_SCHEME = later(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:")
_BEGINNING = re.compile(r"\W*+(\w++)\W++(\w++)\W++(\w++)")
"""As many words as make a headline."""
_MOST = 40
"""Addresses that are kept of the topics of a page, and of the pages beside its text. Chosen: on the
few pages measured that reach it, they are the menu of a site."""
_PARTS = [frozenset(["mw", name]) for name in ("output", "headline", "redirect")]
"""Names that MediaWiki gives to what it made, also where only a part of its page was saved."""
_WIKI = re.compile(r"^MediaWiki ")
"""What a wiki says of the program that made its page (`<meta name="generator">`)."""
_ARTICLES = frozenset(["article", "main", "body"])


def host_of(*addresses: str | None) -> str | None:
    """The host of the first absolute address; None when there is none."""
    for address in addresses:
        if address and _WITH_HOST.match(address):
            found = urls.host(address if address[0] == "h" else f"https:{address}")
            if found:
                return found.removeprefix("www.")
    return None


def is_navigation(url: str, words: str, own: str | None) -> bool:
    """Whether a link leads to a page that the site keeps for a topic, an author or a section.

    Args:
        url: As linked.
        words: As linked; "" when they are not known.
        own: Host of the page, without "www."; None when not known, so that only relative
            addresses are the site's own.
    """
    if passes_on(url, words):
        return True
    if not is_own(url, own):
        return False
    if _FILED.search(url) or _SERVICE.match(url):
        return True
    try:
        path = unquote(urlsplit(url).path).strip("/")
    except ValueError:
        return False
    name = path.rsplit("/", 1)[-1]
    return 0 < len(words.split()) <= _SHORT_NAME and key_of(name) == key_of(words)


def is_wiki(survey: Survey) -> bool:
    """Whether MediaWiki made a page: links to its own pages explain words and prove nothing."""
    if any(_WIKI.search(meta.get("content")) for meta in survey.named("meta")):
        return True
    named = (each.words for each in survey.hinted(WIKI, survey.elements[0]))
    return any("mediawiki" in words or any(map(words.issuperset, _PARTS)) for words in named)


def marked(
    mentions: Iterable[Mention], text: str, own: str | None, *, wiki: bool = False
) -> Iterator[Mention]:
    """Mentions, of which the links that are navigation say so.

    Args:
        own: As in `is_navigation`.
        wiki: Whether all links of the site to itself are navigation.
    """
    for mention in mentions:
        if mention.url and not mention.labels and mention.url[0] != "#":
            start = mention.at - mention.anchor
            words = text[start : mention.at]
            site = is_own(mention.url, own)
            filed = (wiki and site) or is_navigation(mention.url, words, own)
            filed = filed or (site and _stands_alone(text, start, mention.at))
            if filed or _calls(text, start, mention.at):
                mention = mention._replace(form="navigation")
        yield mention


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a link is all of a paragraph and no sentence: "Wells run dry", another story.

    Some pages set it in square brackets.
    """
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    if before in ("[", "\n[") and behind in ("]", "]\n"):
        return True
    whole = before[-1:] in ("", "\n") and behind[:1] in ("", "\n")
    return whole and text[end - 1 : end] not in _ENDS


def _calls(text: str, start: int, end: int) -> bool:
    """Whether the words of a link call to follow it: "Click here to see our map".

    They are the link that opens a sentence; "here" behind a word may be where a claim comes from.
    """
    before = text[max(0, start - 2) : start].strip()
    opens = not before or before[-1] in ".!?…:"
    return opens and bool(_CALLS.fullmatch(text[start:end]))


def filed_under(
    survey: Survey, root: Element, known: set[str], own: str | None
) -> Iterator[tuple[str, str]]:
    """Address and words of the topics and authors that an article is filed under, in page order.

    They stand beside its text, in elements that are left out.

    Args:
        root: The body.
        known: Addresses that need not be given again; those given are added.
        own: As in `is_navigation`.
    """
    scope = root
    for above in root.above():
        if scope.name in _ARTICLES:
            break
        scope = above
    found = 0
    end = 0
    for element in survey.hinted(FILING, scope):
        if element.index < end:
            continue
        if element.holds(root) or survey[element].linked * 3 < survey[element].text:
            continue
        end = element.end
        for link in survey.elements[element.index : element.end]:
            addresses = targets(link) if link.name == "a" and survey[link].text else []
            for address in addresses[:1]:
                if (
                    address not in known
                    and found < _MOST
                    and _is_filing(element, link, address, own)
                ):
                    known.add(address)
                    found += 1
                    yield address, survey.opening(link)


def attached_to(
    survey: Survey, root: Element, text: str, known: set[str], own: str | None
) -> Iterator[tuple[str, str]]:
    """Address and words of the site's own pages that stand beside a text and belong to it.

    They are further stories that the body has in a list of its own, and links anywhere in the page
    whose words the text has too: the site has a page for what the text names there.

    Args:
        root: The body.
        text: Its text.
        known: Addresses that need not be given again; those given are added.
        own: As in `is_navigation`.
    """
    beside = _related(survey, root)
    words = _WORD.findall(text.casefold())
    known_words = frozenset(words)
    runs: frozenset[tuple[str, ...]] | None = None  # of the text; few pages ask for them
    found = 0
    for link in survey.named("a"):
        if found == _MOST:
            return
        if not 0 < link.facts.text <= _LONGEST_HEADLINE:
            continue
        if link.index not in beside and _is_strange(link.facts, known_words):
            continue
        said = text_of(link).casefold()
        beginning = _BEGINNING.match(said)
        if beginning is None:
            continue
        if link.index not in beside:
            if not known_words.issuperset(beginning.groups()):
                continue  # as most are
            runs = frozenset(_runs(words)) if runs is None else runs
            if not runs.issuperset(_runs(_WORD.findall(said))):
                continue
        address = next(iter(targets(link)), "#")
        if address[0] != "#" and address not in known and is_own(address, own):
            known.add(address)
            found += 1
            yield address, survey.opening(link)


def _is_strange(facts: Facts, known: Set[str]) -> bool:
    """Whether a link is plainly one word, or begins with one that is not known: as most do."""
    word, space, _ = facts.first.partition(" ")
    if not word.isascii() or not word.isalnum():
        return False
    return word.lower() not in known if space else len(word) == facts.text


def _related(survey: Survey, root: Element) -> set[int]:
    """Indices of what stands in lists of further stories, which are not half of the body."""
    found: set[int] = set()
    for element in survey.hinted(RELATED, root):
        small = element is not root and element.facts.text * 2 <= root.facts.text
        if small and element.index not in found:
            found.update(range(element.index, element.end))
    return found


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Every run of so many words as make a headline."""
    return zip(*(words[start:] for start in range(_HEADLINE)), strict=False)


def _is_filing(element: Element, link: Element, address: str, own: str | None) -> bool:
    """Whether a link beside the text leads to a topic of the site, or to who wrote the article."""
    if element.hints & AUTHORING:
        return address[0] != "#" and not address.startswith("mailto:")
    return is_own(address, own) and bool(
        link.get("rel") in ("tag", "author") or _FILED.search(address)
    )


@lru_cache(maxsize=512)
def is_own(url: str, own: str | None) -> bool:
    """Whether an address is relative, or on the page's own site; `own` as in `is_navigation`."""
    if _WITH_HOST.match(url):
        host = host_of(url)
        return (
            host is not None
            and own is not None
            and (host == own or host.endswith(f".{own}") or own.endswith(f".{host}"))
        )
    return not _SCHEME.match(url)
