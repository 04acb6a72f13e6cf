"""What the reader of pages finds in a page, as the cases under fixtures/pages write it."""

from ledger.extract.html import read_html


def found_in(html: str) -> dict[str, object]:
    """Text, markers, links, references, findings and metadata; what is empty is left out."""
    document = read_html(html)
    markers = [
        [
            document.text[max(0, m.at - 12) : m.at],
            *m.labels,
            *([f"part {m.part}"] if m.part else []),
        ]
        for m in document.mentions
        if m.labels
    ]
    links = [
        [document.text[m.at - m.anchor : m.at], m.url, *([m.form] if m.form != "link" else [])]
        for m in document.mentions
        if not m.labels
    ]
    references = [[r.marker, r.title, *r.urls] for r in document.references]
    found: dict[str, object] = {
        "title": document.title,
        "byline": list(document.byline),
        "published": document.published,
        "language": document.language,
        "blocks": [[b.role, document.text[b.start : b.end]] for b in document.blocks],
        "markers": markers,
        "links": links,
        "references": references,
        "findings": [[finding.code, finding.detail] for finding in document.findings],
    }
    return {name: value for name, value in found.items() if value}
