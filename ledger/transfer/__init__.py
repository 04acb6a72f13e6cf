"""A ledger <-> JSON Lines that carry every entry, so that it moves between databases.

One line each, in the order of the journal: a head, then for every record the entry as it was
digested, before the first capture of some bytes those bytes, and an end that says how many there
were. What is read in is checked as `ledger.journal` checks it, before anything is kept: the copy
has the same head, or nothing is recorded. The lines are described in docs/export.md.

`write` writes them; `take` takes them in: `lines` as objects, of which `records`, `pages` and
`redactions` check what each kind of line says.
"""

from ledger.transfer.take import Taken, take_in
from ledger.transfer.write import write_out

__all__ = ["Taken", "take_in", "write_out"]
