"""LaTeX -> the text with its headings, links and notes written as in Markdown.

Citations and bibliographies are left to other readers; commands that only lay out the page go.
"""

import re

from ledger.extract.displays import ENVIRONMENTS
from ledger.extract.respell.inline import as_link, as_note
from ledger.extract.respell.latex_head import with_head_of_latex
from ledger.letters import holds
from ledger.patterns import later

_INSIDE = r"(?:[^{}\n]|\n(?!\s*\n)|\{(?:[^{}\n]|\{[^{}\n]{0,300}\}){0,600}\}){0,2000}+"
_SAID = (
    r"(?:[^{}\n]|\n(?!\s{0,8}(?:#|\\(?:chapter|(?:sub)?section)\b))"
    r"|\{(?:[^{}]|\{[^{}]{0,300}\}){0,600}+\}){0,2000}+"
)
"""What a note says, which may be several paragraphs, and goes on below no heading."""
_OPENS_QUOTE, _BEFORE_QUOTE = frozenset("\"'“‘«("), frozenset(" \n(")
_NOTE = later(
    r"\s?\\(?:footnote(?:text)?|thanks|endnote|sidenote|margin(?:(?P<apart>note)|par))"
    rf"(?:\[[^\[\]\n]{{0,40}}\]){{0,2}}\{{(?P<said>{_SAID})\}}(?(apart)(?:\[[^\[\]\n]{{0,40}}\])?)"
)
_MARK_OF_NOTE = later(r"\\footnotemark\b(?:\[([0-9]{1,3})\])?(?:\{\})?")
_APART = later(rf"\s?\\footnotetext(?:\[([0-9]{{1,3}})\])?(\{{{_INSIDE}\}})")
"""What a note says whose mark stands elsewhere, where no note can."""
_LINK = later(
    r"\\href\{(?P<target>[^{}\s]{3,1000}+)\}"
    r"\{(?P<words>(?:[^{}]|\{[^{}]{0,60}\}){1,300}+)\}"
)
_ADDRESS = later(r"\\(?:url|nolinkurl|path)\{\s?(https?://[^{}\s]{3,1000}+)\}")
_HEADING = later(
    r"^[ \t]*\\(?P<kind>title|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?"
    r"\{(?P<words>[^{}]{1,300})\}(?:\s?\\label\{[^{}\n]{1,2000}\})?[ \t]*$",
    re.M,
)
_PLACE = later(
    r"\\hypertarget\{[^{}\n]{1,300}\}\{%?\s{0,4}(?P<heading>\\[a-z]{5,13}\*?"
    r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,300}\}){0,300}\}){1,400}+\}(?:\\label\{[^{}]{1,2000}\})?)\}"
)
"""A heading within the place that links lead to, as Pandoc writes it."""
_EMPTY_PLACE = later(
    r"^[ \t]*(?:\\leavevmode)?(?:\\vadjust pre)?\{?\\hypertarget\{[^{}\n]{1,300}\}\{\}\}?%?[ \t]*$",
    re.M,
)
"""A place that holds nothing, on a line of its own, as before each entry of a list."""
_DEPTHS = {
    "title": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
} | dict.fromkeys(("paragraph", "subparagraph"), 5)
_FOR_BOOKMARKS = later(
    r"\\texorpdfstring\{((?:[^{}\n]|\{[^{}\n]{0,300}\}){1,300}+)\}\{(?:[^{}\n]|\{[^{}\n]{0,300}\}){1,300}+\}"
)
"""Words of a heading, and the same as plain text."""
_WORDS = later(
    r"\\(?:emph|text(?:it|bf|tt|sf|sc|rm|sl)|enquote|mbox|pkg|proglang|code)\{([^{}]{0,600})\}"
)
"""Words in another type; packages, languages and code as the Journal of Statistical Software."""
_COMPUTED = later(r"\\Sexpr\{([^{}`\n]{1,300})\}")
"""What R computes while the document is made."""
_SETTING = later(
    r"^[ \t]*\\(?:documentclass|usepackage|bibliographystyle|bibliography|maketitle|label|"
    r"input|include|addcontentsline|phantomsection|"
    r"newcommand|(?:begin|end)(?=\{(?:document|abstract|quote|itemize|enumerate|center"
    r"|CSLReferences|Shaded)\}))"
    r"(?:\[[^\[\]\n]{0,300}\]|\{(?:[^{}\n]|\{[^{}\n]{0,200}\}){0,300}+\}){0,4}+[ \t]*$",
    re.M,
)
_ABOUT = later(
    r"\\(?:title|author|date)(?:\[[^\[\]\n]{0,80}\])?"
    r"\{(?!\s*\})(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}\}){0,2000}+\}"
)
_COMMENT = later(r"^[ \t]*%.*\n?", re.M)
_LIST = later(
    r"^[ \t]*\\(?:(?P<edge>begin|end)\{(?P<kind>itemize|enumerate)\}|item[ \t]*(?:\n[ \t]*)?)", re.M
)
_BRACKET = later(r"\{([\[\]])\}")
_RULES = (
    r"(?:\\(?:(?:top|mid|bottom|cmid)rule|[hc]line|addlinespace)(?:\([a-z]{1,4}\))?"
    r"(?:\[[^\[\]\n]{0,20}\]|\{[^{}\n]{0,20}\}){0,2}[ \t]*){1,9}+"
)
"""Lines drawn across a table: "\\hline", "\\cmidrule(lr){2-3}"."""
_ENDS_ROW = rf"\\(?:\\\*?|tabularnewline)(?:\[[^\[\]\n]{{0,20}}\])?[ \t]*(?:{_RULES})?(?:%[^\n]*)?$"
_CELL = r"(?:[^\n&]|(?<=\\)&){0,600}"
_ROW = later(rf"^[ \t]*(?P<cells>{_CELL}(?:(?<!\\)&{_CELL}){{1,30}}?){_ENDS_ROW}", re.M)
_END_OF_ROW = later(_ENDS_ROW)
_TABLE_EDGE = later(r"[ \t]*\\(begin|end)\{(?:longtable|tabular[x*]?)\}")
_HEAD_OF_TABLE = later(
    r"(?P<head>^[ \t]*\\toprule[^\n]*\n[^\n]{1,4000}\\\\)[ \t]*\n[ \t]*\\midrule[^\n]*$", re.M
)
"""The first row of a table, and the line below it."""
_BEGIN = later(r"^[ \t]{0,40}\\begin\{document\}", re.M)
_CLASS = later(r"^[ \t]{0,40}\\documentclass\b", re.M)
_WORDS_BEFORE = later(r"^[ \t]{0,8}[^\W\d_]", re.M)
"""A line of words, in what comes before a document; settings and comments have signs."""
_BETWEEN = later(r"(?<!\\)&")
_OF_TABLE = later(
    r"^[ \t]*(?:\{?\\def\\LTcaptype.{0,80}|\\centering|>\{\\[a-z]{3,20}\\arraybackslash\}.{0,200}"
    rf"|(?:{_RULES}|\\end(?:first|last)?(?:head|foot))(?:\\noalign\{{\}})?"
    r"|\\(?:begin|end)\{(?:longtable|tabularx?|table\*?)\}.{0,200})[ \t]*$",
    re.M,
)
_OF_LIST = later(r"^[ \t]*\\(?:tightlist|def\\labelenum.{0,80})$\n?", re.M)
_TIED = later(r"~(?=\\[A-Za-z]{0,9}[Cc]ite|\[)|(?<=[\w.,])~(?=[\w(])")
_ONLY_LISTED = later(r"\\nocite\{[^{}]{0,2000}\}")
"""Works that the list shows and no sentence cites."""
_NAMED = {
    "quotesingle": "'",
    "quotedbl": '"',
    "greater": ">",
    "less": "<",
    "bar": "|",
    "asciitilde": "~",
    "backslash": "\\",
    "ellipsis": "…",
    "endash": "–",
    "emdash": "—",
}
_NAMED_SIGN = later(
    rf"\\text(?P<name>{'|'.join(_NAMED)})(?:\{{\}}|[ \t]{{1,4}}|\n(?!\s)|(?![a-z]))"
)
_RULE = later(
    r"^[ \t]*(?:\\begin\{center\})?\\rule(?:\{[^{}\n]{1,80}\}){2}(?:\\end\{center\})?[ \t]*$",
    re.M,
)
_BREAK = later(r"(?<![\\&])\\\\[ \t]*$", re.M)
"""Where a line ends that is to be one; rows of formulas do so, too."""
_OF_FORMULA = later(r"\\begin\{(?:align|equation|eqnarray|gather|array|cases|split|[bpv]?matrix)")
_CODE = later(
    r"^[ \t]*\\begin\{(?P<kind>(?:lstlisting|minted|alltt|Highlighting|S(?:in|out)put"
    r"|[A-Za-z]{0,12}(?:[Vv]erbatim|[Cc]ode(?:[Ii]n|[Oo]ut)?(?:put)?))\*?)\}[^\n]*\n"
    r"(?P<said>(?:(?![ \t]*\\(?:begin|end)\{(?P=kind)\})[^\n]*\n){0,1000}+)"
    r"[ \t]*\\end\{(?P=kind)\}",
    re.M,
)
"""What is shown as it is typed; many documents have an environment of their own for it."""
_CHUNK = later(
    r"^<<[^\n]{0,400}>>=[ \t]*\n(?P<said>(?:(?!@(?:\s|\Z)|<<)[^\n]*\n){0,1000}+)@[^\n]*$", re.M
)
"""Code of Sweave and knitr: "<<fig=TRUE>>=", and "@" below it."""
_TYPED = later(r"\\verb\*?(?P<edge>[|+!/\"'=])(?P<said>(?:(?!(?P=edge))[^`\n]){1,200}+)(?P=edge)")
_FORMULA = later(
    rf"\\begin\{{(?P<kind>{ENVIRONMENTS})\}}"
    r"(?P<said>(?:[^\\]|\\(?!(?:begin|end)\{(?P=kind)\})){0,4000}+)\\end\{(?P=kind)\}"
)
"""A formula on lines of its own, which a sentence may go on behind."""
_SHOWN = later(r"(?<!\\)\\\[(?P<said>(?:[^\\]|\\(?![\[\]])){1,2000}+)\\\]")
_SIGNS = (
    (later(r"\\([&%$#])"), r"\1"),
    (later(r"\\textsuperscript\{([0-9][0-9, –-]{0,40})\}"), r"^\1^"),
    (later(r"``([^`'\n]{1,400})''"), r"“\1”"),
    (later(r"(?<=\.)\\ |\\(?:no)?(?:line|page)break\[[0-4]\]"), " "),
)


def is_latex(text: str) -> bool:
    """Whether a text has what a document of LaTeX has and nothing else has at once.

    A text about LaTeX may show all that, too: such a document makes up most of a text that is one,
    or has no words before it.
    """
    if not (begin := _BEGIN.search(text) if "\\begin{document}" in text else None):
        heads = ("\\section{", "\\chapter{")
        headed = text.startswith(heads) or holds(text, *(f"\n{head}" for head in heads))
        return headed and holds(text, "\\cite", "\\footnote{")
    at = _begin_of_preamble(text, begin.start())
    if not _WORDS_BEFORE.search(text, 0, at):
        return True
    end = text.find("\\end{document}", begin.end())
    return 2 * (end - at) > len(text)


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Never raises."""
    if "\\verb" in text or "\\begin{" in text:
        text = _TYPED.sub(r"`\g<said>`", _CODE.sub("\n```\n\\g<said>```\n", text))
    if ">>=" in text:
        text = _CHUNK.sub("\n```\n\\g<said>```\n", _COMPUTED.sub(r"`\1`", text))
    text = _BRACKET.sub(r"\1", _COMMENT.sub("", _without_preamble(text)))
    text = _WORDS.sub(r"\1", _WORDS.sub(r"\1", text))
    text = _PLACE.sub(r"\g<heading>", _EMPTY_PLACE.sub("", with_head_of_latex(text)))
    for formula in (_FORMULA, _SHOWN):
        text = formula.sub(lambda match: f"$${' '.join(match['said'].split())}$$", text)
    if "\\item" in text:
        text = _with_items(_OF_LIST.sub("", text))
    if "{tab" in text or "{longtable" in text:
        text = _HEAD_OF_TABLE.sub(r"\g<head>\n|---|", _with_whole_rows(text))
        text = _ROW.sub(_row, _OF_TABLE.sub("", text))
    text = _SETTING.sub("", _RULE.sub("", text))
    if "\\\\\n" in text and not _OF_FORMULA.search(text):
        text = _BREAK.sub(r"\\", text)
    if "\\texorpdfstring" in text:
        text = _WORDS.sub(r"\1", _FOR_BOOKMARKS.sub(r"\1", text))
    text = _HEADING.sub(_heading, _ONLY_LISTED.sub("", text))
    text = _ADDRESS.sub(r"\1", _LINK.sub(as_link, text))
    text = _NOTE.sub(as_note, _with_notes_at_marks(text) if "\\footnotemark" in text else text)
    for sign, plain in _SIGNS:
        text = sign.sub(plain, text)
    text = _NAMED_SIGN.sub(lambda match: _NAMED[match["name"]], text)
    return _TIED.sub(" ", text)


def with_notes_of_latex(text: str) -> str:
    r"""A text in Markdown, its notes of LaTeX as it has notes: "rose\footnote{Roe, Dams.}".

    A text about LaTeX shows the command apart from its words, or in quotation marks, and says that
    "your text" stands in it; where a text cites by its keys, too, a space may stand before a note.
    """
    if not holds(text, "\\footnote{"):
        return text
    cites = "\\cite" in text

    def note(match: re.Match[str]) -> str:
        begin = match.start()
        apart = match[0][0].isspace() or text[begin - 1 : begin].isspace()
        if not begin or text[begin - 1] == "\n" or (apart and not (cites and _says(match))):
            return match[0]
        if text[begin - 1] in _OPENS_QUOTE and text[begin - 2 : begin - 1] in _BEFORE_QUOTE:
            return match[0]
        return _ADDRESS.sub(r"\1", _LINK.sub(as_link, _WORDS.sub(r"\1", as_note(match))))

    return _NOTE.sub(note, text)


def _says(note: re.Match[str]) -> bool:
    """Whether a note says something, and is no pattern: "text", "your text"."""
    return note["said"] != note["said"].lower() or "://" in note["said"]


def _without_preamble(text: str) -> str:
    """The text without what loads and sets; what is said there of the document stays."""
    begin = _BEGIN.search(text)
    at = _begin_of_preamble(text, begin.start()) if begin else 0
    if not begin or "filecontents" in text[at : begin.start()]:
        return text
    about = (match[0] for match in _ABOUT.finditer(text, at, begin.start()))
    return "\n".join([text[:at], *about, text[begin.start() :]])


def _begin_of_preamble(text: str, end: int) -> int:
    """Where the class of a document is named, at the beginning of a line before `end`; else 0.

    0 also where no words stand before it: what does is a setting.
    """
    at = max((match.start() for match in _CLASS.finditer(text, 0, end)), default=0)
    return at if _WORDS_BEFORE.search(text, 0, at) else 0


def _with_notes_at_marks(text: str) -> str:
    """The text, notes that stand apart from their marks moved there, if each has one.

    By their numbers where all have different ones, else in their order.
    """
    notes, marks = _APART.findall(text), _MARK_OF_NOTE.findall(text)
    if len(notes) != len(marks):
        return text
    numbers = [number for number, _ in notes]
    if sorted(numbers) == sorted({*marks}) and all(marks):
        place = {number: at for at, number in enumerate(marks)}
        notes.sort(key=lambda note: place[note[0]])
    said = iter(notes)
    return _MARK_OF_NOTE.sub(lambda _: f"\\footnote{next(said)[1]}", _APART.sub("", text))


def _with_items(text: str) -> str:
    """The text, items of its lists as Markdown has them."""
    counts: list[int] = []  # of open lists: the next number; 0 for those without

    def item(match: re.Match[str]) -> str:
        if match["edge"] == "begin":
            counts.append(int(match["kind"] == "enumerate"))
            return ""
        if match["edge"]:
            del counts[-1:]
            return ""
        number = counts[-1] if counts else 0
        if number:
            counts[-1] += 1
        return f"{number}. " if number else "- "

    return _LIST.sub(item, text)


def _with_whole_rows(text: str) -> str:
    """The text, each row of its tables on one line: programs break long ones."""
    rows: list[list[str]] = []
    inside = is_open = False
    for line in text.split("\n"):
        bare = line.strip()
        if edge := _TABLE_EDGE.match(line):
            inside = edge[1] == "begin"
        said = bool(bare) and inside and not _OF_TABLE.match(line)
        if is_open and said:
            rows[-1].append(bare)
        else:
            rows.append([line])
        is_open = said and not _END_OF_ROW.search(bare)
    return "\n".join(map(" ".join, rows))


def _heading(match: re.Match[str]) -> str:
    return f"\n{'#' * _DEPTHS[match['kind']]} {' '.join(match['words'].split())}\n"


def _row(match: re.Match[str]) -> str:
    cells = (cell.strip() for cell in _BETWEEN.split(match["cells"]))
    return f"| {' | '.join(cells)} |"
