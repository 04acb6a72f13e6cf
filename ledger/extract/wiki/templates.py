"""Templates of a page -> Markdown: the words they show, the footnotes and doubts they stand for.

What a template would show is known for few: one in the middle of a sentence that is not known is
left out and said so, one that stands alone (an infobox) gives its cells that carry a citation as
rows.
"""

import re
from collections import Counter
from collections.abc import Callable

from mwparserfromhell.nodes import Tag, Template
from mwparserfromhell.wikicode import Wikicode

from ledger.document import Finding
from ledger.extract.doubts import DOUBTS
from ledger.extract.wiki.cite import SHORT_NAMES, SHORT_NOTES, Notes, key_of
from ledger.extract.wiki.publication import NUMBERED, cites, name_of, parameters, value_of
from ledger.extract.wiki.spell import STYLE, plain, quoted, without_marks
from ledger.extract.wiki.words import (
    DOUBTED,
    ELSEWHERE,
    LANGUAGE,
    LISTS,
    NUMBER,
    QUOTES,
    QUOTES_OR_CITES,
    SAID,
    SILENT,
)

_NOTES = {
    **{"efn": "lower-alpha", "efn-ua": "upper-alpha", "efn-lr": "lower-roman", "note": "note"},
    **{"הערה": "", "notetag": "note", "nota de rodapé": "note", "ref+": "note"},
    **{"refn": "", "refnest": "", "#tag:ref": "", "efn2": "注釈"},
}
_GROUP, _SAYS = ("group", "groupe", "grupo", "gruppe", "gruppo"), ("1", "texte", "text", "texto")
"""What wikis call the group of a note, and what it says."""
_NOTE_LISTS = {
    "notelist": "lower-alpha",
    "notelist-ua": "upper-alpha",
    "notelist-lr": "lower-roman",
    "notelist-note": "note",
    "notefoot": "note",
    "notelist2": "注釈",
}
"""Templates of notes and of their lists, to the group they are in."""
_FEWEST_WORDS = 4
"""Words of a quotation; names of works that are cited are shorter."""
_TITLE = "displaytitle:"
DOUBT, USE = "doubt_n.", "use_n."
"""How labels begin that stand for templates and footnotes. No house counts its own markers so: what
`odd_markers` finds in a text is never one of these."""
_USES = re.compile(rf"\[\^{re.escape(USE)}[0-9]+\]")


class Templates:
    """Writes templates as Markdown, and keeps what they say beside it.

    Attributes:
        notes: The footnotes of the page.
        doubts: Code and detail of what editors doubted, by the number in its label.
        title: How a template says that the page is called; None when none does.
    """

    def __init__(self, notes: Notes, render: Callable[[Wikicode | None], str]) -> None:
        """`render` writes what a parameter holds."""
        self.notes = notes
        self.doubts: list[tuple[str, str]] = []
        self.title: str | None = None
        self._render = render
        self._unknown_names: Counter[str] = Counter()
        self._shown_groups: set[str] = set()

    def use(self, group: str, key: str, content: Wikicode | None, raw: str) -> str:
        """A place that cites, as the mark that stands for it; arguments as those of `Notes.use`."""
        number = self.notes.use(group, key, content, without_marks(raw))
        return f"[^{USE}{number}]"

    def define(self, content: Wikicode | None) -> None:
        """Keep the footnotes that a list defines, for the places that use them by name."""
        for node in content.nodes if content is not None else ():
            if isinstance(node, Tag) and str(node.tag).strip().lower() == "ref" and node.contents:
                self.notes.define(*key_of(node), node.contents)
            elif isinstance(node, Template) and name_of(node) in _NOTES:
                self.notes.define(*_said_by(node))

    def notes_of(self, group: str) -> str:
        """The notes of a group that are sentences with citations of their own, as items."""
        self.notes.close(group)
        notes = () if group in self._shown_groups else self.notes.contents(group)
        self._shown_groups.add(group)  # one list shows them, and a note may hold the list itself
        texts = [self._render(content).strip() for content in notes]
        items = [f"- {' '.join(text.split())}\n" for text in texts if USE in text]
        return "\n\n" + "".join(items) + "\n" if items else ""

    def written(self, node: Template, *, alone: bool) -> str:
        """A template as Markdown; `alone` says that it has lines of its own."""
        name = name_of(node)
        if name in DOUBTS:
            return self._doubt(node, name)
        if name in SILENT or name.startswith((_TITLE, "ipa-", "ipac-")):
            return self._silent(node, name)
        if name in SHORT_NOTES:
            return self.use("", f"text:{node}", Wikicode([node]), str(node))
        if name in SHORT_NAMES:
            return self._short_name(node)
        if name in _NOTES:
            return self._note(node)
        if name == "r":
            return "".join(
                self.use("", f"name:{str(p.value).strip()}", None, str(node))
                for p in node.params
                if not p.showkey and str(p.value).strip()
            )
        if (words := self._quoted(node, name, alone=alone)) is not None:
            return words
        if (shown := self._shown(node, name)) is not None:
            return shown
        if cites(node) and (shown := self._entry(node)):
            return shown
        return self._unknown(node, name, alone=alone)

    def _quoted(self, node: Template, name: str, *, alone: bool) -> str | None:
        """The words that a template quotes, apart or in a sentence; None for one that does not."""
        if name in QUOTES:
            return quoted(self._argument(node, "text", "1", "quote") + self._beside(node))
        if name in QUOTES_OR_CITES and _says_words(node):
            words = self._argument(node, "1")
            return quoted(words) if alone else f"“{words}”"
        return None

    def _shown(self, node: Template, name: str) -> str | None:
        """What a template shows of its parameters; None for one of which that is not known."""
        if name in SAID:
            return SAID[name](lambda *keys: self._argument(node, *keys))
        if name.startswith(NUMBER):
            return str(node.name).partition(":")[2].strip()
        if name.startswith(ELSEWHERE):
            return self._argument(node, "3", "1")
        return self._argument(node, "1", "text") if name.startswith(LANGUAGE) else None

    def _argument(self, node: Template, *keys: str) -> str:
        """The first of some parameters that is given, as Markdown; "" when none is."""
        given = parameters(node)
        said = (given[key].value for key in keys if key in given)
        return next((self._render(value).strip() for value in said if str(value).strip()), "")

    def _beside(self, quote: Template) -> str:
        """The citations of a quotation that stand with its author or its source."""
        others = (p for p in quote.params if str(p.name).strip() not in ("text", "1", "quote"))
        return "".join(mark for p in others for mark in _USES.findall(self._render(p.value)))

    def _doubt(self, node: Template, name: str) -> str:
        code = DOUBTS[name]
        since = value_of(node, "date")
        said = f" since {since}" if since else ""
        self.doubts.append((code, f"an editor of the page marked this place{said}: {name}"))
        words = self._argument(node, "1", "text") if name in DOUBTED else ""
        return f"{words}[^{DOUBT}{len(self.doubts) - 1}]"

    def _silent(self, node: Template, name: str) -> str:
        """What shows nothing may say the title, or define footnotes."""
        if name.startswith(_TITLE):
            self.title = STYLE.sub("", str(node.name).partition(":")[2]).strip() or None
        elif name in LISTS:
            for param in node.params:
                self.define(param.value)
        if name in LISTS and (group := value_of(node, *_GROUP)):
            return self.notes_of(group.strip("\"'"))
        if name in _NOTE_LISTS:
            return self.notes_of(_NOTE_LISTS[name])
        if name in LISTS:
            self.notes.close("")
        return ""

    def _short_name(self, node: Template) -> str:
        """A short citation in the text: its words, and a link to the one entry that it names."""
        said = [str(p.value).strip() for p in node.params if not p.showkey and str(p.value).strip()]
        shown = plain(" ".join(said))
        named = self.notes.short(node)
        return f"[{shown}](<{named.url}>)" if named is not None and named.url else shown

    def _note(self, node: Template) -> str:
        """A note that is no source by its name: it counts in a group of its own."""
        return self.use(*_said_by(node), str(node))

    def _entry(self, node: Template) -> str:
        """A citation in the text itself, as in a bibliography: title, address, who published."""
        reference = self.notes.described(node)
        numbered = f"{node.name} {value_of(node, '1')}" if name_of(node) in NUMBERED else ""
        title = plain(reference.title or numbered)
        shown = f"[{title or reference.url}](<{reference.url}>)" if reference.url else title
        by = self._argument(node, "last", "last1", "author", "author1")
        where = self._argument(node, "work", "website", "newspaper", "journal", "publisher")
        when = self._argument(node, "date", "year")
        return ". ".join(part for part in (by, shown, where, when) if part)

    def _unknown(self, node: Template, name: str, *, alone: bool) -> str:
        """What carries a citation is kept; of words in a sentence it is said that they are lost."""
        rows = []
        for param in node.params:
            value = self._render(param.value).strip()
            if USE in value:
                label = plain(str(param.name).strip()) if param.showkey else ""
                rows.append(f"| {label} | {' '.join(value.split())} |")
        if alone:
            return "\n\n" + "\n".join(rows) + "\n\n" if rows else ""
        if not name.startswith("#"):
            self._unknown_names[name] += 1
        return "".join(_USES.findall("".join(rows)))

    def left_out(self) -> list[Finding]:
        """That words are missing where templates stood that are not known here."""
        if not self._unknown_names:
            return []
        named = ", ".join(
            f"{name} ({count})" for name, count in self._unknown_names.most_common(12)
        )
        return [
            Finding(
                code="template-left-out",
                detail=f"what these templates show in sentences is not known: {named}",
            )
        ]


def _said_by(note: Template) -> tuple[str, str, Wikicode | None]:
    """Group, key and content of a note that is a template, as `Notes.use` takes them."""
    group = (value_of(note, *_GROUP) or _NOTES.get(name_of(note)) or "").strip("\"'")
    said = next((key for key in _SAYS if note.has(key, ignore_empty=True)), None)
    content = note.get(said).value if said else None
    named = (value_of(note, "name", "שם") or "").strip("\"'")
    return group, f"name:{named}" if named else f"text:{content}", content


def _says_words(template: Template) -> bool:
    """Whether a template has words and no fields: "{{citation|the water rose by far}}"."""
    words = str(template.params[0].value) if template.params else ""
    named = any(param.showkey for param in template.params)
    return not named and len(words.split()) >= _FEWEST_WORDS and not words[-4:].isdecimal()
