"""Marked-up characters of one block -> clean prose and the markers cut out of it.

Emphasis, code ticks, escapes and tags go, words stay. Markers go too and are kept as positions,
together with the space or the empty pair of brackets that only served them, so that
"posture [5][13]." reads "posture." and "fell ([2], [7])" reads "fell".

First pass: every marker becomes one stand-in character, so that "which markers stand side by
side, and what is around them" is a question about plain text. Second pass: the stand-ins go, see
`close_up`.
"""

import re
import sys

from ledger.extract.markers.apart import lead_before
from ledger.extract.markers.authored import is_work
from ledger.extract.markers.bare import OPENS_BARE
from ledger.extract.markers.close_up import CUT, LINK, Inline, Mark, close_up
from ledger.extract.markers.coded import SIGN, without_signs
from ledger.extract.markers.dialects import MARKER
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.files import OPENS_FILE
from ledger.extract.markers.formulas import formula_at
from ledger.extract.markers.identifiers import OPENS_IDENTIFIED
from ledger.extract.markers.in_braces import OPENS_PART
from ledger.extract.markers.marker import NOTHING, Marker, address_of
from ledger.extract.markers.markup import EMPHASIS, MARKUP, emphasis_at
from ledger.extract.markers.meaning import read
from ledger.extract.markers.numbers import CIRCLED, DASH, IN_CIRCLES
from ledger.extract.markers.pages_behind import end_with_pages
from ledger.extract.markers.pictures import MARKED_PICTURE
from ledger.extract.markers.spoken import is_said
from ledger.extract.markers.stars import with_lone_stars
from ledger.extract.markers.worded import KIND, OPENS_ROUND, OPENS_WIDE, linked_reference
from ledger.forms import Form
from ledger.letters import WIDE
from ledger.patterns import IN_ROUND, STOPS_OF_OTHERS, later

_SPECIAL_CHARS = rf"\[［【〔〖※\\*_`<&!~^{CUT}{LINK}{SIGN}\ue200-\ue20f⁰¹²³⁴-⁹{IN_CIRCLES}"
# A pattern that begins with a set is searched eight times faster than one that begins with words:
# so the words stand behind their rarest character, and "https" before its colon.
_WORDS = (
    r"(?<=@)(?=[A-Za-z])|(?<=\$)(?=\S)|(?<=:)(?://|(?:content|ant)(?:Reference|Citation)\[|(?:foot)?(?:full)?cite(?::[a-z]{1,12})?:`|cite[a-z:]{0,13}\[)|(?<=\bw)ww\.|(?<=#)cite\(<"
    rf"|(?<=\{{)(?={OPENS_PART})"
    r"|(?<=\{)(?:\{cit(?:ation|e):|\"attribution\"|(?:foot)?(?:full)?cite[:}]|(?:%|\{[<%])\s{0,3}p?cite[pt]?\s)"
    r"|(?<=\()(?:\d|[A-Z]{1,3}-?[0-9]|cite index="
    rf"|{OPENS_BARE}|{OPENS_FILE}|{OPENS_IDENTIFIED}|{OPENS_ROUND})"
    rf"|(?<=（)(?:{OPENS_WIDE}|{OPENS_IDENTIFIED})"
)
_SPECIAL = later(rf"[{_SPECIAL_CHARS}:w{{(（@$#](?:(?<=[{_SPECIAL_CHARS}])|{_WORDS})")
_SPECIAL_STRIPPED = later(
    rf"[{_SPECIAL_CHARS}:w{{(（@$#cf](?:(?<=[{_SPECIAL_CHARS}])|{_WORDS}"
    r"|(?<=c)iteturn[0-9]|(?<=f)ileciteturn[0-9])"
)
"""The same for a block with the remains of private-use marks."""
_SCHEME = later(r"https?(?=://)")
_RUN_OF_ONE = later(r"([<\[【(&!:{w])\1{2,2000}(?=\1\1)")
_NUMBERED = later(rf"\[(?:[0-9]|[A-Z]{{1,3}}-?[0-9]|{KIND}[0-9][^\[\]\n]{{0,60}}\](?!\())")
_PLAIN = later(
    r"(?<![\[{])(?<!\bIn)(?<!\bOut)(?<!quad )(?<!第)(?<![\s(=][a-z])(?<!^[a-z])"
    rf"\[([0-9]{{1,4}})\](?![(_a-z]|-[a-z]|\s?{DASH}\s?\[)"
)
"""By far the most usual marker; what else it could be has more to it."""
_GOVERN_WORKS = ("In ", "According to ", "according to ", "See ", "As in ", "as in ", "From ")
"""What a name with its year in brackets is a word behind: "In (Roe, 2020) it is told"."""
_GOVERNS_WORKS = later(
    r"(?:^|\s)(?:in|of|from|by|see|per|than|von|aus|bei|siehe|dans|selon|según|secondo)\s\Z", re.I
)
"""The same in mid-sentence, behind what no sentence ends with: "Figure 5 from (Roe, 2020)"."""
_BEGINS_MARKER = frozenset("[［【〔〖※\\<^⁰¹²³⁴⁵⁶⁷⁸⁹:cf{(（@$#" + CIRCLED) | frozenset(
    map(chr, range(0xE200, 0xE210))
)
"""First characters of the dialects."""
_HIGHLIGHT = later(r"(?<![\w=/&?])==(?=[^\s=])([^=\n]{1,300})(?<=\S)==(?![=\w])")
_AUTOLINK = later(r"<((?:https?://|mailto:)[^\s<>|]{1,2000})(?:\|([^<>\n]{1,300}))?>")
"""A link in angle brackets; chat programs set its words there, too: "<https://…|the report>"."""
_ADDRESS = later(
    rf"(?:https?://|www\.)(?:[^\s<>\[\]()\"“”«»，。；、（）【】|{STOPS_OF_OTHERS}]"
    rf"|(?!(?<=[A-Za-z0-9/=&#-])\({WIDE}){IN_ROUND}){{3,2000}}+"
)
"""It ends before a remark: "https://…/a.html(原文)", and not in "マージ_(音楽)"."""
_ADDRESS_TAIL = ".,;:!?*_'\"”’"


class Budget:
    """How much a document may still hold; it goes down as blocks are cleaned.

    Attributes:
        items: Identifiers of markers and links, and blocks.
        steps: Places at which a marker, a link or markup may begin.
    """

    def __init__(self, items: int = sys.maxsize, steps: int = sys.maxsize) -> None:
        self.items = items
        self.steps = steps

    @property
    def spent(self) -> bool:
        """Whether nothing more is to be read."""
        return self.items <= 0 or self.steps <= 0


def clean(raw: str, evidence: Evidence, budget: Budget | None = None) -> Inline:
    """Cut the markers out of one block's characters and take its markup off.

    Args:
        raw: The characters.
        evidence: What the document says about its markers.
        budget: How much is read, less afterwards; what stands behind the last stays as it is.
            None for all.

    Linear in `len(raw)`. Never raises: what is no known markup stays as it stands.
    """
    if "=" in raw and "==" in raw and "`" not in raw:
        raw = _HIGHLIGHT.sub(r"\1", raw)
    raw = evidence.respell(raw) if evidence.respell else raw
    raw = with_lone_stars(raw) if "*" in raw else raw
    special = _SPECIAL_STRIPPED if "citeturn" in raw else _SPECIAL
    found = special.search(raw)
    if not found:
        return tuple.__new__(Inline, (raw.strip(), (), ()))
    scanner = _Scanner(evidence, special, budget or Budget())
    scanner.scan(raw, found)
    inline = close_up("".join(scanner.out), scanner.marks)
    return without_signs(inline) if SIGN in inline.text else inline


class _Scanner:
    """The first pass: `out` grows, `marks` has one entry for each stand-in put into it."""

    def __init__(self, evidence: Evidence, special: re.Pattern[str], budget: Budget) -> None:
        self.evidence = evidence
        self.special = special
        self.budget = budget
        self.out: list[str] = []
        self.marks: list[Mark] = []
        self.around = ""  # the page of the link whose words are read

    def scan(self, raw: str, found: re.Match[str] | None) -> None:
        """Read characters from the first place on at which something may begin."""
        out, search = self.out, self.special.search
        listed = frozenset() if self.evidence.arrays else self.evidence.listed
        budget = self.budget
        at = 0
        while found and budget.items > 0 < budget.steps:
            budget.steps -= 1
            begin = found.start()
            first = raw[begin]
            if first in EMPHASIS:
                out.append(raw[at:begin])
                kept, at = emphasis_at(raw, begin)
                out.append(kept)
            elif first == "[" and (plain := _PLAIN.match(raw, begin)) and plain[1] in listed:
                out.append(raw[at:begin])
                said = plain[0] if is_said(raw, begin, plain.end()) else ""
                out += (said, CUT)
                at = plain.end() if said else end_with_pages(raw, begin, plain.end())
                mark = (0, (plain[1],), raw[begin:at], 0, "marker", None, len(said))
                self.marks.append(tuple.__new__(Mark, mark))
                budget.items -= 1
            else:
                if found[0] == "://":
                    begin = max(at, begin - 5)
                    scheme = _SCHEME.search(raw, begin, found.end())
                    begin = scheme.start() if scheme else found.start()
                out.append(raw[at:begin])
                at = self._step(raw, begin)
            found = search(raw, at)
        out.append(raw[at:])

    def _step(self, raw: str, at: int) -> int:
        """Read what begins at `at`; returns where to go on."""
        first = raw[at]
        if end := self._cited(raw, at):
            return end
        if first in "$\\" and (match := formula_at(raw, at)):
            self.out.append(match[0])
            return match.end()
        for pattern, put in MARKUP.get(first, ()):
            if match := pattern.match(raw, at):
                self.out.append(put(match))
                return match.end()
        pictured = first == "!" or (first == "[" and raw[at + 1 : at + 3] == "![")
        if pictured and (match := MARKED_PICTURE.match(raw, at)):
            self._picture(match)
            return match.end()
        if first == "<" and (match := _AUTOLINK.match(raw, at)):
            self._mark(Marker((), words=match[2] or "", url=match[1]), match[0])
            return match.end()
        if first in "hw" and (match := _ADDRESS.match(raw, at)):
            return self._address(raw, match)
        if match := _RUN_OF_ONE.match(raw, at):  # nothing begins there but at its end
            self.out.append(match[0])
            return match.end()
        self.out.append("\ufffd" if first in (CUT, LINK, SIGN) else first)
        return at + 1

    def _cited(self, raw: str, at: int) -> int:
        """Take a marker or a link by its label out of the text; returns its end, 0 for none."""
        labelled = raw[at] == "[" and self.evidence.spelled
        if labelled and (end := self._linked(raw, at, collapsed=True)):
            return end
        match = MARKER.match(raw, at) if raw[at] in _BEGINS_MARKER else None
        if match and self._take(raw, match):
            return match.end()
        return self._linked(raw, at) if labelled else 0

    def _linked(self, raw: str, at: int, *, collapsed: bool = False) -> int:
        """Take a link by a label of the list out of the text; returns its end, 0 where none is."""
        evidence = self.evidence
        link = linked_reference(raw, at, evidence.spelled, evidence.defined, collapsed=collapsed)
        if link is None:
            return 0
        self._mark(link[0], link[1][0])
        return link[1].end()

    def _take(self, raw: str, match: re.Match[str]) -> bool:
        """Take a marker out of the text; False where it is none."""
        marker = read(match, self.evidence)
        if marker is None:
            return False
        if self.around and (page := _page_named(marker, raw, match.start())):
            if page in self.around:
                return False
            self._mark(marker._replace(words=None), match[0], said=True)
            return True
        begin, end = match.span()
        names_itself = marker.url and _ADDRESS.fullmatch(marker.words or "")
        if names_itself and self._stands_apart(raw, begin, end):
            marker = marker._replace(words="")
        named = raw[begin] == "(" and raw.endswith(_GOVERN_WORKS, 0, begin)
        numbered = raw[begin] == "[" and _NUMBERED.match(raw, begin)
        keyed = raw.startswith("\\cite{", begin)
        said = bool(named or numbered or keyed) and bool(marker.labels) and is_said(raw, begin, end)
        if said and keyed:
            marker = marker._replace(words=", ".join(marker.labels))
        said = said or (raw[begin] == "(" and _is_governed(marker, raw, begin))
        self._mark(marker, match[0], said=bool(said))
        for another in marker.more:
            self._mark(another, match[0])
        return True

    def _mark(self, marker: Marker, raw: str, *, said: bool = False) -> None:
        if marker is NOTHING:
            return
        self.budget.items -= max(1, len(marker.labels))
        begin = len(self.out)
        if said and marker.words is None:
            linked = marker.url and raw.startswith("[")  # "[1](https://…)"
            shown = f"[{', '.join(marker.labels)}]" if linked else raw.rstrip("_")
            self.out.append(shown)  # nor the sign of "[1]_" in reStructuredText
        if marker.words is not None:
            if marker.url and _ADDRESS.fullmatch(marker.words):
                self.out.append(marker.words)  # an address that leads to itself is one link
            else:
                self._words_of(marker.words, marker.url)
        words = sum(map(len, self.out[begin:]))
        if marker.labels or not words:
            form: Form = "marker" if marker.labels else "link"
            self.out.append(CUT)
            self.marks.append(Mark(0, marker.labels, raw, 0, form, marker.url, words))
        else:
            self._link(raw, marker.url or "", words)

    def _words_of(self, words: str, url: str | None) -> None:
        """Read what is linked; the address that it leads to is no other link: "[at https://…]"."""
        around, self.around = self.around, url or ""
        before, own, behind = words.partition(url) if url and "://" in url else (words, "", "")
        if before.endswith("]("):  # it begins that of a picture among them
            before, own, behind = words, "", ""
        self.scan(before, self.special.search(before))
        if own:
            self.out.append(own)
            self.scan(behind, self.special.search(behind))
        self.around = around

    def _picture(self, match: re.Match[str]) -> None:
        """Keep the words of a picture where they have markers; and a link around it."""
        words = match["words"]
        if match["link"]:
            self._link(match[0], address_of(match[0]))
        begin, marked = len(self.out), len(self.marks)
        self.scan(words, self.special.search(words))
        if len(self.marks) == marked:
            del self.out[begin:]

    def _address(self, raw: str, match: re.Match[str]) -> int:
        """An address apart from its sentence is a citation; another stays readable as it stands."""
        address = match[0].rstrip(_ADDRESS_TAIL)
        end = match.start() + len(address)
        self.budget.items -= 1
        if self._stands_apart(raw, match.start(), end):
            self.out.append(CUT)
            self.marks.append(Mark(0, (), address, 0, "link", address))
        else:
            self.out.append(address)
            self._link(address, address, len(address))
        return end

    def _stands_apart(self, raw: str, begin: int, end: int) -> bool:
        """Whether an address does; words that only lead to it are taken back."""
        before = self.out[-1]
        beside = self.out[-2:-1] == [CUT] and not before.strip(" ,;") and not self.marks[-1].labels
        lead = lead_before(raw, begin, end, beside=beside)
        if lead is None or not before.endswith(raw[begin - lead : begin]):
            return False
        self.out[-1] = before[: len(before) - lead]
        return True

    def _link(self, raw: str, url: str, anchor: int = 0) -> None:
        self.out.append(LINK)
        self.marks.append(Mark(0, (), raw, 0, "link", url, anchor))


def _page_named(marker: Marker, raw: str, begin: int) -> str:
    """What an identifier in round brackets in the words of a link ends with; else empty.

    "[Dams (arXiv:2508.15478)](https://arxiv.org/abs/2508.15478)" cites one page.
    """
    if raw[begin] != "(" or marker.labels or marker.words or not marker.url:
        return ""
    return marker.url.rstrip("/").rpartition(":")[2].rpartition("/")[2]


def _is_governed(marker: Marker, raw: str, begin: int) -> bool:
    """Whether a work in brackets is what a word before them leads to."""
    spaced = raw[begin - 1 : begin] == " " and bool(marker.labels)
    works = spaced and is_work(marker.labels[0])
    return works and _GOVERNS_WORKS.search(raw, max(0, begin - 9), begin) is not None
