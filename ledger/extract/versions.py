"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/23"
BOOK = "ledger-book/15"
HTML = "ledger-html/24"
JATS = "ledger-jats/13"
MARKDOWN = "ledger-markdown/23"
MESSAGE = "ledger-message/17"
NOTEBOOK = "ledger-notebook/13"
OPEN_DOCUMENT = "ledger-opendocument/15"
PDF = "ledger-pdf/23"
TEXT = "ledger-text/23"
WIKITEXT = "ledger-wikitext/21"
WORD = "ledger-word/23"
