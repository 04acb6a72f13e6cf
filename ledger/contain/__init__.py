"""Untrusted bytes -> Document, in a process that may die.

    Workers ──► Process ═══ socket, JSON ═══ worker ──► a reader, such as extract.read
    (which page  (one child, as its           (the child: limits, one page
    goes where)   parent sees it)              after another)

Pages, PDF and whatever else goes through parsers that we did not write are read in warm child
processes with `limits` of time and memory. What kills a child is a failure of that page; the next
one is read by another child. What our own linear readers take stays in this process.

`workers` has the children, each of which is a `process`; the child runs `worker`. Between them go
`messages` in `frames`, and for the reader of articles `documents`.
"""

from ledger.contain.limits import READER, Limits
from ledger.contain.workers import Workers

__all__ = ["READER", "Limits", "Workers"]
