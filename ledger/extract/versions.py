"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/14"
BOOK = "ledger-book/6"
HTML = "ledger-html/15"
JATS = "ledger-jats/4"
MARKDOWN = "ledger-markdown/14"
MESSAGE = "ledger-message/8"
NOTEBOOK = "ledger-notebook/4"
OPEN_DOCUMENT = "ledger-opendocument/6"
PDF = "ledger-pdf/14"
TEXT = "ledger-text/14"
WIKITEXT = "ledger-wikitext/12"
WORD = "ledger-word/14"
