"""Files in brackets, with places in them: "[report.pdf, p. 3]", "(data/rents.csv, rows 4-9)".

So answer whoever was asked about files of one's own. Without a place only papers are read, and only
in square brackets that close something: "(rents.csv)" mentions a file, and "[rents.csv]" may be a
setting.
"""

from ledger.extract.markers.marker import Marker
from ledger.extract.markers.place import LEAD
from ledger.extract.markers.worded import read_named
from ledger.patterns import later

_PAPERS = "pdf|docx?|pptx?|xlsx?|odt|epub"
_ENDINGS = (
    rf"{_PAPERS}|csv|tsv|txt|md|html?|jsonl?|rtf|eml|xml|py|ts|tsx|js|jsx|go|rs|java|sql|ya?ml"
    "|toml|log"
)
_STEM = r"[^\W_](?:[^()\[\]{}<>\n;:,.]{0,80}+\.){1,6}?"
_PLACE = (
    r"(?::[0-9]{1,6}(?:[-–][0-9]{1,6})?(?:,\s?[0-9]{1,6}(?:[-–][0-9]{1,6})?){0,9}"
    r"|#(?:page=|L)[0-9]{1,6}(?:-L?[0-9]{1,6})?"
    r"|,?\s{1,2}(?:(?:pp?|S|pág|стр)\.\s?|p(?=[0-9])|L(?=[0-9])|§\s?|(?:page|Seite|página|line|row|slide"
    r"|sheet|tab|section|sec\.|chapter|para(?:graph|\.)?|cell|table|figure)s?\s)"
    r"[^()\[\]{}<>\n;]{1,60}+)"
)
_PLACED = rf"{_STEM}(?:{_ENDINGS}){_PLACE}"
_PAPER = rf"{_STEM}(?:{_PAPERS})(?:{_PLACE})?"
_NEXT = r"(?:;\s?|,\s)"
_NO_TARGET = rf"(?![(:]|\[(?!{_PAPER}\]))"
"""Another file may stand right behind the first: "[terms.pdf][prices.pdf]"."""
OPENS_FILE = rf"(?:[^()\n;:,.]{{1,60}}+\.){{1,4}}(?:{_ENDINGS})[,:#\s]"
"""What may stand behind "(" where a file is named with a place, as quickly told as can be."""
PLACED_FILES = (
    rf"\[{_PLACED}(?:{_NEXT}{_PLACED}){{0,9}}\]{_NO_TARGET}|\({_PLACED}(?:;\s?{_PLACED}){{0,9}}\)"
)
PAPERS = (
    rf"\[{_PAPER}(?:{_NEXT}{_PAPER}){{0,9}}\]{_NO_TARGET}(?=\s{{0,2}}(?:[.,;:!?)\]\[。，；、]|$))"
)
_BARE = rf"[._/]{{0,2}}(?:{_PLACED}|{_STEM}(?:{_ENDINGS})(?:\s?\([^()\n]{{1,40}}\))?)"
ONLY_FILES = rf"{_BARE}(?:[;,]\s{{1,3}}{_BARE}){{0,9}}"
"""Files with places or without, and nothing else: "report.pdf, p. 3; rents.csv (row 4)"."""
IS_FILE = later(rf"[^\W_][^\[\]{{}}<>\n;:,.]{{0,80}}(?:\.[^\s.]{{1,20}}){{0,3}}\.(?:{_ENDINGS})")
"""A name of a file and nothing else: "Dissenting opinion (Roe).docx"."""
_BETWEEN = later(rf";\s?|,\s(?={_STEM}(?:{_ENDINGS})(?![\w.]))")
_LEADS = later(rf"\A{LEAD}")
_WHITE = later(r"\s+")


def read_files(raw: str) -> Marker | None:
    """The files of "[report.pdf, p. 3; rents.csv]", each with its place, as `read_named`."""
    inside = _LEADS.sub("", raw[1:-1])
    named = "; ".join(_WHITE.sub(" ", part) for part in _BETWEEN.split(inside))
    return read_named(f"[Source: {named}]")
