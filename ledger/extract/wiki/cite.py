"""What a wiki page cites: its footnotes, numbered as MediaWiki numbers them, and what they name.

A footnote counts from its first use, in each group for itself; equal names of a group are one, and
may stand for another footnote below the list that shows the first. Its addresses are those of the
citation templates and links in it; short footnotes ({{sfn|Doe|2020}}) have those of the one entry
of the page that is by these authors and of this year.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from mwparserfromhell.nodes import ExternalLink, Node, Tag, Template
from mwparserfromhell.wikicode import Wikicode

from ledger import urls
from ledger.document import Reference
from ledger.extract.lists.bibliography import entry
from ledger.extract.markers.numbers import plain_digits
from ledger.extract.wiki.publication import cites, name_of, published, value_of
from ledger.extract.wiki.spell import without_marks

_OF_SEVERAL = frozenset(["sfnm", "sfnmp"])
"""Notes that name several works: {{sfnm|1a1=Doe|1y=2020|2a1=Roe|2a2=Poe|2y=2021|2p=3}}."""
_BY_NAME = frozenset(["cita", "cita2"])
"""Italian short citations, by the name that an entry gives itself: {{cita|Rossi, 2010|p. 3|R}}."""
SHORT_NOTES = frozenset(["sfn", "sfnp", "sfnb", "sfn0", "odn", "kdş", "پک"]) | _OF_SEVERAL
SHORT_NAMES = frozenset(
    "harv harvnb harvp harvtxt harvcol harvcolnb harvcoltxt harvs harvsp harvnp harvcite".split()
) | {"استشهاد بهارفارد", "استشهاد بهارفارد دون أقواس"}
_SHORT = SHORT_NOTES | SHORT_NAMES | _BY_NAME
_YEAR_KEYS = (
    *("year", "date", "jahr", "datum", "année", "annee", "año", "anno", "ano", "rok", "год", "рік"),
    *("år", "vuosi", "aasta", "év", "any", "an", "năm", "yıl", "שנת הוצאה", "ปี"),
    *("fecha", "data", "publication-date", "سنة", "تاريخ", "سال", "연도", "날짜", "年", "שנה"),
)
_STYLE = re.compile(r"'{2,5}")
_YEAR = re.compile(r"\b([12][0-9]{3}[a-z]?)\b")
_PART = re.compile(r"([1-9])(?:(?:a|last|author)([1-9])?|(y|year))")
"""A parameter of one of several works: its number, which author, or its year."""
_MOST_NAMES = 4
"""Short citations give the first four authors."""
_AUTHOR_KEYS = re.compile(
    r"(?:last|author|surname|editor-?last|editor|nachname|autor|auteur|autore|nom|apellidos?|"
    r"cognome|sobrenome|último|ultimo|nazwisko|автор|прізвище|성|저자|"
    r"efternamn|etternavn|achternaam|tekijä|"
    r"příjmení|priezvisko|szerző|họ|tác giả|cognom|soyadı|מחבר|"
    r"الأخير|مؤلف|نام خانوادگی)"
    r"[ -]?([1-4]?)(?:-الأخير)?"
)
_NAME = re.compile(r"(?!harv\Z|none\Z|CITEREF)[^\W\d_][^\W\d_ .’'-]{1,40}")
"""What an entry calls itself where that is not said by a word for a way to do so."""
_GIVEN_NAME = re.compile(r",.*|(?:\s[^\W\d_]\.){1,3}$|^(?:[^\W\d_]\.\s?){1,3}", re.S)
"""What a short citation leaves out of "Moss, T.", "Мосс Т. А." and "T. Moss"."""


class Use(NamedTuple):
    """One place that cites.

    Attributes:
        label: What the page shows there: "3", or "note 3" of a group.
        raw: The characters as they stood.
    """

    label: str
    raw: str


class Notes:
    """The footnotes of a page, in order of their first use.

    Args:
        page: The whole page, for the entries that short citations name.

    Attributes:
        uses: The places that cite, in the order in which they were read.
    """

    def __init__(self, page: Wikicode) -> None:
        self.uses: list[Use] = []
        self._labels: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._contents: dict[tuple[str, str], Wikicode | None] = {}
        self._since: dict[str, list[tuple[str, str]]] = {}  # the last list of each group
        self._listed: set[tuple[str, str]] = set()
        self._anew: dict[tuple[str, str], tuple[str, str]] = {}
        self._page = page
        # With the template itself, so that no other one gets its id.
        self._described: dict[int, tuple[Template, Reference]] = {}

    @cached_property
    def _entries(self) -> dict[tuple[str, ...], Reference]:
        """The entries that short citations can name: many pages have none of those."""
        citing = filter(cites, self._page.ifilter_templates(recursive=True))
        return _entries_of((template, self.described(template)) for template in citing)

    def use(self, group: str, key: str, content: Wikicode | None, raw: str) -> int:
        """A place that cites; returns its place, from 0, in `uses`.

        Args:
            group: Of the footnote; "" for that of most.
            key: What it is called in its group, by `key_of`.
            content: What it says here; None where that is said elsewhere.
            raw: The characters of the place.
        """
        note = self._note(group, key, content)
        if note not in self._labels:
            self._counts[group] = self._counts.get(group, 0) + 1
            number = str(self._counts[group])
            self._labels[note] = f"{group} {number}" if group else number
            self._since.setdefault(group, []).append(note)
        self.define(*note, content)
        self.uses.append(Use(self._labels[note], raw))
        return len(self.uses) - 1

    def close(self, group: str) -> None:
        """A list shows the footnotes so far: below it, their names may be given to others."""
        self._listed.update(self._since.pop(group, ()))

    def _note(self, group: str, key: str, content: Wikicode | None) -> tuple[str, str]:
        """The footnote of a name: a new one where a list shows that of the name, and it differs."""
        note = self._anew.get((group, key), (group, key))
        known = self._contents.get(note) if note in self._listed else None
        if known is None or content is None or str(known).split() == str(content).split():
            return note
        self._anew[group, key] = new = (group, f"{key}\n{len(self._anew)}")
        return new

    def define(self, group: str, key: str, content: Wikicode | None) -> None:
        """Keep what a footnote says; the first time counts, and None says nothing."""
        if self._contents.get((group, key)) is None:
            self._contents[group, key] = content

    def short(self, template: Template) -> Reference | None:
        """The entry that a short citation names; None when there is none, or several."""
        return self._entries.get(_short_key(template))

    def _shorts(self, template: Template) -> Iterator[Reference]:
        """The entries that a short footnote names, in the order of its parts.

        One of several works that the page has no entry of is there by author and year.
        """
        parts = name_of(template) in _OF_SEVERAL
        if name_of(template) in _BY_NAME:
            named = value_of(template, "3") or value_of(template, "1") or ""
            yield from filter(None, [self._entries.get((named, ""))])
            return
        for key in _keys_of_parts(template) if parts else (_short_key(template),):
            if key in self._entries:
                yield self._entries[key]
            elif parts:
                yield entry(None, str(template), (), " ".join(key).strip())

    def contents(self, group: str) -> list[Wikicode]:
        """What the footnotes of a group that is kept apart say, in order of their numbers."""
        notes = [note for note in self._labels if note[0] == group] if group else []
        return [said for note in notes if (said := self._contents.get(note)) is not None]

    def described(self, template: Template) -> Reference:
        """What a citation template describes, without a number."""
        known = self._described.get(id(template))
        if known is None:
            reference = entry(None, str(template), *published(template))
            known = self._described[id(template)] = (template, reference)
        return known[1]

    def references(self) -> Iterator[Reference]:
        """One entry per footnote that is used, in order of first use."""
        for note, label in self._labels.items():
            content = self._contents.get(note)
            if content is None:
                name = note[1].removeprefix("name:")
                yield entry(label, f'<ref name="{name}" />', (), None)
            else:
                yield self._reference(label, content)

    def _reference(self, label: str, content: Wikicode) -> Reference:
        found: dict[str, None] = {}
        title: str | None = None
        for node in content.ifilter(recursive=True):
            known, named = self._named_by(node)
            found.update(dict.fromkeys(known))
            title = title or named
        if " " in label or not title:
            plain = " ".join(_STYLE.sub("", content.strip_code(collapse=True)).split())[:300]
            title = plain or title or ("" if " " in label else _given(content))
        title = without_marks(title)
        return entry(label, without_marks(str(content)), tuple(found), title or None)

    def _named_by(self, node: Node) -> tuple[tuple[str, ...], str | None]:
        """Addresses and title that one node of a footnote gives."""
        if isinstance(node, ExternalLink):
            address = urls.repair(str(node.url))
            words = _STYLE.sub("", node.title.strip_code(collapse=True)) if node.title else ""
            return (address,) if address else (), words.strip() or None
        if not isinstance(node, Template):
            return (), None
        if name_of(node) in _SHORT:
            shorts = list(self._shorts(node))
            pages = tuple(page for short in shorts for page in short.urls)
            said = "; ".join(short.title for short in shorts if short.title)
            return pages, said or _shown(node)
        return published(node) if cites(node) else ((), None)


def _given(content: Wikicode) -> str:
    """What a template is given that is all of a footnote: "{{ynet|Roe|Dams|a1|3 May 2020}}".

    What is named counts where all of it is: "{{Dziennik Ustaw|rok=1954|numer=43}}"; a name alone is
    that of a source: "{{Census 2004}}".
    """
    template = next(content.ifilter_templates(recursive=False), None)
    if template is None:
        return ""
    given = [p for p in template.params if not p.showkey] or template.params
    said = [p.value.strip_code(collapse=True).strip() for p in given]
    return ", ".join(filter(None, [str(template.name).strip(), *said]))[:300]


def _shown(template: Template) -> str | None:
    """What a short citation shows of a work that the page lacks: "Roe, Doe 2020"."""
    if name_of(template) in _OF_SEVERAL | _BY_NAME:
        return None
    *names, year = _short_key(template)
    return f"{', '.join(names)} {year}".strip() or None


def _entries_of(
    works: Iterable[tuple[Template, Reference]],
) -> dict[tuple[str, ...], Reference]:
    """The entries that short citations can name; those of which there are several are left out."""
    found: dict[tuple[str, ...], Reference] = {}
    several: set[tuple[str, ...]] = set()
    for template, reference in works:
        for key in _own_keys(template):
            if key in found and found[key].urls != reference.urls:
                several.add(key)
            found.setdefault(key, reference)
    return {key: reference for key, reference in found.items() if key[0] and key not in several}


def _own_keys(template: Template) -> Iterator[tuple[str, ...]]:
    """Authors and year that an entry is named by: as it says itself, and its own."""
    if named := value_of(template, "cid"):
        yield (named, "")
        return
    said = template.get("ref").value if template.has("ref") else None
    for inner in said.ifilter_templates(recursive=False) if said is not None else ():
        if name_of(inner) in ("sfnref", "harvid"):
            yield _short_key(inner)
            return
    names: dict[str, str] = {}
    for param in template.params:
        match = _AUTHOR_KEYS.fullmatch(str(param.name).strip().lower())
        if match and (name := str(param.value).strip()):
            whole = match[0].startswith(("autor", "auteur"))
            names.setdefault(match[1] or "1", _surname(name, whole=whole))
    year = _YEAR.search(plain_digits(value_of(template, *_YEAR_KEYS) or ""))
    authors = [names[place] for place in sorted(names)][:_MOST_NAMES]
    dated = year[1] if year else ""
    yield (*authors, dated)
    if said is not None and _NAME.fullmatch(called := str(said).strip()) and authors != [called]:
        yield (called, dated)  # as in Russian: {{книга|автор=Т. А. Мосс|год=2020|ref=Мосс}}


def _surname(name: str, *, whole: bool) -> str:
    """What a short citation calls an author; of a `whole` name its last word."""
    plain = _GIVEN_NAME.sub("", name.strip("[]").rpartition("|")[2]).strip() or name
    return plain.split()[-1] if whole else plain


def _short_key(template: Template) -> tuple[str, ...]:
    """Authors and year of a short citation; the year is the last word without a name."""
    said = [str(p.value).strip() for p in template.params if not p.showkey and str(p.value).strip()]
    if not said:
        return ("",)
    year = _YEAR.fullmatch(plain_digits(said[-1]))
    return (*said[:-1][:_MOST_NAMES], year[1]) if year else (*said[:_MOST_NAMES], "")


def _keys_of_parts(template: Template) -> Iterator[tuple[str, ...]]:
    """Authors and year of each work that a footnote of several names."""
    years: dict[str, str] = {}
    authors: dict[str, dict[str, str]] = {}
    for param in template.params:
        part = _PART.fullmatch(str(param.name).strip())
        said = str(param.value).strip()
        if part and said and part[3]:
            years[part[1]] = said
        elif part and said:
            authors.setdefault(part[1], {})[part[2] or "1"] = said
    for number in sorted(authors):
        names = authors[number]
        yield (*[names[place] for place in sorted(names)][:_MOST_NAMES], years.get(number, ""))


def key_of(tag: Tag) -> tuple[str, str]:
    """Group and name of a <ref>; one without name goes by what it says."""
    said = {
        str(a.name).strip().lower(): str(a.value).strip() if a.value is not None else ""
        for a in tag.attributes
    }
    group = said.get("group", "").strip("\"'")
    if name := said.get("name"):
        return group, f"name:{name}"
    says = "" if tag.contents is None else str(tag.contents)  # whether it is true asks for the same
    return group, f"text:{' '.join(says.split())}"
