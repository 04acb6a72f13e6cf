"""The authors and the date of a LaTeX document -> lines as they stand at the top of an article.

"Ann Roe, with thanks to the University of Dams" and "John Doe" become "By Ann Roe and John Doe".
"""

from ledger.letters import holds
from ledger.patterns import later

_INSIDE = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}\}){0,2000}+"
_SAID = later(
    r"[ \t]*\\(?P<what>author|date|affiliation|affil|email|institute|address)"
    r"(?:\[[^\[\]\n]{0,80}\])?"
    rf"\{{(?P<said>{_INSIDE})\}}[ \t]*\n?"
)
_AND = later(r"\\(?:and|And|AND|quad|qquad)\b|,(?=\s)|\sand\s")
_ASIDE = later(
    r"\\(?:thanks|footnote|textsuperscript|inst|orcid(?:ID)?|email|url|href|IEEEauthorrefmark"
    r"|IEEEauthorblockA|fnref|corref)(?:\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}\}){1,2}"
)
"""What stands beside a name, which may have signs in it that part names."""
_SETTING = later(r"\$[^$]{0,40}\$|\\[A-Za-z]{1,20}\b\*?|[{}]")
_NAME = later(r"[^\W\d_][^\W\d]{0,30}\.?(?:[ ’'-]{1,2}[^\W\d_][^\W\d]{0,30}\.?){1,5}")
_TIES = later(r"~|(?<!\\)\\[ ,]")
_MOST = 60
"""Writers that are named. Chosen: more are a list of a collaboration."""


def with_head_of_latex(text: str) -> str:
    """The text, its writers in one line and its day in another. Never raises."""
    if not holds(text, "\\author", "\\date"):
        return text
    names: list[str] = []
    days: list[str] = []
    first = -1
    for match in _SAID.finditer(text):
        first = match.start() if first < 0 else first
        if match["what"] == "author":
            names += _names(match["said"])
        elif match["what"] == "date":
            days.append(_SETTING.sub("", _ASIDE.sub("", match["said"])).strip())
    named = dict.fromkeys(names[:_MOST])
    day = next((day for day in days if any(map(str.isdecimal, day))), "")
    head = (f"By {_listed(list(named))}" if named else "", day)
    above = _SAID.sub("", text[:first])
    said = "\n\n".join(line for line in head if line)
    return f"{above}\n{said}\n\n{_SAID.sub('', text[first:])}" if said else _SAID.sub("", text)


def _names(said: str) -> list[str]:
    """The names of authors, who stand first in what is said of each."""
    bare = _TIES.sub(" ", _ASIDE.sub("", said))
    parts = (part.split("\\\\")[0] for part in _AND.split(bare))
    names = (" ".join(_SETTING.sub("", part).split()).lstrip("0123456789 ") for part in parts)
    return [name for name in names if _NAME.fullmatch(name)]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
