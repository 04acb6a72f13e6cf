"""What a JATS file says of its article -> the head of a page."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from ledger.extract.jats.element import named, words
from ledger.extract.jats.page import inline

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PUBLISHED = ("epub", "pub", "ppub", "epub-ppub", "", "collection")
"""What says when an article came out (pub-type, date-type), the surest first.

Others say when it was sent in, or kept elsewhere.
"""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def head(article: Element) -> str:
    """Title, authors, date and address, as a page says them of itself."""
    title = _title(article.find("{*}front//{*}title-group/{*}article-title"))
    said = [f"<title>{escape(title)}</title>"] if title else []
    said += [f'<meta name="author" content="{escape(each)}">' for each in _authors(article)]
    if day := _published(article):
        said.append(f'<meta name="date" content="{day}">')
    for each in article.iterfind("{*}front//{*}article-meta/{*}article-id"):
        if each.get("pub-id-type") == "doi" and (doi := words(each)):
            said.append(f'<link rel="canonical" href="https://doi.org/{escape(doi)}">')
    return "".join(said)


def _title(element: Element | None) -> str:
    """The words of a title, without the marks of its notes; empty for none."""
    if element is None:
        return ""
    said = [element.text or ""]
    for child in element:
        said += ("" if named(child) in ("xref", "fn") else words(child), child.tail or "")
    return " ".join("".join(said).split())


def language(article: Element) -> str:
    """The language of the article, as it says it; empty where it does not."""
    return article.get(_LANGUAGE, "")


def headline(article: Element) -> str:
    """The title, as it stands above the text."""
    title = article.find("{*}front//{*}title-group/{*}article-title")
    return "" if title is None else f"<h1>{inline(title)}</h1>"


def _authors(article: Element) -> Iterator[str]:
    for contrib in article.iterfind("{*}front//{*}article-meta/{*}contrib-group/{*}contrib"):
        if contrib.get("contrib-type", "author") == "author" and (name := _named(contrib)):
            yield name


def _named(contrib: Element) -> str:
    """Who it is: a person, first name first, or a group; empty for nobody."""
    for each in (*contrib, *contrib.iterfind("{*}name-alternatives/*")):
        kind = named(each)
        if kind == "name":
            parts = [words(each.find(f"{{*}}{part}")) for part in ("given-names", "surname")]
            if each.get("name-style") == "eastern":
                parts.reverse()
            return " ".join(part for part in parts if part)
        if kind == "string-name":
            return words(each)
        if kind == "collab":  # may list its members
            return " ".join((each.text or "").split()) or words(next(iter(each), None))
    return ""


def _published(article: Element) -> str:
    """The day, month or year on which it came out, as an ISO date; empty where it is not said."""
    found: dict[str, str] = {}
    for each in article.iterfind("{*}front//{*}article-meta/{*}pub-date"):
        kind = each.get("pub-type") or each.get("date-type") or ""
        found.setdefault(kind, each.get("iso-8601-date") or _day(each))
    kinds = [kind for kind in _PUBLISHED if found.get(kind)]
    kinds = kinds or [kind for kind in found if found[kind]]
    whole = [kind for kind in kinds if len(found[kind]) > len("2024-01")]
    return escape(found[(whole or kinds)[0]]) if kinds else ""


def _day(of: Element) -> str:
    year, month, day = (words(of.find(f"{{*}}{part}")) for part in ("year", "month", "day"))
    if month[:3].lower() in _MONTHS:
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    parts = [year.zfill(4), month.zfill(2), day.zfill(2)]
    wholly = [part for part in parts if part.isdecimal() and part.strip("0")]
    return "-".join(wholly) if wholly == parts[: len(wholly)] else year
