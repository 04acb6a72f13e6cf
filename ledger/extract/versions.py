"""Each reader by name and version, as `Document.extractor` says it.

Whoever changes what a reader makes of a document gives it another version: then what was recorded
is read anew when it is ingested again.
"""

ANSWER = "ledger-answer/21"
BOOK = "ledger-book/13"
HTML = "ledger-html/22"
JATS = "ledger-jats/11"
MARKDOWN = "ledger-markdown/21"
MESSAGE = "ledger-message/15"
NOTEBOOK = "ledger-notebook/11"
OPEN_DOCUMENT = "ledger-opendocument/13"
PDF = "ledger-pdf/21"
TEXT = "ledger-text/21"
WIKITEXT = "ledger-wikitext/19"
WORD = "ledger-word/21"
