"""Notes written at the place that they belong to -> inline notes of Markdown: "rose^[Roe, Dams.]".

They are HTML elements in Distill and in style sheets after Tufte, and commands in the programs that
publish a text: WordPress and Tistory ("[footnote]"), Hugo ("{{< sidenote >}}") and Jekyll ("{%
sidenote %}"). One that stands alone between paragraphs is a remark and belongs to no place.
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_BESIDE = r"(?<=\S)(?:[ \t]{0,4}\n)?[ \t]{0,8}"
_CALLED = r"(?:sidenote|marginnote|footnote)"
_NOTES = (
    (
        "<d-footnote",
        later(
            r"\s{0,4}<d-footnote\b[^<>\n]{0,80}>"
            r"(?P<said>(?:[^<]|<(?!/?d-footnote\b)){1,3000}+)</d-footnote>"
        ),
    ),
    (
        "<dt-fn",
        later(
            r"\s{0,4}<dt-fn\b[^<>\n]{0,80}>"
            r"(?P<said>(?:[^<]|<(?!/?dt-fn\b)){1,3000}+)</dt-fn>"
        ),
    ),
    (
        "margin-toggle",
        later(
            _BESIDE + r"<label\b[^<>]{1,200}\bmargin-toggle\b[^<>]{0,100}>[^<>]{0,20}</label>"
            r"\s{0,20}<input\b[^<>]{1,200}>\s{0,20}<span class=\"(?:sidenote|marginnote)\">"
            r"(?P<said>(?:[^<]|<(?!/?span\b)){1,3000}+)</span>"
        ),
    ),
    (
        "</sup><span",
        later(
            r"(?<=\S)<sup\b[^<>]{0,300}>(?:<a\b[^<>]{0,300}>)?[0-9]{1,3}(?:</a>)?</sup>"
            r"<span\b[^<>]{0,300}\bclass=\"[^\"<>]{0,80}note[^\"<>]{0,40}\"[^<>]{0,200}>"
            r"(?P<said>(?:[^<]|<(?!/?span\b)){1,3000}+)</span>"
        ),
    ),
    (
        "[/",
        later(
            _BESIDE + r"\[(?P<name>footnote|ref|m?fn|efn_note)\]"
            r"(?P<said>(?:[^\[\n]|\n(?!\n)|\[(?!/?(?P=name)\])){1,3000}+)\[/(?P=name)\]"
        ),
    ),
    (
        "{{",
        later(
            _BESIDE
            + rf"\{{\{{[<%] ?(?P<name>{_CALLED})(?: [a-z]{{1,20}}=[^\s<>%]{{1,60}})? ?[>%]\}}\}}"
            r"(?P<said>(?:[^{]|\{(?!\{[<%])){1,3000}+)\{\{[<%] ?/ ?(?P=name) ?[>%]\}\}"
        ),
    ),
    (
        "{{",
        later(
            _BESIDE
            + rf"\{{\{{[<%] ?{_CALLED} (?:text=)?\"(?P<said>[^\"\n]{{3,3000}})\" ?[>%]\}}\}}"
            r"(?!(?:[^{]|\{(?!\{[<%])){0,3000}+\{\{[<%] ?/)"
        ),
    ),
    (
        "{%",
        later(
            _BESIDE
            + rf"\{{% ?{_CALLED} (?:(?:'[^'\n]{{1,40}}'|\"[^\"\n]{{1,40}}\"|[\w-]{{1,40}}) )?"
            r"['\"](?P<said>(?:[^'\"%{]|\{(?!%)|['\"](?! ?%\})|%(?!\})){3,3000}+)['\"] ?%\}"
        ),
    ),
)
"""What a text has that has some, and the note with what stands before it."""
_WORK_IN_NOTE = later(r"\s?<dt?-cite\s[^<>\n]{0,40}key=\"([^\"<>\n]{1,300})\"\s?>\s?</dt?-cite>")


def with_notes_at_marks(text: str) -> str:
    """The text with "rose<d-footnote>Roe, Dams.</d-footnote>" as "rose^[Roe, Dams.]"."""
    for sign, note in _NOTES:
        if holds(text, sign):
            text = note.sub(_as_inline, text)
    return text


def _as_inline(match: re.Match[str]) -> str:
    said = _WORK_IN_NOTE.sub(r" (\1)", " ".join(match["said"].split()))
    depth = 0
    for sign in filter("[]".__contains__, said):
        depth += 1 if sign == "[" else -1
        if depth < 0:
            break
    return match[0] if depth else f"^[{said}]"
