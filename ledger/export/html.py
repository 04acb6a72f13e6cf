"""An audit -> one HTML page, to read, to print and to hand on: the Markdown of the audit, rendered.

The page asks nobody for anything and runs nothing: its style is in it, scripts and pictures are
refused by its own policy, and what comes from outside is text, as it is in the Markdown.
"""

from collections.abc import Iterator
from html import escape

from ledger.audit import Audit, AuditSet
from ledger.called import called
from ledger.export.cells import one_line
from ledger.export.jumps import Jumps
from ledger.export.markdown import PART, blocks
from ledger.export.rendered import rendered
from ledger.export.set_by import set_by
from ledger.export.wording import counted

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LINKS = '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="nofollow">\n'
"""Said once for all links: the pages that they lead to are told nothing of the audit."""

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
@media print { section { content-visibility: visible; } }
@media print { html { font-size: 10pt; } body { max-width: none; margin: 0; } }
@media print { a { text-decoration: none; } }
"""


_LONG = 3_000_000
"""Characters from which a browser lays out only the parts that are seen: a second's work for it.
What is shorter is whole at once, also for a picture that is taken without waiting."""


def to_html(audit: Audit | AuditSet) -> Iterator[str]:
    """The audit as a page by itself, ending with a newline."""
    several = isinstance(audit, AuditSet)
    jumps = Jumps(several=several)
    pieces = (rendered(part, jumps) for part in _parts(audit))
    title = f"Citation audit: {_name(audit)}"
    yield (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"{_LINKS}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    yield next(pieces)
    with set_by(pieces) as parts:  # the contents stand before them
        yield jumps.contents()
        long = several and parts.characters > _LONG
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


def _name(audit: Audit | AuditSet) -> str:
    if isinstance(audit, AuditSet):
        return counted(len(audit), "article")
    return one_line(called(audit.page.title, audit.page.url))
