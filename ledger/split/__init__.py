"""Document -> sentences with their citation groups.

`sentences` goes from block to block:

1. What the whole document shows: `habits` (how it is written; `small_letters`, `coded`),
   `source_lines` (blocks that only name the sources of another one: `only_sources`, `cards`),
   `opening` (markers that open a line and belong to the one above).
2. Where a block ends its sentences: `one_sentence` is asked first. `boundaries` asks a library;
   `cuts` adds what citations and languages say of its answer: `abbreviations` with `short_words`,
   `whole_words`, `cases`, `speakers` and `speech`. `spans` makes sentences of these places.
3. Sources behind a stop are of the sentence before: `asides`, `named_sources`, by the words of
   `leads` and `named_links`. Those that are called so are no words of it: `tails`.
4. `statements` says whether a sentence can be a claim.
"""

from ledger.split.sentences import Sentence, split

__all__ = ["Sentence", "split"]
