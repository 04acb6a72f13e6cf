"""LaTeX -> the text with who wrote it, and when, as a page of Markdown has it."""

import re

from ledger.patterns import later

_SAID = r"\{(?P<said>(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,300}\}){0,300}\}){0,2000}+)\}"
_BY = later(rf"\\(?P<of>author|date)(?:\[[^\[\]\n]{{0,200}}\])?{_SAID}")
_NEXT = later(r"\\(?:and|And|AND)\b|;|,(?=[ \n][^\W\d_])")
_BREAK = "\\\\"
_BESIDE = later(
    r"\\(?:thanks|footnote|fnref|inst|affil[a-z]{0,8}|email|url|href|texttt|orcid[a-z]{0,6}|textsuperscript)"
    r"\s?(?:[\[{](?:[^{}]|\{[^{}]{0,300}\}){0,300}[\]}]){1,2}"
)
"""What a name leads to: "Roe\\thanks{Of the port}"."""
_MARKS = later(
    r"\\(?!(?i:and)\b)[A-Za-z]{2,20}\*?|\$[^$]{0,40}\$|[{}*†‡]|[0-9]{1,2}(?:,[0-9]{1,2}){0,8}"
)
"""Marks behind a name, "Roe$^{1,2}$", and how it is set."""
_NAME = later(r"[^\W\d_][^\d_@:/]{2,60}")
_WORDS = range(2, 6)


def with_authors(text: str) -> str:
    r"""The text with "By Jane Roe, John Doe" for its \author, and the day of its \date."""
    return _BY.sub(_by, text) if "\\author" in text or "\\date" in text else text


def _by(match: re.Match[str]) -> str:
    if match["of"] == "date":
        day = match["said"].strip()
        return "" if "\\" in day or "\n" in day else f"\n{day}\n"
    said = _MARKS.sub("", _BESIDE.sub("", match["said"])).replace("~", " ")
    names = (" ".join(part.partition(_BREAK)[0].split()) for part in _NEXT.split(said))
    kept = [name for name in names if _NAME.fullmatch(name) and len(name.split()) in _WORDS]
    return f"\nBy {', '.join(kept)}\n" if kept else ""
