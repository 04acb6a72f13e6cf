"""Small Word files, made part by part as Word itself names them."""

import io
import zipfile
from xml.sax.saxutils import quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def raised(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def link(text: str, relation: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def note(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def item(*runs: str) -> str:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{numbered}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def relations(targets: dict[str, str], *, inner: bool = False) -> str:
    mode = "" if inner else ' TargetMode="External"'
    return "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target={quoteattr(target)}{mode}/>'
        for key, (kind, target) in ((key, value.split(" ", 1)) for key, value in targets.items())
    )


def part(name: str, inside: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{name}>'


def word_file(
    *body: str,
    links: dict[str, str] | None = None,
    footnotes: str = "",
    endnotes: str = "",
    before: str = "",
    extra: dict[str, str] | None = None,
) -> bytes:
    """A Word file. `links` is relation to address, `before` what stands before the root."""
    external = relations({key: f"hyperlink {url}" for key, url in (links or {}).items()})
    own = relations(
        {
            "n1": "footnotes footnotes.xml",
            "n2": "endnotes endnotes.xml",
            "n3": "numbering numbering.xml",
            "n4": "styles styles.xml",
        },
        inner=True,
    )
    rels = f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'
    types = f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT}"/>'
    main = relations({"r1": "officeDocument word/document.xml"}, inner=True)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": rels % main,
        "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>", before),
        "word/_rels/document.xml.rels": rels % (own + external),
        "word/footnotes.xml": part("footnotes", footnotes),
        "word/_rels/footnotes.xml.rels": rels % external,
        "word/endnotes.xml": part("endnotes", endnotes),
        "word/_rels/endnotes.xml.rels": rels % external,
        "word/numbering.xml": part("numbering", NUMBERING),
        "word/styles.xml": part("styles", STYLES),
        **(extra or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()
