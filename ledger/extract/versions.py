"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/16"
BOOK = "ledger-book/8"
HTML = "ledger-html/17"
JATS = "ledger-jats/6"
MARKDOWN = "ledger-markdown/16"
MESSAGE = "ledger-message/10"
NOTEBOOK = "ledger-notebook/6"
OPEN_DOCUMENT = "ledger-opendocument/8"
PDF = "ledger-pdf/16"
TEXT = "ledger-text/16"
WIKITEXT = "ledger-wikitext/14"
WORD = "ledger-word/16"
