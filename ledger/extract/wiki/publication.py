"""A citation template -> whether it is one, and the addresses and the title of what it cites."""

import re

from mwparserfromhell.nodes import Template

from ledger.extract.lists.bibliography import addresses

# Names of parameters are those of the wikis whose citation templates are used most.
_ADDRESS_KEYS = (
    *("url", "chapter-url", "contribution-url", "article-url", "section-url"),
    *("lien", "lire en ligne", "url texte", "présentation en ligne", "ссылка", "url1", "посилання"),
    *(
        "online",
        "weblink",
        "enlace",
        "ligação",
        "urltrad",
        "osoite",
        "כתובת",
        "קישור",
        "url_capítulo",
        "adres",
        "مسار",
        "نشانی",
        "پیوند",
        "уеб_адрес",
    ),
)
_ARCHIVE_KEYS = (
    "archive-url",
    "archiveurl",
    "archive url",
    "archiv-url",
    "archivo-url",
    "arquivourl",
    "urlarchivio",
    "archiwum",
    "архив",
)
_TITLE_KEYS = (
    *("title", "titel", "titre", "título", "titulo", "titolo", "tytuł", "titul", "chapter"),
    *("заглавие", "название", "назва", "заголовок", "наслов", "naslov", "başlık", "nimeke", "cím"),
    *("rubrik", "otsikko", "pealkiri", "název", "titul", "tựa đề", "nhan đề", "ชื่อ"),
    *(
        "tittel",
        "títol",
        "tiêu đề",
        "izenburua",
        "titlu",
        "عنوان",
        "כותרת",
        "제목",
        "タイトル",
        "שם",
        "text",
    ),
)
_REGISTERS = (
    ("pmc", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{}"),
    ("pmid", "https://pubmed.ncbi.nlm.nih.gov/{}"),
    ("jstor", "https://www.jstor.org/stable/{}"),
)
"""Registers of publications whose numbers stand for a page of theirs."""
NUMBERED = frozenset(["doi", *(name for name, _ in _REGISTERS)])
"""Templates of a number in a register: "{{doi|10.1000/1}}"."""
_CITES = re.compile(
    r"(?:cite|citation|cita|citar|citat|citeer|citiranje|цитат|navedi|cytuj|literatur|internetquelle|lien|ouvrage|article|chapitre|книга|"
    r"статья|публикация|стаття|استشهاد|مرجع|یادکرد|स्रोत|bokref|webbref|tidningsref|tidskriftsref|kilde|"
    r"verkkoviite|kirjaviite|lehtiviite|netiviide|raamatuviide|citace|citácia|chú thích|"
    r"citweb|citlib|citper|ref-llibre|ref-web|ref-publicació|цитат|קישור כללי|צ-[א-ת]{2,12})\b"
    r"|(?:web|kitap|dergi|haber) kaynağı|อ้าง(?:เว็บ|หนังสือ|วารสาร|ข่าว)"
    r"|(?:서적|웹|뉴스|저널|잡지) 인용|(?:वेब|समाचार|पुस्तक) सन्दर्भ"
)


def name_of(template: Template) -> str:
    """A template's name in lower case, with spaces."""
    return " ".join(str(template.name).replace("_", " ").split()).lower()


def value_of(template: Template, *keys: str) -> str | None:
    """The first of some parameters that says something, without comments; None when none does."""
    given = {str(param.name).strip(): param for param in template.params}
    for key in (spelled for name in keys for spelled in (name, name.capitalize())):
        if key in given:
            text = re.sub(r"<!--.{0,500}?-->", "", str(given[key].value), flags=re.S).strip()
            if text:
                return text
    return None


def cites(template: Template) -> bool:
    """Whether a template is a citation: by its name, or because it gives a publication."""
    name = name_of(template)
    known = name in NUMBERED or _CITES.match(name) is not None
    return known or value_of(template, "url", "doi") is not None


def published(template: Template) -> tuple[tuple[str, ...], str | None]:
    """Addresses and title of what a citation template describes."""
    given = [value_of(template, key) for key in _ADDRESS_KEYS]
    archived = value_of(template, *_ARCHIVE_KEYS)
    arxiv = value_of(template, "arxiv", "eprint")
    doi = value_of(template, "1" if name_of(template) == "doi" else "doi")
    found = addresses(given, doi, arxiv, archived)
    if not found:
        own = name_of(template)
        numbers = (
            (pattern, value_of(template, "1" if key == own else key)) for key, pattern in _REGISTERS
        )
        registered = [
            pattern.format(number.removeprefix("PMC"))
            for pattern, number in numbers
            if number and number.removeprefix("PMC").isdecimal()
        ]
        found = tuple(registered[:1])
    title = value_of(template, *_TITLE_KEYS)
    return found, title.replace("[[", "").replace("]]", "") if title else None
