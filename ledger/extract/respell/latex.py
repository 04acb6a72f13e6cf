"""LaTeX -> the text with its headings, links and notes as Markdown has them.

Citations and bibliographies are read as they are; here goes what only sets the page.
"""

import re

from ledger.patterns import later

_INSIDE = r"(?:[^{}\n]|\n(?!\s*\n)|\{(?:[^{}\n]|\{[^{}\n]{0,300}\}){0,600}\}){0,2000}+"
_NOTE = later(rf"\s?\\(?:footnote|thanks|endnote)\{{(?P<said>{_INSIDE})\}}")
_LINK = later(r"\\href\{(?P<target>[^{}\s]{3,1000}+)\}\{(?P<words>[^{}\n]{1,300})\}")
_ADDRESS = later(r"\\(?:url|nolinkurl|path)\{\s?(https?://[^{}\s]{3,1000}+)\}")
_HEADING = later(
    r"^[ \t]*\\(?P<kind>title|chapter|section|subsection|subsubsection)\*?"
    r"\{(?P<words>[^{}\n]{1,300})\}(?:\s?\\label\{[^{}\n]{1,80}\})?[ \t]*$",
    re.M,
)
_DEPTHS = {"title": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}
_WORDS = later(r"\\(?:emph|text(?:it|bf|tt|sf|sc)|enquote|mbox)\{([^{}\n]{0,600})\}")
_SETTING = later(
    r"^[ \t]*\\(?:documentclass|usepackage|bibliographystyle|bibliography|maketitle|label|"
    r"newcommand|(?:begin|end)(?=\{(?:document|abstract|quote|itemize|enumerate|center)\}))"
    r"(?:\[[^\[\]\n]{0,300}\]|\{(?:[^{}\n]|\{[^{}\n]{0,200}\}){0,300}+\}){0,4}+[ \t]*$",
    re.M,
)
_TIED = later(r"~(?=\\cite|\[)")


def is_latex(text: str) -> bool:
    """Whether a text has what a document of LaTeX has and nothing else has at once."""
    return "\\begin{document}" in text or ("\\section{" in text and "\\cite" in text)


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Never raises."""
    text = _SETTING.sub("", text)
    text = _HEADING.sub(lambda match: f"\n{'#' * _DEPTHS[match['kind']]} {match['words']}\n", text)
    text = _ADDRESS.sub(r"\1", _LINK.sub(r"[\g<words>](\g<target>)", text))
    text = _WORDS.sub(r"\1", _WORDS.sub(r"\1", text))
    text = _NOTE.sub(lambda match: f"^[{' '.join(match['said'].split())}]", text)
    return _TIED.sub(" ", text)
