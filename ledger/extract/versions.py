"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/25"
BOOK = "ledger-book/17"
HTML = "ledger-html/26"
JATS = "ledger-jats/15"
MARKDOWN = "ledger-markdown/25"
MESSAGE = "ledger-message/19"
NOTEBOOK = "ledger-notebook/15"
OPEN_DOCUMENT = "ledger-opendocument/17"
PDF = "ledger-pdf/25"
TEXT = "ledger-text/25"
WIKITEXT = "ledger-wikitext/23"
WORD = "ledger-word/25"
