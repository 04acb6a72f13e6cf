"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/15"
BOOK = "ledger-book/7"
HTML = "ledger-html/16"
JATS = "ledger-jats/5"
MARKDOWN = "ledger-markdown/15"
MESSAGE = "ledger-message/9"
NOTEBOOK = "ledger-notebook/5"
OPEN_DOCUMENT = "ledger-opendocument/7"
PDF = "ledger-pdf/15"
TEXT = "ledger-text/15"
WIKITEXT = "ledger-wikitext/13"
WORD = "ledger-word/15"
