"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/18"
BOOK = "ledger-book/10"
HTML = "ledger-html/19"
JATS = "ledger-jats/8"
MARKDOWN = "ledger-markdown/18"
MESSAGE = "ledger-message/12"
NOTEBOOK = "ledger-notebook/8"
OPEN_DOCUMENT = "ledger-opendocument/10"
PDF = "ledger-pdf/18"
TEXT = "ledger-text/18"
WIKITEXT = "ledger-wikitext/16"
WORD = "ledger-word/18"
