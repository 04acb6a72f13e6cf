"""An audit -> one HTML page, to read, to print and to hand on: the Markdown of the audit, rendered.

The page asks nobody for anything and runs nothing: its style is in it, scripts and pictures are
refused by its own policy, and what comes from outside is text, as it is in the Markdown.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

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

_WRITTEN = "heading list table autolink backticks emphasis entity escape newline".split()
"""The rules of markdown-it for what an audit has."""

_ENCODED = re.compile("%|xn--", re.IGNORECASE)
"""What is decoded in the words of an address: signs, and names of hosts."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
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
    reader = _reader()
    # Part by part: the tokens of a large audit as a whole are twenty times its text.
    rendered = (
        reader.renderer.render(jumps.set_into(reader.parse(part)), reader.options, {})
        for part in _parts(audit)
    )
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


def _reader() -> MarkdownIt:
    """Reads what an audit writes, and nothing else that Markdown may be."""
    reader = _Reader("zero", {"breaks": True}).enable(_WRITTEN)  # an alternative has its own line
    reader.add_render_rule("td_open", _cell)
    reader.add_render_rule("th_open", _cell)
    reader.add_render_rule("table_open", _table)
    reader.add_render_rule("table_close", _table_end)
    return reader


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


def _cell(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """A cell of figures has a short class: a large audit has a hundred thousand of them."""
    if tokens[at].attrs.pop("style", "") == "text-align:right":
        tokens[at].attrSet("class", "n")
    return renderer.renderToken(tokens, at, options, env)


def _table(*_: object) -> str:
    """A table that is wider than the window is moved by itself."""
    return '<div class="wide"><table>\n'


def _table_end(*_: object) -> str:
    return "</table></div>\n"
