"""The order of the stages. Read this first.

    receive ──► extract ──► split ──► resolve ──► attribute ──► Reading ──► store
    (network,   bytes to    sentences  where each   outlets      all        one
     files)     clean text  and groups marker leads named in     entries    transaction
                                                    prose

`receive` and the store are the two ends that touch the world. Everything between them is a pure
function of the bytes, their address and the time: `read`. `ingest` is the whole walk. `gather`
receives many inputs at once, `read_ahead` begins with the next while one is finished, `earlier`
is what a server is asked whether it still holds, `Together` records several inputs in one
transaction. Receiving is `ledger.inputs`. `link` records a person's decision about a citation that
the walk left open.
"""

from ledger.inputs import Found, Received, find_inputs, gather, is_url, receive
from ledger.pipeline.ahead import read_ahead
from ledger.pipeline.ingest import Outcome, earlier, ingest
from ledger.pipeline.link import link
from ledger.pipeline.read import read
from ledger.pipeline.together import Together

__all__ = [
    "Found",
    "Outcome",
    "Received",
    "Together",
    "earlier",
    "find_inputs",
    "gather",
    "ingest",
    "is_url",
    "link",
    "read",
    "read_ahead",
    "receive",
]
