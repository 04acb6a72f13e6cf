"""A page -> who wrote it, as it says."""

import re
from collections.abc import Iterator
from typing import Any

from ledger.extract.front.about import without_degrees
from ledger.extract.html.hints import BYLINE
from ledger.extract.html.json_ld import named
from ledger.extract.html.names import AUTHOR_NAME, named_comments
from ledger.extract.html.said import Said, words_in
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.letters import key_of
from ledger.patterns import later

_METAS = (
    ("author", "meta"),
    ("citation_author", "meta"),
    ("citation_authors", "meta"),
    ("parsely-author", "meta"),
    ("article:author", "Open Graph"),
    ("dc.creator", "meta"),
    ("byl", "meta"),
)
_BY = re.compile(
    r"\A(?:(?:(?:view )?all posts |posted |written |published )?by"
    r"|(?:verfasst |geschrieben )?von|autor|(?:publié |rédigé )?par|(?:publicado |escrito )?por"
    r"|di|door|av|od):?\s+(?=\S)",
    re.I,
)
_AND = re.compile(
    r"\s*(?:,|;|\band\b|\bwith\b|\bund\b|\bet\b|\by\b|и(?=\s)(?<=\sи)|&|、"
    r"|\((?:avec|with|mit|con|com|met)\s)\s*"
)
_NAME = re.compile(r"[^\W\d_][^\d_<>@|]{1,60}")
_STROKE = re.compile(r"\||\s[-–—]\s")
"""What parts names from an office: "Ann Roe - Water Writer"."""
_OFFICE = re.compile(
    r"(?:[\w’'-]{1,20}\s){0,4}(?:editor|writer|reporter|correspondent|columnist|producer|contributor"
    r"|journalist|analyst)s?",
    re.I,
)
"""What a person is at a house, behind the name: "Ann Roe, Senior Editor"."""
_BEFORE_NAME = re.compile(r"\s*(?:by|von|par|por|di|door|av|od)?:?\s*", re.I)
_BEHIND_NAMES = later(
    r"\s(?:[·•|–—-]\s)?(?:(?:(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s)?[0-9]"
    r"|@|Follow\b|(?:Last\s)?[Uu]pdated\b|Published\b|Posted\b)"
)
"""What a byline says behind the names: when it was, how long it is to read, whom to follow."""
_FOR = later(r"\s(?:for|in)\s(?=the\s|[A-Z])[^,;&]{2,60}?(?=\s?[,;&]|\sand\s|$)")
"""For whom or from where: "Ann Roe for the Port Herald"."""
_NAMES_OF = frozenset("a b strong span".split())
_LONGEST_BYLINE = 200
"""Characters of what is called a byline: those measured have up to 141, or 277 and more, where they
are a box with a life."""
_AUTHOR = "author"
_CARD = frozenset(["author", "vcard"])
_WRITTEN = re.compile(r"(?:written|posted|published)?\s?by|author|autor|verfasst von|auteur", re.I)
_NOBODY = frozenset(["admin", "administrator", "webmaster"])
"""What programs call whoever set them up. A profile's address is no name either."""


def authors(
    survey: Survey,
    items: list[dict[str, Any]],
    known: dict[str, object],
    metas: dict[str, list[str]],
) -> list[Said]:
    """What a page says of its authors, what is believed first.

    Args:
        survey: The page.
        items: Of JSON-LD, those that speak of the article.
        known: The names that JSON-LD has by the ids of what bears them.
        metas: Every content of each name of a meta element.
    """
    found = [*_of_items(items, known), *_of_metas(metas), *_persons(survey), *_bylines(survey)]
    return [each for each in found if "://" not in each.value and key_of(each.value) not in _NOBODY]


def _of_items(items: list[dict[str, Any]], known: dict[str, object]) -> Iterator[Said]:
    for item in items:
        if names := named(item.get("author"), known) or named(item.get("creator"), known):
            yield Said(", ".join(names), "JSON-LD", tuple(names))


def _persons(survey: Survey) -> Iterator[Said]:
    """The names that a paper made by LaTeXML shows above its text."""
    spans = (each for each in survey.named("span") if "personname" in each.get("class"))
    found = [words for each in spans if _NAME.fullmatch(words := words_in(each))]
    if found:
        yield Said(", ".join(found), "byline", tuple(found))


def _bylines(survey: Survey) -> Iterator[Said]:
    """Names that the page shows as its authors'."""
    marked = {each for each in survey.called if _AUTHOR in (each.get("rel"), each.get("itemprop"))}
    hinted = survey.hinted(BYLINE, survey.elements[0])
    for element in sorted({*marked, *hinted}, key=lambda each: each.index):
        if element.facts.text > _LONGEST_BYLINE:
            continue
        words = _STROKE.split(words_in(_name_in(survey, element)), maxsplit=1)[0].strip()
        called = element.words >= AUTHOR_NAME or _is_card(element)
        if element not in marked and not _BY.match(words) and not called:
            continue
        words = _up_to_last_name(survey, element) or _without_role(element, words)
        words = _BY.sub("", _STROKE.split(words, maxsplit=1)[0].strip())
        words = _FOR.sub("", _BEHIND_NAMES.split(words, maxsplit=1)[0])
        if _NAME.fullmatch(words):
            yield Said(words, "byline")
            return


def _is_card(element: Element) -> bool:
    """Whether a microformat says that an element is the author, and not that of a comment."""
    return element.words >= _CARD and not named_comments(element)


def _name_in(survey: Survey, element: Element) -> Element:
    """The element inside that is marked as the name; else the element itself."""
    inside = survey.elements[element.index + 1 : element.end]
    return next((each for each in inside if each.get("itemprop") == "name"), element)


def _without_role(element: Element, words: str) -> str:
    """The words of a byline up to where an element is glued to the one before: "Ann RoeEditor"."""
    pieces: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if not isinstance(node, str):
            stack.extend(reversed(node.children))
        elif node:
            if pieces and pieces[-1][-1].isalpha() and node[0].isupper():
                return " ".join("".join(pieces).split())
            pieces.append(node)
    return words


def _up_to_last_name(survey: Survey, element: Element) -> str:
    """The words of a byline up to the end of its last marked name; "" where more names may follow.

    Names are marked by links or by how they look: "<b>Ann Roe</b> Senior Correspondent".
    """
    known = (each for each in survey.elements[element.index + 1 : element.end] if _marks(each))
    names = [words_in(each) for each in known if each.name in _NAMES_OF]
    words = words_in(element)
    end = 0
    for name in dict.fromkeys(names):
        start = words.find(name, end)
        between = words[end : max(start, end)]
        if start < 0 or not (_AND if end else _BEFORE_NAME).fullmatch(between):
            return ""
        end = start + len(name)
    behind = words[end:].strip()
    return "" if not end or not behind or _AND.match(behind) else words[:end]


def _marks(element: Element) -> bool:
    """Whether an element is set apart in a byline, and its words may be a name."""
    marked = element.name != "span" or "fn" in element.words
    return marked and _NAME.fullmatch(words_in(element)) is not None


def names(said: list[Said]) -> tuple[str, ...]:
    """The names of the first statement about the authors."""
    if not said:
        return ()
    first = said[0]
    names = (_BY.sub("", name) for name in first.names or (first.value,))
    if len(first.names) < 2:
        names = (part for name in names for part in _AND.split(without_degrees(name)))
    bare = (part.strip() if "(" in part else part.strip(" )") for part in names)
    every = tuple(dict.fromkeys(filter(None, bare)))
    return (*every[:1], *(each for each in every[1:] if not _OFFICE.fullmatch(each)))


def _of_metas(metas: dict[str, list[str]]) -> Iterator[Said]:
    if any(map(_WRITTEN.fullmatch, metas.get("twitter:label1", ()))):
        yield from (Said(name, "meta") for name in metas.get("twitter:data1", ()))
    for name, origin in _METAS:
        if name not in metas:
            continue
        people = tuple(dict.fromkeys(metas[name]))
        if name in ("citation_author", "citation_authors"):
            parts = (part.strip() for said in people for part in said.split(";"))
            people = tuple(_turned(part) for part in parts if part)
            if people:
                yield Said(", ".join(people), origin, people)
        else:
            yield Said(", ".join(people) if "author" in name else people[0], origin)


def _turned(name: str) -> str:
    """A name with the given name first: "Roe, Ann" is "Ann Roe"; there is one in each element."""
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if given.strip() and "," not in given else name
