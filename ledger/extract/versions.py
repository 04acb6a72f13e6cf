"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/19"
BOOK = "ledger-book/11"
HTML = "ledger-html/20"
JATS = "ledger-jats/9"
MARKDOWN = "ledger-markdown/19"
MESSAGE = "ledger-message/13"
NOTEBOOK = "ledger-notebook/9"
OPEN_DOCUMENT = "ledger-opendocument/11"
PDF = "ledger-pdf/19"
TEXT = "ledger-text/19"
WIKITEXT = "ledger-wikitext/17"
WORD = "ledger-word/19"
