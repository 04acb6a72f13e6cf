"""Document -> sentences with their citation groups."""

from ledger.split.sentences import Sentence, split

__all__ = ["Sentence", "split"]
