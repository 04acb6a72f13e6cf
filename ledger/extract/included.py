r"""Parts of a text that stand in other files, in the languages that have such parts -> a finding.

"\input{chapters/tolls}", "include::tolls.adoc[]". Nobody hands these files in, and what they say
and cite is missing.
"""

import re
from collections.abc import Iterator

from ledger.document import Finding
from ledger.extract.fences import fences
from ledger.extract.respell import asciidoc, directives, latex, org, typst
from ledger.letters import holds
from ledger.patterns import later

_NAME = r"(?P<name>[^\s{}\[\]\"<>]{1,200})"
_WAYS = (
    (("\\input{", "\\include{"), later(rf"^[ \t]*\\(?:input|include)\{{{_NAME}\}}", re.M)),
    (("include::",), later(rf"^(?:\.\. )?include::[ \t]?{_NAME}(?=\[|[ \t]*$)", re.M)),
    (("#+INCLUDE:", "#+include:"), later(rf"^#\+(?:INCLUDE|include):[ \t]+\"?{_NAME}", re.M)),
    (('#include "',), later(rf"^#include \"{_NAME}\"", re.M)),
    (("{{< include ",), later(rf"^\{{\{{< include {_NAME} >\}}\}}", re.M)),
    (("{{#include ",), later(rf"^[ \t]{{0,12}}\{{\{{#include {_NAME}\}}\}}", re.M)),
)
"""What each way cannot do without, and the way."""
_SIGNS = tuple(sign for signs, _ in _WAYS for sign in signs)
_HAVE_PARTS = (
    latex.is_latex,
    asciidoc.is_asciidoc,
    directives.is_restructured,
    org.is_org,
    typst.is_typst,
)
_TEXT = later(r"[^.]{1,200}|.{1,190}\.(?:tex|adoc|asciidoc|asc|rst|org|typ|q?md|txt)", re.I)
_NO_PROSE = later(r"(?:attribut|macro|preamble|command|packages|\blinks\b)", re.I)
"""What other files hold that have no words of a text."""
_SHOWN = 5
"""Names that the finding gives."""


def parts_elsewhere(text: str) -> tuple[Finding, ...]:
    """A finding that names the parts of a text that are not in it; none where it has all."""
    if not holds(text, *_SIGNS):
        return ()  # as most
    lines = text.split("\n")
    if code := fences(lines):
        text = "\n".join("" if number in code else line for number, line in enumerate(lines))
    names = list(dict.fromkeys(_names(text)))
    if not names:
        return ()
    more = " …" if len(names) > _SHOWN else ""
    what = f"parts in other files are not read: {', '.join(names[:_SHOWN])}{more}"
    return (Finding(code="text-left-out", detail=what),)


def _names(text: str) -> Iterator[str]:
    for signs, way in _WAYS:
        if not holds(text, *signs) or not (signs[0][0] == "{" or _has_parts(text)):
            continue
        begin = max(0, text.find("\\begin{document}"))
        for match in way.finditer(text, begin):
            name = match["name"]
            if _TEXT.fullmatch(name) and not _NO_PROSE.search(name):
                yield name


def _has_parts(text: str) -> bool:
    return any(is_one(text) for is_one in _HAVE_PARTS)
