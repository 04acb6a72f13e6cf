"""An element of a JATS article -> its name, its words, and where it leads."""

from xml.etree.ElementTree import Element

XLINK = "{http://www.w3.org/1999/xlink}href"


def named(element: Element) -> str:
    """The name of an element, whatever its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words(element: Element | None) -> str:
    """All words of an element, in one line; empty for none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def link_of(element: Element) -> str:
    """Where a link leads; empty where its address is none of the web."""
    address = (element.get(XLINK) or words(element)).strip()
    kind = element.get("ext-link-type") or element.get("pub-id-type") or ""
    if address.lower().startswith(("http://", "https://")):
        return address
    if kind == "doi" or address.startswith("10."):
        return f"https://doi.org/{address.removeprefix('doi:').strip()}"
    if kind == "pmid" and address.isdecimal():
        return f"https://pubmed.ncbi.nlm.nih.gov/{address}/"
    if kind in ("pmc", "pmcid") and address:
        return f"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{address.removeprefix('PMC')}/"
    if kind == "arxiv" and address:
        return f"https://arxiv.org/abs/{address.lower().removeprefix('arxiv:').strip()}"
    return ""
