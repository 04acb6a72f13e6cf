"""Rare notations for markers and links: one row of a table for each.

A row has the characters without which the notation cannot occur, its pattern, and what replaces it.
A new notation is a new row here and a case under `fixtures/dialects/`. The rows are applied in
order, each to the result of those above it. `foreign_marks` applies `MARKS` and `LINKS`, and later
`spelled_out` applies `SPELLINGS`.
"""

import re

from ledger.extract.markers.place import YEARS
from ledger.extract.respell.attributes import ATTRIBUTES
from ledger.extract.respell.citeproc import as_one_line, with_head, without_places
from ledger.extract.respell.inline import LINKED_PICTURES
from ledger.extract.respell.line_blocks import LINE_BLOCK, as_lines
from ledger.extract.respell.raised_notes import RAISED_NOTES, each_on_its_line
from ledger.extract.respell.respelled import Spelling
from ledger.patterns import IN_ROUND, later

_NO_BULLET = r"[^\s*+#>•–-]"
_NUMBER_LINK = r"\[[0-9]{1,4}\]\([^\s()]{1,2000}\)"
_QUOTED = r"[ \t>]{0,8}"
_IN_TAG = r"(?:[^<>\n]|\n>?){1,300}+"
_PLACE_LINK = r"\[[0-9]{1,4}\]\(#[^\s()]{1,80}\)"
_LINKED = (
    r"(?:<a\s[^<>]{1,400}>[^<>]{1,80}</a>|\[[^\[\]]{1,80}\]\([^()\s]{1,400}\)(?:\{[^{}]{1,60}\})?)"
)
_ESCAPED_ADDRESS = later(r"\\(?=[:./-])")
_ESCAPED = later(r"\\([\[\](){}.,;:*_-])")
_ELEMENT = later(r"[A-Z][a-z]?(?![a-z])")
_SYMBOL, _LONGEST_SYMBOL = later(r"(?<![\w.])[A-Z][a-z]?\Z"), 3
"""The symbol of an element, and characters in which it stands with the one before it."""

_VAULT_PAGE = (
    r"\[\[((?:sources?|raw|refs?|references|literature|papers|clippings|bibliography)/"
    r"[^\[\]|\n]{1,160})(?:\|[^\[\]\n]{1,100})?\]\]"
)

_DASHED = r"(?:>[ \t]?)?[ \t]{0,8}— (?=[^\s(])[^\n]{1,2000}"
_LONG_DASH = later(r"^((?:>[ \t]?)?[ \t]{0,8})— ", re.M)

SPELLINGS: tuple[Spelling, ...] = (
    # Lines that begin with a bar, whose ends are kept: "| [1] Roe, Dams".
    ("\n| ", LINE_BLOCK, as_lines),
    # Items that a program counts: "#. Open the gate".
    ("#. ", later(r"^([ \t]{0,12})#\.(?=[ \t]{1,4}\S)", re.M), r"\1- "),
    # Items behind long dashes, one below the other; one alone may name who said what is above it.
    (
        "— ",
        later(rf"^{_DASHED}(?:\n{_DASHED}){{1,200}}", re.M),
        lambda items: _LONG_DASH.sub(r"\1– ", items[0]),
    ),
    # A number, and its link in brackets: "[1]([example.org](https://example.org/a))".
    (
        "]([",
        later(r"(\[[0-9]{1,4}\])\(\[[^\[\]\n]{1,200}\]\(((?:https?://|www\.)[^\s()]{3,2000})\)\)"),
        r"\1(\2)",
    ),
    # The same in plain text, behind words: "It fell. [1] (https://…), [2] (https://…)".
    (
        "] (http",
        later(
            rf"\[(?:(?<={_NO_BULLET}\[)|(?<={_NO_BULLET} \[))([0-9]{{1,3}}\])"
            rf" (?=\(https?://(?:[^\s()<>]|{IN_ROUND}){{3,2000}}+\))"
        ),
        r"[\1",
    ),
    # What ties a command to the word before it: "dams~\cite{roe}".
    ("~\\", later(r"~(?=\\[A-Za-z]{0,9}[Cc]ite)"), " "),
    # A number with its page behind it, which looks like a link: "[1](p12)".
    ("](p", later(r"\[([0-9]{1,4})\]\(pp?\.?\s?([0-9]{1,5}(?:[-–][0-9]{1,5})?)\)"), r"[\1, p. \2]"),
    # The word is the marker's: "It fell [Footnote 2]".
    ("ootnote 1]", later(r"\[[Ff]ootnote ([0-9]{1,4})\]"), r"[\1]"),
    # Notes as services print judgments: "of jurisdiction.[FN1]", below it "FN1. See Roe v. Doe.".
    ("[FN", later(r"^([ \t]{0,8})FN ?([0-9]{1,3})[.:]?[ \t]{1,8}(?=[^\s])", re.M), r"\1[^FN\2]: "),
    ("[FN", later(r"\[FN ?([0-9]{1,3})\]"), r"[^FN\1]"),
    # An ampersand as pages spell it: "(Roe &amp; Doe, 2020)".
    ("&amp;", later(r"&amp;(?!#|[A-Za-z]{1,10};)"), "&"),
    ("&quot;", later("&quot;"), '"'),
    # An entry that is a number, a colon and an address: "1: https://…".
    (
        "\n1: http",
        later(r"^([ \t]{0,3})([0-9]{1,3}): (?=https?://\S{3,2000}[ \t]*$)", re.M),
        r"\1[\2]: ",
    ),
    # What a template is told, on lines of its own: a figure, a table.
    ("\n{{", later(r"^\{\{[-~]?\s{0,8}\w{1,40}\([^{}]{0,4000}\)\s{0,8}[-~]?\}\}[ \t]*$", re.M), ""),
    # An item of a table of contents, as an element.
    (
        "<li><a",
        later(
            r"^[ \t]{0,12}<li><a href=\"#(?P<place>[^\"<>\s]{1,200})\">"
            r"(?P<words>[^<>\n]{1,200})</a>(?:</li>)?[ \t]*$"
            r"(?:\n[ \t]{0,12}</?(?:ul|ol|li)>[ \t]*$){0,12}",
            re.M,
        ),
        r"- [\g<words>](#\g<place>)",
    ),
    *ATTRIBUTES,
    # How an export sets the words of links: "[[https://…]{.underline}](https://…)".
    ("[<u>", later(r"\[<u>([^<>\[\]\n]{1,2000})</u>\]\("), r"[\1]("),
    # The words of a link whose address is escaped: "[https\://www\.example.org/a](https://…)".
    (
        "\\://",
        later(r"\[https?\\://[^\s\[\]]{3,2000}+\](?=\()"),
        lambda link: _ESCAPED_ADDRESS.sub("", link[0]),
    ),
    # What a program of research adds to a title, its numbers again: "Dams (source nr: 1, 51)".
    ("(source nr: ", later(r" \(source nr: [0-9, ]{1,300}\)[ \t]*$", re.M), ""),
    # A blank that is escaped, before what belongs to its word: "the quay\ [@roe2020]".
    ("\\ ", later(r"\\ (?=[\[\\@])"), " "),
    ("¹ ", RAISED_NOTES, each_on_its_line),
    # A sign before the number of an entry: "🔗 [1] Roe, Dams.".
    ("🔗", later(r"^([ \t]{0,3})🔗\ufe0f?[ \t]{1,2}(?=\[?[0-9])", re.M), r"\1"),
    # How answers over a company's own documents cite: "[doc1]".
    ("[doc1]", later(r"\[doc([0-9]{1,3})\]"), r"[\1]"),
    # How answers over one's own documents cite a passage: "It rose ##0$$.", "It rose ~~0==.".
    ("$$", later(r"\s?##([0-9]{1,3})\$\$"), r" [ID:\1]"),
    ("~~", later(r"\s?~~([0-9]{1,3})==(?![\w~=])"), r" [ID:\1]"),
    # The number of an entry with a stop in its brackets: "[1.] Roe, Dams.".
    ("[1.]", later(r"^([ \t]{0,8}\[[0-9]{1,4})\.\](?=[ \t])", re.M), r"\1]"),
    # Small type around notes: it parts them from what is above, and is no line of theirs.
    ("<small>\n", later(r"^[ \t]{0,3}</?small>[ \t]*$", re.M), ""),
    # What stands between two notes of one place: "[^2]^,^[^3]", "[^2]<sup>,</sup>[^3]".
    ("]^,", later(r"\^(?<=\]\^),\s?\^(?=\[)"), ""),
    ("]<sup>,", later(r"<sup>(?<=\]<sup>),\s?</sup>(?=\[)"), ""),
    # Numbers set high, with pages: "^1(p12),2^".
    (
        "(p",
        later(
            r"\^(?=[^\^\n]{0,80}\(p)((?:[0-9]{1,4}(?:\(pp?[0-9,–-]{1,12}\))?(?:,\s?|(?=\^))){1,20})\^"
        ),
        r"<sup>\1</sup>",
    ),
    # Numbers that link to their entries, and that of an entry: "\[[1](#ref-1)–[3](#ref-3)\]".
    (
        "](#",
        later(rf"(\\\[|<sup>|\^)((?:{_PLACE_LINK}(?:[,;]\s?|[–-])?){{1,20}}+)(\\\]|</sup>|\^)"),
        without_places,
    ),
    # Links set high: "a dam.^([1](https://…))".
    ("^([", later(rf"\^\(({_NUMBER_LINK}(?:[,;\s]{{1,3}}{_NUMBER_LINK}){{0,20}})\)"), r"\1"),
    # Keys in brackets of links: "[[@roe2020]]".
    ("[[@", later(r"\[(\[-?@[^\[\]\n]{1,200}\])\]"), r"\1"),
    # A link to a note, set high: "^[\[1\]](#fn1)^".
    ("^[\\[", later(r"\^(\[\\\[[0-9]{1,4}\\\]\]\(#[^\s()]{1,100}\))\^"), r"\1"),
    # What raises a link in a forum: "five hours^[[1]](https://…)".
    ("^[", later(r"(?<!\[)\^(?=\[(?:\\?\[)?[0-9]{1,3}(?:\\?\])?\]\(https?:)"), ""),
    # A number raised there, its brackets escaped or not: "otherwise.^(\[3\])".
    ("^(", later(r"(?<!\[)\^\(\\?\[([0-9]{1,3}(?:, ?[0-9]{1,3}){0,9})\\?\]\)"), r"[\1]"),
    # The way back from a note, set high: "^[^](#fnref1)^".
    ("[^](#", later(r"\^(\*{0,2}\[\^\]\(#[^\s()]{1,100}\)\*{0,2})\^"), r"\1"),
    # A number linked to nothing: "[[3]]()".
    ("]]()", later(r"\[(\[[0-9]{1,4}\])\]\(\)"), r"\1"),
    # Several in brackets set high in one go: "^[2][3]^".
    ("]^", later(r"\^((?:\[[0-9]{1,4}\]){2,12})\^"), r"\1"),
    # A word that a copied answer has before its notes: "cite[^1_2]".
    ("cite[^", later(r"(?<![^\W_])cite(?=\[\^[0-9]{1,3}_[0-9]{1,3}\])"), ""),
    # The year of a work that leads to its entry: "Roe ([2020](#ref-roe2020), p. 3)".
    (
        "](#ref-",
        later(rf"\[({YEARS}[a-z]?(?:, [^\[\]\n]{{1,60}})?)\]\(#ref-[^\s()]{{1,100}}\)"),
        r"\1",
    ),
    # The list as citeproc sets it, and each entry in an element, its number and words in others.
    ("<style>", later(r"<style>[^<>]{1,2000}</style>"), ""),
    ("csl-bib-body", later(rf"^{_QUOTED}<div (?=id=\"refs\"){_IN_TAG}>", re.M), with_head),
    (
        "<div",
        later(
            rf"^{_QUOTED}<div\b(?=[^<>]{{0,200}}\b(?:class=\"csl-entry|id=\"ref-)){_IN_TAG}>"
            r"(?P<said>(?:[^<]|<(?!/?div\b)){1,4000}+)</div>",
            re.M,
        ),
        as_one_line,
    ),
    # The number of an entry as a key: "1️⃣ Roe, Dams.".
    ("\u20e3", later(r"^([ \t]{0,4}(?:[-*] )?)([1-9])\ufe0f?\u20e3[ \t]*", re.M), r"\1\2. "),
    # The sign of a site beside a link to it.
    ("favicon", later(r"!\[[^\[\]\n]{0,80}\]\([^()\s]{0,200}favicon[^()\s]{0,500}\)"), ""),
    # A picture alone in brackets, which would be left empty: "the length (![](<>))".
    ("(![](", later(r"[ \t]?\(!\[\]\([^()\s]{0,2000}\)\)"), ""),
    # Words linked to an entry by its number: "[this page](^2^)".
    ("](^", later(r"\[([^\[\]\n]{1,200})\]\(\^([0-9]{1,3})\^\)"), r"\1[\2]"),
    # An entry whose link has its number, too: "- [(1) Dams.](https://…)".
    (
        "[(1) ",
        later(r"^(?:[-*] )?\[\(([0-9]{1,2})\) ([^\[\]\n]{2,300})\]\((?=https?://)", re.M),
        r"[\1]: [\2](",
    ),
    # A link to a place of a page that a program read: "[\[2,](#page-3-1) [3\]](#page-3-2)".
    (
        "](#page-",
        later(r"\[((?:\\.|[^\[\]\\\n]){1,300}+)\]\(#page-[0-9]{1,5}-[0-9]{1,5}\)"),
        lambda match: _ESCAPED.sub(r"\1", match[1]),
    ),
    # Numbers set high in a formula, as programs that read printed papers write them, in brackets or
    # not, all signs parted or not: "$^ { 1 - 3 }$", "${ }^{12}$", "$^{[3,4]}$".
    (
        "^",
        later(
            r"\$\$? ?(?:\{ ?\} ?)?\^ ?\{ ?(\\?\[)? ?([0-9][0-9 ,–-]{0,60}?) ?(?(1)\\?\]) ?\} ?\$\$?"
        ),
        lambda match: match[0] if _is_formula(match) else f"<sup>{''.join(match[2].split())}</sup>",
    ),
    # What a page of Medium that was exported has at its end: author, day and own address.
    (
        "Exported from [Medium](",
        later(
            rf"^(?:By\s{_LINKED}\son\s{_LINKED}\.\s{{1,4}})?"
            rf"(?:(?=(?:<a\s[^<>]{{1,400}}>|\[)Canonical\slink\b){_LINKED}\s{{1,4}})?"
            r"Exported from \[Medium\]\(https://medium\.com/?\) on \w{3,9} [0-9]{1,2},"
            r" [0-9]{4}\.\s*\Z",
            re.M,
        ),
        "",
    ),
    # The name of a line at its end, to which links lead: "1. Roe, Dams. ^ref-1".
    ("](#^", later(r"[ \t]\^[A-Za-z0-9-]{1,40}[ \t]*$", re.M), ""),
    *LINKED_PICTURES,
    # Authors and year that lead to their entry, and that entry, as jekyll-scholar writes them; and
    # the first of these as org-cite has them: '(<a href="#item_1">Roe 2020</a>)'.
    (
        'href="#',
        later(
            r"<a [^<>\n]{0,200}\bhref=\"#[^\"<>\n]{1,100}\"[^<>\n]{0,100}>"
            rf"(\([^()<>\n]{{2,300}}, {YEARS}[a-z]?(?:, [^()<>\n]{{1,60}})?\)"
            rf"|[^()<>\n]{{2,300}} {YEARS}[a-z]?)</a>"
        ),
        r"\1",
    ),
    (
        "<li><span id=",
        later(
            r"<li><span id=\"[^\"<>\n]{1,100}\">"
            r"((?:[^<\n]|\n(?![ \t]*\n)|<(?!/?(?:span|li)\b)){1,4000}+)</span>(?=\s{0,4}</li>)"
        ),
        r"<li>\1",
    ),
    # Places that links lead to, without words.
    ("<span id=", later(r"<span id=\"[^\"<>\n]{1,100}\"></span>[ \t]?"), ""),
    (
        "<span id=",
        later(
            r"^([ \t]{0,8}(?:[-*+] )?)<span id=\"[^\"<>\n]{1,100}\">(\[[0-9]{1,4}\])</span>"
            r"(?= {0,3}[^\sa-z])",
            re.M,
        ),
        r"\1\2",
    ),
    ("<div id=", later(r"<div id=\"[^\"<>\n]{1,100}\"></div>[ \t]?"), ""),
    # An entry in the element that links lead to: '<p id="ref-1">[1] Roe. Dams.</p>'.
    (
        ' id="',
        later(
            r"^[ \t]{0,8}<(p|div) id=\"[^\"<>\n]{1,100}\">"
            r"(\[[^\[\]\n]{1,40}\][^\n]{1,3000}?)</\1>[ \t]{0,8}$",
            re.M,
        ),
        r"\2",
    ),
    # Numbers set high, the spaces between them escaped: "^4,\ 5^".
    (
        ",\\ ",
        later(r"\^[0-9]{1,4}(?:,\\ [0-9]{1,4}){1,20}\^"),
        lambda match: match[0].replace("\\ ", ""),
    ),
)
"""What programs write that export texts."""
LINKS: tuple[Spelling, ...] = (
    # A number that is a link of a chat: "<https://…|[1]>"; those with words are links everywhere.
    ("<http", later(r"<(https?://[^\s<>|]{3,2000})\|(\[?[0-9]{1,3}\]?)>"), r"[\2](\1)"),
    # A link of a tracker of tasks: "[the Herald|https://…]".
    ("|http", later(r"\[([^\[\]|\n]{1,200})\|(https?://[^\s\[\]|]{3,2000})\]"), r"[\1](\2)"),
    # A link of other wikis: "[[https://…|The Herald]]".
    (
        "[[http",
        later(r"(?<![!\[\\])\[\[(https?://[^\s\[\]|()]{3,2000})\|\s?([^\[\]|\n]{1,200})\]\]"),
        r"[\2](\1)",
    ),
    # A link of a wiki, no address with a remark: "[https://… The Herald]".
    (
        "[http",
        later(r"(?<!\])\[(https?://[^\s\[\],;]{3,2000}) ([0-9]{1,3}|[A-Z][^\[\]\n]{1,200})\]"),
        r"[\2](\1)",
    ),
    # A line that is a link, as texts of Gemini have it: "=> https://… The Herald".
    (
        "=> http",
        later(r"^=>[ \t]{1,4}(https?://\S{3,2000})[ \t]{1,4}(\S[^\n\[\]]{0,300})$", re.M),
        r"[\2](\1)",
    ),
    # A link of TeX: "\href{https://…}{The Herald}".
    ("\\href{", later(r"\\href\{(https?://[^\s{}]{3,2000})\}\{([^{}\n]{1,300})\}"), r"[\2](\1)"),
    # A marker in stress: "noted in **[1]**".
    (
        "*[",
        later(r"(\*(?:\*{1,2})?)(\[\^?[0-9]{1,4}(?:[,;–-]\s?[0-9]{1,4}){0,8}\])\1(?!\*)"),
        r"\2",
    ),
    # Numbers that are links, set high by carets, as Pandoc has them: "^[[1]](https://…)^".
    (
        "^[[",
        later(
            r"(?:\[ )?\^((?:\[\[[0-9]{1,3}\]\]\((?:[^\s()]|\([^\s()]{0,200}\)){1,2000}+\)){1,8})\^"
            r"(?: \]\{[.\w -]{1,40}\})?"
        ),
        r"\1",
    ),
    # A page of sources of the same vault behind what it carries: "It fell [[sources/roe-2021]].".
    (
        "[[",
        later(rf"(?<=\S )(?:\({_VAULT_PAGE}\)|{_VAULT_PAGE})(?=\s?(?:[.,;:!?)\n]|\[\[|\Z))", re.I),
        r"[Source: \1\2]",
    ),
)
"""Links of chats, trackers, wikis and TeX, and pages that are sources."""
MARKS: tuple[Spelling, ...] = (
    # Numbers in brackets that are set high with them: "It fell⁽¹⁾".
    ("⁽", later(r"⁽([⁰¹²³⁴-⁹]{1,3}(?:[⁻˒‚,][⁰¹²³⁴-⁹]{1,3}){0,8})⁾"), r"\1"),
    # A note where it is made, as DokuWiki has it, with an address.
    (
        "((",
        later(
            r"(?<=[\w.,;:!?\"”’»)])\(\((?=[^()\n]{0,400}(?:https?://|\[\[))((?:[^()\n]|\([^()\n]{0,300}\)){3,1500}+)\)\)"
        ),
        r"^[\1]",
    ),
    # A note of Textile: "fn1. Roe, Dams.".
    ("\nfn1. ", later(r"^fn([0-9]{1,3})\.[ \t]{1,4}(?=\S)", re.M), r"[\1]: "),
    # A line of a template of Ruby: "<%= image file: "dam.png" %>".
    ("<%", later(r"^[ \t]{0,8}<%(?:(?!%>)[^\n]){1,400}+%>[ \t]*$", re.M), ""),
    # Keys of MultiMarkdown, and their entries: "It fell.[p. 12][#roe2020]", "[#roe2020]: Roe".
    # Where no key has a place before it, such a line is of a log: "[#general]: The build fails".
    (
        "][#",
        later(r"(?<!\])\[#([A-Za-z][\w:.-]{1,60});?\](?:\[\]|(?=:[ \t]))"),
        r"[^\1]",
    ),
    (
        "[#",
        later(
            r"\[(?:(?:pp?|ch|chap|sec|S)\. ?[0-9ivxl][^\[\]\n]{0,40}|§[^\[\]\n]{1,40}"
            r"|[0-9–-]{1,12})?\]\[#([A-Za-z][\w:.-]{1,60});?\]"
        ),
        r"[^\1]",
    ),
    # A link to a page of the same vault, whose words are a number: "[[Sources/Herald|1]]".
    ("|1]]", later(r"\[\[[^\[\]|\n]{1,200}\|([0-9]{1,3})\]\]"), r"[\1]"),
    # A key that links to a program: "[@roe2020](zotero://…)".
    ("[@", later(r"\[(-?@[\w:.+/-]{2,80})\]\((?!https?:)[^()\s]{1,300}\)"), r"[\1]"),
    # A break before an entry of a list: "<br>[2]: Roe".
    ("<br", later(r"<br ?/?>[ \t]{0,4}(?=\[\^?[0-9]{1,3}\]:? \S)"), "\n"),
    # A link without a target behind a number: "[Sources: 1, 3]()"; a file's lines are others.
    ("]()", later(r"(\[[^\[\]/\n]{0,60}[0-9]\])\(\)"), r"\1"),
    # What parts two sources of one bracket: "[CITED: https://…; VERIFIED: registry]".
    ("; CITED: ", later(r"(?<=[^\s\[\]]); (?=CITED: [^\[\]\n]{2,300}\])"), "] ["),
    ("; VERIFIED: ", later(r"(?<=[^\s\[\]]); (?=VERIFIED: [^\[\]\n]{2,300}\])"), "] ["),
)
"""Other marks of forums, wikis and vaults."""


def _is_formula(match: re.Match[str]) -> bool:
    """Whether a number set high is of a sign beside it: "by ${}^{14}$C", "in R${}^{2}$"."""
    text, at = match.string, match.start()
    if _SYMBOL.search(text, max(0, at - _LONGEST_SYMBOL), at):
        return True
    return text[at - 1 : at] in {" ", "("} and _ELEMENT.match(text, match.end()) is not None
