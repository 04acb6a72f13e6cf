"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/11"
BOOK = "ledger-book/3"
HTML = "ledger-html/12"
JATS = "ledger-jats/1"
MARKDOWN = "ledger-markdown/11"
MESSAGE = "ledger-message/5"
NOTEBOOK = "ledger-notebook/1"
OPEN_DOCUMENT = "ledger-opendocument/3"
PDF = "ledger-pdf/11"
TEXT = "ledger-text/11"
WIKITEXT = "ledger-wikitext/9"
WORD = "ledger-word/11"
