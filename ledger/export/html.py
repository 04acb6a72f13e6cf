"""An audit -> one HTML page, to read, to print and to hand on: the Markdown of the audit, rendered.

The blocks are ours, and set here; whatever stands in them is read and set by markdown-it.

The page asks nobody for anything and runs nothing: its style is in it, scripts and pictures are
refused by its own policy, and what comes from outside is text, as it is in the Markdown.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from ledger.audit import Audit, AuditSet
from ledger.called import called
from ledger.export.cells import one_line, visible
from ledger.export.jumps import Jumps
from ledger.export.markdown import PART, blocks
from ledger.export.set_by import set_by
from ledger.export.wording import counted

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LINKS = '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="nofollow">\n'
"""Said once for all links: the pages that they lead to are told nothing of the audit."""

_WRITTEN = "autolink backticks emphasis entity escape newline".split()
"""The rules of markdown-it for what stands in a block of an audit."""

_SIGNS = re.compile(r"[\n\\`*_<&]")
"""Where one of these rules may begin."""

_LABEL = re.compile(r"\*\*([\w ,.:]+)\*\* (?=\S)")
"""What stands in bold before the words of a paragraph: always our own, and no bold follows."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of a sentence whose stop would stand on the wrong side, were it a part of our line."""

_SAME = 4000
"""Words that are kept rendered: figures, names, and the sentences that an article has twice."""

_ENCODED = re.compile("%|xn--", re.IGNORECASE)
"""What is decoded in the words of an address: signs, and names of hosts."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; border-bottom: 1px solid; }
h1, h2, h3, h4 { break-after: avoid; } li, tr { break-inside: avoid; }
h1, h2, h3, h4, p, li, td { overflow-wrap: anywhere; }
p { margin: .9rem 0 .2rem; } ul { margin: .2rem 0 .9rem; }
table { border-collapse: collapse; width: 100%; }
td, th { padding: .25rem .4rem; text-align: left; } td.n { white-space: nowrap; }
td.n, th.n { text-align: right; }
tr { border-bottom: 1px solid #8886; vertical-align: top; }
td:first-child, td:nth-child(2):not(.n) { min-width: 9rem; } .wide { overflow-x: auto; }
.wide tr > :first-child { position: sticky; left: 0; background: Canvas; }
:target { background: #fc05; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 1.2rem 0; }
section { content-visibility: auto; contain-intrinsic-height: auto 300rem; }
@media (max-width: 40rem) { td, th { padding: .25rem .35rem; } }
@media (max-width: 40rem) { td:first-child { min-width: 7.5rem; max-width: 40vw; } }
@media (max-width: 40rem) { .wide tr > :first-child { box-shadow: 1px 0 #8886; } }
@media print { .wide { overflow: visible; } nav { display: none; } }
@media print { .wide tr > :first-child { position: static; background: none; } }
@media print { section { content-visibility: visible; } }
@media print { html { font-size: 10pt; } body { max-width: none; margin: 0; } }
@media print { a { text-decoration: none; } }
"""


LONG = 3_000_000
"""Characters from which a browser lays out only the parts that are seen: a second's work for it.
What is shorter is whole at once, also for a picture that is taken without waiting."""


def to_html(audit: Audit | AuditSet) -> Iterator[str]:
    """The audit as a page by itself, ending with a newline."""
    several = isinstance(audit, AuditSet)
    jumps = Jumps(several=several)
    rendered = map(_Blocks(jumps).part, _parts(audit))
    title = f"Citation audit: {_name(audit)}"
    yield (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"{_LINKS}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    yield next(rendered)
    with set_by(rendered) as parts:  # the contents stand before them
        yield jumps.contents()
        long = several and parts.characters > LONG
        yield from (f"<section>\n{part}</section>\n" if long else part for part in parts)
    yield "</body>\n</html>\n"


def _parts(audit: Audit | AuditSet) -> Iterator[str]:
    """What stands above the first part, and each part, as Markdown."""
    part: list[str] = []
    for block in blocks(audit):
        if block.startswith(PART):
            yield "\n\n".join(part)
            part = []
        part.append(block)
    yield "\n\n".join(part)


class _Blocks:
    """Markdown as an audit writes it -> HTML: what is a heading, a list or a table, we know.

    To find that out line by line takes markdown-it longer than everything else. Of the words in
    them, which are others', it makes HTML, and nobody else does.
    """

    def __init__(self, jumps: Jumps) -> None:
        self._jumps = jumps
        self._reader = _Reader("zero", {"breaks": True})  # an alternative has its own line
        self._reader.enable(_WRITTEN)
        self._renderer = RendererHTML()
        self._reader.inline.terminator_re = _SIGNS
        self._words = lru_cache(_SAME)(self._rendered)

    def part(self, part: str) -> str:
        """Blocks between which are empty lines."""
        return "".join(map(self._block, part.split("\n\n")))

    def _block(self, block: str) -> str:
        if block.startswith("#"):
            return self._heading(block)
        if block.startswith("- "):
            lines = (line.replace("\n  ", "\n") for line in block[2:].split("\n- "))
            items = "".join([f"<li>{self._line(line.strip())}</li>\n" for line in lines])
            return f"<ul>\n{items}</ul>\n"
        if block.startswith("| "):
            return self._table(block)
        return self._paragraph(block.strip()) if block else ""

    def _paragraph(self, words: str) -> str:
        if not (label := _LABEL.match(words)):
            return f"<p>{self._line(words)}</p>\n"
        said = self._words(words[label.end() :])
        said = f"<bdi>{said}</bdi>" if _RIGHT_TO_LEFT.search(said) else said
        at = _at(self._jumps.claim(words))
        return f"<p{at}><strong>{label[1]}</strong> {said}</p>\n"

    def _heading(self, block: str) -> str:
        marks, _, words = block.partition(" ")
        tag, inside = f"h{len(marks)}", self._read(words.strip())
        id = self._jumps.heading(tag, words, "".join(token.content for token in inside))
        return f"<{tag}{_at(id)}>{self._set(inside)}</{tag}>\n"

    def _line(self, words: str) -> str:
        """Words in which a claim may be named that is a jump away."""
        if not self._jumps.has_lines:
            return self._words(words)
        return self._set(self._jumps.line(self._read(words)))

    def _table(self, block: str) -> str:
        """A table of its own width: one that is wider than the window is moved by itself.

        A cell of figures has a short class: a large audit has a hundred thousand of them.
        """
        heads, rules, *rows = block.split("\n")
        kinds = ["" if rule == "---" else ' class="n"' for rule in _cells(rules)]

        def row(line: str, tag: str) -> str:
            cells = zip(kinds, _cells(line), strict=True)
            return f"<tr>\n{''.join([self._cell(tag, kind, cell) for kind, cell in cells])}</tr>\n"

        body = "".join([row(line, "td") for line in rows])
        body = f"<tbody>\n{body}</tbody>\n" if rows else ""
        head = f"<thead>\n{row(heads, 'th')}</thead>\n"
        return f'<div class="wide"><table>\n{head}{body}</table></div>\n'

    def _cell(self, tag: str, kind: str, cell: str) -> str:
        words = self._words(cell.strip())
        if (id := self._jumps.row(cell)) is not None and tag == "td":
            words = f'<a href="#{id}">{words}</a>'
        return f"<{tag}{kind}>{words}</{tag}>\n"

    def _rendered(self, words: str) -> str:
        return self._set(self._read(words))

    def _read(self, words: str) -> list[Token]:
        if not _SIGNS.search(words):
            return [Token("text", "", 0, content=words)] if words else []
        return self._reader.parseInline(words)[0].children or []

    def _set(self, tokens: list[Token]) -> str:
        return self._renderer.renderInline(tokens, self._reader.options, {})


def _at(id: str | None) -> str:
    return "" if id is None else f' id="{id}"'


def _cells(line: str) -> list[str]:
    """Of a row of a table: a bar in a cell has a sign before it."""
    return line[2:-2].split(" | ")


class _Reader(MarkdownIt):
    """Keeps addresses as they are, and shows what would act in their words, which are decoded."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - its name there
        return url  # `address` has encoded it

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - its name there
        decoded = super().normalizeLinkText(link) if _ENCODED.search(link) else link
        return visible(decoded)


def _name(audit: Audit | AuditSet) -> str:
    if isinstance(audit, AuditSet):
        return counted(len(audit), "article")
    return one_line(called(audit.page.title, audit.page.url))
