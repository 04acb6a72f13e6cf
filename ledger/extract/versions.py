"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/12"
BOOK = "ledger-book/4"
HTML = "ledger-html/13"
JATS = "ledger-jats/2"
MARKDOWN = "ledger-markdown/12"
MESSAGE = "ledger-message/6"
NOTEBOOK = "ledger-notebook/2"
OPEN_DOCUMENT = "ledger-opendocument/4"
PDF = "ledger-pdf/12"
TEXT = "ledger-text/12"
WIKITEXT = "ledger-wikitext/10"
WORD = "ledger-word/12"
