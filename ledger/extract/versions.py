"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/13"
BOOK = "ledger-book/5"
HTML = "ledger-html/14"
JATS = "ledger-jats/3"
MARKDOWN = "ledger-markdown/13"
MESSAGE = "ledger-message/7"
NOTEBOOK = "ledger-notebook/3"
OPEN_DOCUMENT = "ledger-opendocument/5"
PDF = "ledger-pdf/13"
TEXT = "ledger-text/13"
WIKITEXT = "ledger-wikitext/11"
WORD = "ledger-word/13"
