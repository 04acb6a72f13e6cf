"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/24"
BOOK = "ledger-book/16"
HTML = "ledger-html/25"
JATS = "ledger-jats/14"
MARKDOWN = "ledger-markdown/24"
MESSAGE = "ledger-message/18"
NOTEBOOK = "ledger-notebook/14"
OPEN_DOCUMENT = "ledger-opendocument/16"
PDF = "ledger-pdf/24"
TEXT = "ledger-text/24"
WIKITEXT = "ledger-wikitext/22"
WORD = "ledger-word/24"
