"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/20"
BOOK = "ledger-book/12"
HTML = "ledger-html/21"
JATS = "ledger-jats/10"
MARKDOWN = "ledger-markdown/20"
MESSAGE = "ledger-message/14"
NOTEBOOK = "ledger-notebook/10"
OPEN_DOCUMENT = "ledger-opendocument/12"
PDF = "ledger-pdf/20"
TEXT = "ledger-text/20"
WIKITEXT = "ledger-wikitext/18"
WORD = "ledger-word/20"
