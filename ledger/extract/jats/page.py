"""The elements of a JATS article -> the inside of a page's body."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from xml.etree.ElementTree import Element

from ledger.extract.jats.element import link_of, named, words
from ledger.extract.jats.works import work

OTHERS = frozenset({"sub-article", "response"})
"""Articles of their own within an article: reviews, answers, translations."""
_LEFT_OUT = OTHERS | frozenset(
    "front aff author-notes permissions self-uri related-article related-object kwd-group email "
    "object-id alt-text long-desc graphic inline-graphic bio custom-meta-group index-term "
    "pub-id".split()
)
_SAME = {
    **{name: name for name in ("p", "sup", "sub", "tr", "th", "td", "thead", "tbody", "tfoot")},
    **{name: name for name in ("table", "code", "break")},
    "array": "table",
    "sec": "section",
    "ack": "section",
    "app": "section",
    "notes": "section",
    "boxed-text": "section",
    "disp-quote": "blockquote",
    "italic": "em",
    "bold": "strong",
    "monospace": "code",
    "preformat": "pre",
    "list-item": "li",
    "def-list": "dl",
    "term": "dt",
    "def": "dd",
    "verse-line": "p",
    "attrib": "p",
}
"""Elements with the one of a page that says the same."""
_SECTIONS = frozenset("sec ack app notes boxed-text ref-list abstract".split())
_UNNAMED = {"abstract": "Abstract", "ack": "Acknowledgements", "ref-list": "References"}
"""What sections are called that need no title."""
_OTHER_ABSTRACTS = frozenset("graphical toc teaser".split())
_TEX = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
NUMBERS = re.compile(r"[\[(]?[0-9]{1,4}(?:(?:\s?[,;–—-]\s?|\s)[0-9]{1,4}){1,50}[\])]?")
"""Several numbers of works, all of them in one link."""
_DEEPEST = 100
"""Elements within one another; what is nested more deeply is words alone."""


def body(article: Element) -> str:
    """Abstract, text, figures and tables that stand apart, notes and references, in this order."""
    parts = (
        *_abstracts(article, "abstract"),
        *article.iterfind("{*}body"),
        *article.iterfind("{*}floats-group"),
        *article.iterfind("{*}back"),
    )
    return "".join(_element(part, 0, 1) for part in parts)


def translated_abstracts(article: Element) -> Sequence[Element]:
    """The abstracts in other languages, which say again what the article says."""
    return _abstracts(article, "trans-abstract")


def _abstracts(article: Element, name: str) -> list[Element]:
    found = article.iterfind(f"{{*}}front//{{*}}article-meta/{{*}}{name}")
    return [each for each in found if each.get("abstract-type") not in _OTHER_ABSTRACTS]


def inline(element: Element, depth: int = 0, but: Iterable[str] = ()) -> str:
    """What is in an element, as in a page; `depth` is that of the element in what is read.

    Children named in `but` are left out.
    """
    return _inside(element, depth, 1, but)


def _inside(element: Element, depth: int, level: int, but: Iterable[str] = ()) -> str:
    said = [escape(element.text or "", quote=False)]
    for child in element:
        if named(child) not in but:
            said.append(_element(child, depth + 1, level))
        said.append(escape(child.tail or "", quote=False))
    return "".join(said)


def _element(element: Element, depth: int, level: int) -> str:
    """An element as in a page; `level` is that of the heading above it."""
    name = named(element)
    if not name or name in _LEFT_OUT:
        return ""
    if depth > _DEEPEST:
        return escape(words(element), quote=False)
    if name in _SECTIONS:
        return _section(element, name, depth, level)
    special = _SPECIAL.get(name)
    if special is not None:
        return special(element, depth, level)
    inside = _inside(element, depth, level)
    tag = _SAME.get(name)
    if tag is None:
        return inside
    if tag == "break":
        return "<br>"
    return f"<{tag}{_place(element)}>{inside}</{tag}>"


_BESIDE = frozenset("title label ref disp-formula disp-formula-group".split())
"""What is told otherwise in a section; a formula that stands by itself says nothing in words."""


def _place(element: Element) -> str:
    """Attributes that a page has, too."""
    said = ((name, element.get(name)) for name in ("id", "rowspan", "colspan"))
    return "".join(f' {name}="{escape(value)}"' for name, value in said if value)


def _section(element: Element, name: str, depth: int, level: int) -> str:
    title, label = element.find("{*}title"), words(element.find("{*}label"))
    heading = "" if title is None else _inside(title, depth + 1, level)
    if not heading:
        heading = _UNNAMED.get(name, "")
    if heading:
        size = min(level + 1, 6)
        heading = f"<h{size}>{escape(label, quote=False)} {heading}</h{size}>"
    inside = _inside(element, depth, level + 1, _BESIDE)
    entries = _entries(element, depth) if name == "ref-list" else ""
    # What ids are called says nothing of the place of a section: all of it is the article.
    kind = f' class="level{min(level, 6)}"' if name == "sec" else ""
    return f"<section{kind}{_place(element)}>{heading}{inside}{entries}</section>"


def _entries(element: Element, depth: int) -> str:
    """The works of a list; those without labels are not counted."""
    works = element.findall("{*}ref")
    labels = [words(each.find("{*}label")).strip("[]().") for each in works]
    counted = any(label.isdecimal() for label in labels)
    numbers = (f' value="{label}"' if label.isdecimal() else "" for label in labels)
    items = "".join(
        f"<li{_place(each)}{number}>{work(each, depth + 1, inline)}</li>"
        for each, number in zip(works, numbers, strict=True)
    )
    return f"<ol>{items}</ol>" if counted else f"<ul>{items}</ul>"


def _crossing(element: Element, depth: int, level: int) -> str:
    """A link within the article: to a work or a note; to a figure it is words."""
    inside = _inside(element, depth, level)
    to = (element.get("rid") or "").split()
    if element.get("ref-type") not in ("bibr", "fn", "table-fn", "ref") or not to:
        return inside
    said = words(element)
    if NUMBERS.fullmatch(said):
        marks = _each_number(said, to)
        return f"<sup>{marks}</sup>" if "<sup>" in inside else marks
    mark = f'<a href="#{escape(to[0])}">{inside or "*"}</a>'
    raised = element.get("ref-type") != "bibr" and "<sup>" not in inside
    return f"<sup>{mark}</sup>" if raised else mark


def _each_number(said: str, to: Sequence[str]) -> str:
    """Several numbers in one link, each as a link of its own: "[1,3]", or "1–3" and its ends."""
    numbers = list(re.finditer(r"[0-9]+", said))
    ends = (to[0], to[-1]) if len(numbers) == 2 <= len(to) else to
    marks, at = [], 0
    for number, id in zip(numbers, ends, strict=False):
        marks += [said[at : number.start()], f'<a href="#{escape(id)}">{number[0]}</a>']
        at = number.end()
    return "".join((*marks, said[at:]))


def _link(element: Element, depth: int, level: int) -> str:
    inside, address = _inside(element, depth, level), link_of(element)
    if not address:
        return inside
    return f'<a href="{escape(address)}">{inside.strip() or escape(address)}</a>'


def _list(element: Element, depth: int, level: int) -> str:
    counted = element.get("list-type", "") in ("order", "arabic")
    tag = "ol" if counted else "ul"
    return f"<{tag}>{_inside(element, depth, level, ('title',))}</{tag}>"


def _item(element: Element, depth: int, level: int) -> str:
    return f"<li{_place(element)}>{_inside(element, depth, level, ('label',))}</li>"


def _figure(element: Element, depth: int, level: int) -> str:
    """A figure or table: its label and caption in one paragraph, then what it shows."""
    label, caption = words(element.find("{*}label")).rstrip(".:"), element.find("{*}caption")
    said = [f"{escape(label, quote=False)}."] if label else []
    for part in () if caption is None else caption:
        said.append(_inside(part, depth + 2, level).strip())
    above = f"<figcaption>{' '.join(each for each in said if each)}</figcaption>" if said else ""
    rest = _inside(element, depth, level, ("label", "caption"))
    return f"<figure{_place(element)}>{above}{rest}</figure>"


def _supplement(element: Element, depth: int, level: int) -> str:
    """What is told of a file beside the article, where it cites; else it only names the file."""
    cites = any(named(each) == "xref" for each in element.iter())
    return _figure(element, depth, level) if cites else ""


def _people(element: Element, depth: int, level: int) -> str:
    """A name or several; with what stands between their parts where the file leaves it out."""
    between = " ".join((element.text or "", *(each.tail or "" for each in element)))
    if between.strip():
        return _inside(element, depth, level)
    said = (_element(each, depth + 1, level).strip() for each in element)
    return (", " if named(element) == "person-group" else " ").join(each for each in said if each)


def _and_others(element: Element, _depth: int, _level: int) -> str:
    return escape(words(element) or "et al.", quote=False)


def _note(element: Element, depth: int, level: int) -> str:
    inside = _inside(element, depth, level, ("label",))
    return f"<li{_place(element)}>{inside}</li>"


def _notes(element: Element, depth: int, level: int) -> str:
    title = element.find("{*}title")
    heading = "" if title is None else f"<h2>{_inside(title, depth + 1, level)}</h2>"
    return f"{heading}<ol>{_inside(element, depth, level, ('title', 'label'))}</ol>"


def _alternatives(element: Element, depth: int, level: int) -> str:
    """Of several forms of one thing the first that has words: MathML before TeX."""
    forms = sorted(element, key=lambda each: named(each) == "tex-math")
    found = (_element(each, depth + 1, level) for each in forms)
    return next((each for each in found if each.strip()), "")


def _formula(element: Element, depth: int, level: int) -> str:
    return f" {_inside(element, depth, level, ('label',)).strip()} "


def _math(element: Element, _depth: int, _level: int) -> str:
    """A formula in MathML, without what repeats it in another language."""
    said = (each.text or "" for each in element.iter() if "annotation" not in named(each))
    return escape("".join("".join(said).split()), quote=False)


def _tex(element: Element, _depth: int, _level: int) -> str:
    said = words(element)
    inner = _TEX.search(said)
    return escape((inner[1] if inner else said).strip().strip("$"), quote=False)


_SPECIAL = {
    "xref": _crossing,
    "ext-link": _link,
    "uri": _link,
    "list": _list,
    "list-item": _item,
    "fig": _figure,
    "table-wrap": _figure,
    "supplementary-material": _supplement,
    "media": _supplement,
    "name": _people,
    "string-name": _people,
    "person-group": _people,
    "etal": _and_others,
    "fn": _note,
    "fn-group": _notes,
    "table-wrap-foot": _notes,
    "alternatives": _alternatives,
    "disp-formula": _formula,
    "tex-math": _tex,
    "math": _math,
}
