"""What a person names -> bytes: the stage that touches files and the network.

`find` finds inputs in folders (what is one, say `endings`, and `exports` of chats), `listed` those
that a list names. `receive` gets one: from the web, or by `files` (`near_file`, where none is
there), with the address it was `saved` from. `gather` gets many at once, `ahead` begins with the
work on the next one while one is finished. All of it starts without what reads articles: that may
be needed in another process only.
"""

from ledger.inputs.ahead import work_ahead
from ledger.inputs.find import Found, find_inputs
from ledger.inputs.gather import gather
from ledger.inputs.receive import Received, is_url, receive

__all__ = ["Found", "Received", "find_inputs", "gather", "is_url", "receive", "work_ahead"]
