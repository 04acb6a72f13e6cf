"""The ending of a file in a folder -> whether it is read there, or what can be done about it."""

from functools import lru_cache
from importlib.util import find_spec

_MARKUP = (
    ".md .markdown .mdown .mkd .mkdn .mdx .qmd .rmd .txt .text .org .rst .tex .latex .ltx .adoc "
    ".asciidoc .typ .wiki .mediawiki .wikitext"
)
_PAGES = ".html .htm .xhtml .mht .mhtml .webarchive .eml"
_DOCUMENTS = ".docx .docm .odt .epub .ipynb .nxml .pdf"
READABLE = frozenset(f"{_MARKUP} {_PAGES} {_DOCUMENTS}".split())
"""Endings of the files that a folder is searched for; a file named by itself may have any."""

JSON = frozenset({".json", ".jsonl", ".ndjson", ".sse"})
"""Endings of what may be the answer of an AI service, as its contents say."""

ARCHIVES = (".warc", ".warc.gz")
"""Endings of files that hold many pages."""

_TO_WORD = "save it as .docx, or: soffice --headless --convert-to docx FILE"
_SHORTCUT = "it only names an address: give that instead"
_PACKED = "it is packed: unpack it"
_NO_ANSWER = "it is not the answer of an AI service, is incomplete, or has more than 16 MiB"
_WHY_NOT = {
    ".doc": _TO_WORD,
    ".rtf": _TO_WORD,
    ".pages": "export it as Word (.docx)",
    ".gdoc": "it is only a link to a Google document: download that as .docx",
    ".mbox": "it holds many mails: save each as .eml",
    ".msg": "save it as .eml",
    **dict.fromkeys((".url", ".webloc"), _SHORTCUT),
    **dict.fromkeys(JSON, _NO_ANSWER),
    **dict.fromkeys((".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar"), _PACKED),
}


def is_archive(name: str) -> bool:
    """Whether a file is called as a WARC is."""
    return name.lower().endswith(ARCHIVES)


def why_not(name: str, ending: str) -> str | None:
    """Say what can be done about a file in a folder that is not read, or what it is not.

    None where nothing is known: it is no text, or nobody takes it for an article.
    """
    if is_archive(name):
        return "what it holds is read by ledger ingest"
    if ending == ".pdf":
        return "to read PDF: pip install 'claim-ledger[pdf]'"
    return _WHY_NOT.get(ending)


@lru_cache
def reads_pdf() -> bool:
    """Whether what PDF needs is installed."""
    return find_spec("pypdf") is not None
