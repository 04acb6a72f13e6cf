"""Lines below a sentence that only name its source files -> brackets at the end of the sentence.

"Source: report.pdf, page 4" on the line below a sentence belongs to that sentence.
"""

from ledger.extract.fences import fences
from ledger.extract.markers.files import ONLY_FILES
from ledger.extract.markers.place import SOURCE, begins_with_source
from ledger.patterns import later

_FILES = later(
    rf"[ \t]{{0,3}}[*_]{{0,3}}{SOURCE}[*_]{{0,3}}\s?[:：][*_]{{0,3}}\s{{0,4}}"
    rf"(?P<files>{ONLY_FILES})[*_.\s]{{0,4}}"
)
_MAY = later(rf"\n[ \t]{{0,3}}[*_]{{0,3}}{SOURCE}[*_]{{0,3}}\s?[:：][^\n]{{2,200}}?\.[a-z]{{2,4}}")
_NEXT_FILE = later(r"[;,]\s{1,3}(?=[^\s,;]{1,80}\.[a-z])")
_ENDS_SENTENCE = later(r"[.!?…。][\"”’»)*_]{0,4}(?:\s?\[[^\[\]\n]{1,12}\]){0,4}\s*$")
"""Its markers may stand behind its stop."""
_OPENS_NO_PROSE = frozenset("#|`")


def with_files_of_sources(text: str) -> str:
    """The text; a line "Source: report.pdf, p. 4" becomes brackets behind the sentence above it."""
    if not (begins_with_source(text) and _MAY.search(text)):
        return text
    lines = text.split("\n")
    bare = (line.replace("`", "") for line in lines)
    named = {n: found for n, line in enumerate(bare) if n and (found := _FILES.fullmatch(line))}
    code = fences(lines) if named else ()
    for number, found in named.items():
        above = number - 1 if lines[number - 1].strip() else number - 2
        sentence = lines[above].rstrip() if above >= 0 else ""
        prose = _ENDS_SENTENCE.search(sentence) and sentence.lstrip()[:1] not in _OPENS_NO_PROSE
        if prose and number not in code:
            files = "; ".join(_NEXT_FILE.split(found["files"]))
            lines[above], lines[number] = f"{sentence} [Source: {files}]", ""
    return "\n".join(lines)
