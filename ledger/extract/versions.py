"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/17"
BOOK = "ledger-book/9"
HTML = "ledger-html/18"
JATS = "ledger-jats/7"
MARKDOWN = "ledger-markdown/17"
MESSAGE = "ledger-message/11"
NOTEBOOK = "ledger-notebook/7"
OPEN_DOCUMENT = "ledger-opendocument/9"
PDF = "ledger-pdf/17"
TEXT = "ledger-text/17"
WIKITEXT = "ledger-wikitext/15"
WORD = "ledger-word/17"
