"""Commands for the programs that publish a text -> nothing, or what the program shows for them.

Jekyll and Kramdown, Hugo, MkDocs, mdBook and pages of components: attributes of links and blocks,
commands alone on a line, links to pages of the same site, code between commands. Commands that cite
are left alone, because they are read as markers.
"""

import re

from ledger.extract.respell.respelled import Spelling
from ledger.patterns import later

_LIST_TO_COME = later(
    r"^[ \t>]{0,8}(?:[*-]|1\.)[ \t][^\n]{1,200}\n"
    r"[ \t>]{0,8}\{:(?:toc|footnotes)\b[^{}\n]{0,80}\}[ \t]*$",
    re.M,
)
"""Where Kramdown puts a table of contents, or the notes, in the place of an item."""
_UNREAD = later(r"\{::comment\}(?:[^{]|\{(?!:)){0,5000}+\{:/(?:comment)?\}")
_REMARK = later(
    r"\{%-? ?comment ?-?%\}(?:[^{]|\{(?!%-? ?(?:end)?comment\b)){0,5000}+\{%-? ?endcomment ?-?%\}"
    r"|\{\{[<%] ?comment ?[>%]\}\}(?:[^{]|\{(?!\{[<%] ?/? ?comment\b)){0,5000}+"
    r"\{\{[<%] ?/ ?comment ?[>%]\}\}"
)
"""What Liquid and Hugo leave out of a page: "{% comment %}…{% endcomment %}"."""
_OF_BLOCK = later(r"^[ \t>]{0,12}\{:[^{}\n]{0,300}\}[ \t]*$", re.M)
_VALUE = r"(?:[.#][\w-]{1,60}|[\w-]{1,30}=(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[\w./-]{1,60}))"
_OF_SPAN = later(
    r"(?:(?<=[)*`>])|(?<=[\]_])(?=\{:))"
    rf"\{{:?[ \t]?{_VALUE}(?:[ \t]{{1,4}}{_VALUE}){{0,8}}[ \t]?\}}"
)
"""Attributes of a link, a picture or words, as Kramdown and MkDocs have them: "(https://…){:target="_blank"}"."""
_COMMAND = (
    r"\{%-?+ ?+(?!CITES)[^{}\n]{1,300}%\}|\{\{[<%] ?+(?!CITES)[^{}\n]{1,300}[>%]\}\}".replace(
        "CITES", r"/?(?:cite|citation|ref|note|footnote|sidenote|marginnote|fn|quote)"
    )
)
_COMMAND_ALONE = later(
    rf"^[ \t]{{0,12}}(?![^\n]{{0,300}}(?:(?:caption|text|title|alt)=|://))(?:{_COMMAND})[ \t]*$",
    re.M,
)
"""A command on a line of its own that shows no words: "{% include toc.html %}", "{{< toc >}}". One
with an address may say whose words stand below it."""
_INCLUDED = later(r"^[ \t]{0,12}\{%-?\s{1,12}include\s[^{}]{1,1500}%\}[ \t]*$", re.M)
_CAPTION = later(r"\bcaption=\"([^\"\n]{3,1000})\"")
"""What is shown below a picture: "{% include figure.liquid path="a.svg" caption="Dams." %}"."""
_OF_BOOK = later(
    r"^[ \t]{0,12}\{\{#(?:ref\}\}[ \t]*\n[^\n]{1,300}\n[ \t]{0,12}\{\{#endref"
    r"|[a-z_]{2,20}(?:[ \t][^{}\n]{1,300})?)\}\}[ \t]*$",
    re.M,
)
"""The same of a book: "{{#include banner.md}}", "{{#ref}}", the page shown, "{{#endref}}"."""
_CODE = later(
    r"^[ \t]{0,8}(?:\{% ?(?:end)?highlight[^{}\n]{0,80}%\}"
    r"|\{\{[<%] ?/? ?highlight[^{}\n]{0,80}[>%]\}\})[ \t]*$",
    re.M,
)
_OWN_PAGE = later(
    r"\[([^\[\]\n]{1,300})\]\((?:\{\{[^{}\n]{1,200}\}\}|\{%[^{}\n]{1,200}%\})[^()\s]{0,300}\)"
)
"""A link to a page of the same site: "[by a third]({% post_url 2015-05-11-rents %})"."""
_IMPORT = later(
    r"^(?:import\s(?:(?:[\w*$]{1,60}|\{[^{}\n]{1,200}\})\sfrom\s)?[\"'][@./\w-]{1,200}[\"'];?"
    r"|export (?:const|let|default|function|async)\b[^\n]{1,400})[ \t]*$",
    re.M,
)
"""What a page of components takes from elsewhere: "import { Note } from 'notes'"."""


def _caption_of(match: re.Match[str]) -> str:
    """What is shown of an included part: its caption; all that has an address or a text."""
    said = match[0]
    if "://" in said or "text=" in said:
        return said
    caption = _CAPTION.search(said)
    return caption[1] if caption else ""


SITE_COMMANDS: tuple[Spelling, ...] = (
    ("{:", _LIST_TO_COME, ""),
    ("{::", _UNREAD, ""),
    ("endcomment", _REMARK, ""),
    ("/comment", _REMARK, ""),
    ("/ comment", _REMARK, ""),
    ("{:", _OF_BLOCK, ""),
    ("{:", _OF_SPAN, ""),
    ("){", _OF_SPAN, ""),
    ("]({", _OWN_PAGE, r"\1"),
    ("{%", _CODE, "```"),
    ("{{", _CODE, "```"),
    ("{%", _INCLUDED, _caption_of),
    ("{%", _COMMAND_ALONE, ""),
    ("{{<", _COMMAND_ALONE, ""),
    ("{{#", _OF_BOOK, ""),
    ("import ", _IMPORT, ""),
)
