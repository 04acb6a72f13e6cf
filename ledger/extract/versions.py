"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/22"
BOOK = "ledger-book/14"
HTML = "ledger-html/23"
JATS = "ledger-jats/12"
MARKDOWN = "ledger-markdown/22"
MESSAGE = "ledger-message/16"
NOTEBOOK = "ledger-notebook/12"
OPEN_DOCUMENT = "ledger-opendocument/14"
PDF = "ledger-pdf/22"
TEXT = "ledger-text/22"
WIKITEXT = "ledger-wikitext/20"
WORD = "ledger-word/22"
