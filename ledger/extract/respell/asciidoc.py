"""AsciiDoc -> the text with its headings, links, notes and keys written as in Markdown.

Only what tells where a claim comes from is converted; everything else stays as it is.
"""

import re

from ledger.extract.respell.asciidoc_tables import with_tables
from ledger.letters import holds
from ledger.patterns import begins_line, later

_NOTE = later(
    r"\s?footnote(?:ref)?:(?P<name>[\w-]{0,40})"
    r"\[(?P<said>(?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,300}\]){0,2000}+)\]"
)
"""A note in the text: "rose.footnote:[Roe, Dams.]", "rose.footnote:roe[]" for one said before."""
_NAMED = later(r"(?P<name>[\w-]{1,40})(?:,\s{0,2}(?P<said>.+))?\Z", re.S)
"""What a note of the older form has in its brackets: a name, and what it says the first time."""
_LINK = later(
    r"(?<![\w\[])(?<!\]\()(?:link:)?(?P<target>https?://[^\s\[\]<>]{3,1000}+)"
    r"\[(?P<words>(?:[^\[\]\n]|\n(?!\n)){0,300})\]"
)
_QUOTED = later(r"``((?:[^`'\n]|'(?!')|\n(?!\s)){1,400}+)''")
_HEADING = later(r"^(={1,6})(?= \S)(?![^\n]{0,200}=\s*$)", re.M)
_SETTING = later(
    r"^(?::!?[\w-]{1,40}!?:(?: [^\n]{0,400})?|\[(?:[a-z][\w #%.,;=<>^*\"'-]{0,80}|[A-Z]{3,12})\]"
    r"|\[\[[\w:.-]{1,300}\]\]|'{3,5}|(?:image|include)::\S[^\n]{0,400}|[=+*_]{4})$",
    re.M,
)
"""A line that says how the document or its next block is set: ":toc:", "[bibliography]"."""
_AUTHOR = r"(?:[^\W\d_a-z][\w.'’-]{0,30})(?: [^\W\d_a-z][\w.'’-]{0,30}){1,3}(?: <[^<>\s]{3,100}>)?"
_HEAD = later(
    rf"\A(?P<title>= [^\n]{{1,300}}\n)(?P<authors>{_AUTHOR}(?:; {_AUTHOR}){{0,10}})\n"
    r"(?:v[0-9][\w.]{0,20}(?:, (?P<day>[^\n:]{4,30}))?(?::[^\n]{0,200})?\n)?"
)
"""Who wrote it, on the line below its title, and the line below that, of which version it is."""
_MAIL = later(r" <[^<>\s]{3,100}>")
_ITEM = later(r"(?:\.{1,5}|\*{2,5})(?= [^\s.])")
"""The mark of an item: counted, or one within another."""
_CODE_BLOCK = later(r"^(-{4}|\.{4})\n(?P<code>(?:(?!\1$)[^\n]{0,2000}\n){0,400}+)\1$", re.M)
_PASSED = later(r"^\+{4}\n(?P<said>(?:(?!\+{4}$)[^\n]{0,2000}\n){0,400}+)\+{4}$", re.M)
"""HTML that is left as it is."""
_OF_HTML = later(r"^<p>\n?|</p>$|</?(?:em|span)(?:\s[^<>\n]{0,200})?>", re.M)
_COMMENT = later(r"^(?://(?!/).*|(/{4,8})\n(?:(?!\1$)[^\n]{0,2000}\n){0,400}+\1)$\n?", re.M)
_INDEXED = later(r"\(\(\([^()\n]{1,300}\)\)\)")
"""What is put into the index: "(((dams)))"."""
_SET = later(
    r"^(?:\[(?:source|NOTE|TIP|WARNING|quote|cols=|arabic|(?:lower|upper)(?:alpha|roman)|bibliography)[^\]\n]{0,80}\]|\[\[[\w:.-]{1,300}\]\]|'{5}"
    r"|image::\S{1,300}\[.{0,200}\])$",
    re.M,
)
_HEADED = later(r"^={2,5} \S(?![^\n]{0,200}=\s*$)", re.M)
_OF_MARKDOWN = later(r"^#{1,6} \S", re.M)
_FEWEST_HEADINGS = 3
"""Headings after "==" that are a proof by themselves: one or two stand in wikitext and in notes,
too."""
_ENTRY = later(r"\[\[\[(?P<key>[\w:.-]{1,40})(?:,\s?(?P<shown>[^\[\]\n]{1,40}))?\]\]\]")
_CITES = later(r"<<#?(?P<key>[\w:.-]{1,40})(?:,\s?(?P<words>[^<>\n]{0,80}))?>>")


def is_asciidoc(text: str) -> bool:
    """Whether a text has what nothing but AsciiDoc has: a title after "=", a note, an entry."""
    return text.startswith("= ") or holds(text, "footnote:[", "footnoteref:[") or _is_set(text)


def _is_set(text: str) -> bool:
    """Whether a text has headings after "==" alone: and sets a block, or several and no others."""
    if not (text.startswith("== ") or holds(text, "\n== ", "\n=== ")):
        return False
    headings = len(_HEADED.findall(text))
    if headings and _SET.search(text):
        return True
    return headings >= _FEWEST_HEADINGS and not begins_line(_OF_MARKDOWN, text)


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Never raises."""
    text = _QUOTED.sub(r"“\1”", text) if "''" in text else text
    text = _LINK.sub(_link, _HEAD.sub(_masthead, text))
    said: dict[str, str] = {}
    text = _NOTE.sub(lambda match: _note(match, said), text)
    if text.startswith("= ") or _is_set(text):
        text = _CODE_BLOCK.sub(r"```\n\g<code>```", _INDEXED.sub("", text))
        text = _PASSED.sub(lambda match: _OF_HTML.sub("", match["said"]), text)
        sets = text.startswith("= ") or _SET.search(text) is not None
        text = with_tables(text)
        text = _with_items(_SETTING.sub("", text) if sets else text)
    if text.startswith("= ") or _HEADED.search(text):
        text = _COMMENT.sub("", text) if "//" in text else text
        text = _HEADING.sub(lambda match: "#" * len(match[1]), text)
    entries = {match["key"]: match["shown"] or match["key"] for match in _ENTRY.finditer(text)}
    text = _ENTRY.sub(lambda match: f"[{entries[match['key']]}]", text) if entries else text
    return _CITES.sub(lambda match: _cited(match, entries), text) if "<<" in text else text


def _with_items(text: str) -> str:
    """The text, items of its lists as Markdown has them: ". Roe" and ". Doe" count from one."""
    if not holds(text, "\n. ", "\n.. ", "\n** "):
        return text
    lines = text.split("\n")
    count = 0
    for number, line in enumerate(lines):
        item = _ITEM.match(line)
        if item and item[0] == ".":
            count += 1
            lines[number] = f"{count}.{line[1:]}"
        elif item:
            lines[number] = f"   -{line[item.end() :]}"
        elif not line.strip() and not any(map(_ITEM.match, lines[number + 1 : number + 2])):
            count = 0
    return "\n".join(lines)


def _masthead(match: re.Match[str]) -> str:
    authors = _MAIL.sub("", match["authors"]).replace("; ", ", ")
    return f"{match['title']}\nBy {authors}\n\n{match['day'] or ''}\n\n"


def _link(match: re.Match[str]) -> str:
    words = " ".join(match["words"].split()).strip("^ ")
    return f"[{words}]({match['target']})" if words else match["target"]


def _note(match: re.Match[str], said: dict[str, str]) -> str:
    """The note as one in the text; `said` has what those with a name say."""
    name, text = match["name"], " ".join(match["said"].split())
    older = _NAMED.match(text) if "footnoteref" in match[0] else None
    if older:
        name, text = older["name"], older["said"] or ""
    if name:
        text = said.setdefault(name, text) if text else said.get(name, "")
    return f"^[{text}]" if text else ""


def _cited(match: re.Match[str], entries: dict[str, str]) -> str:
    """The marker of an entry; the words, or the name, of another place of the text."""
    key = entries.get(match["key"])
    return f"[{key}]" if key else match["words"] or match["key"]
