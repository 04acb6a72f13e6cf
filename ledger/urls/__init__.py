"""Address as found -> address as meant -> one spelling per page -> the page itself.

These are `mending`, `spelling` and `wrappers`, in this order.
"""

from ledger.urls.mending import as_sent as as_sent
from ledger.urls.mending import repair as repair
from ledger.urls.spelling import FILE_ENDINGS as FILE_ENDINGS
from ledger.urls.spelling import host as host
from ledger.urls.spelling import normalise as normalise
from ledger.urls.spelling import redact as redact
from ledger.urls.spelling import text_fragment as text_fragment
from ledger.urls.spelling import upwards as upwards
from ledger.urls.wrappers import LONGEST_REMEMBERED as LONGEST_REMEMBERED
from ledger.urls.wrappers import Unwrapped as Unwrapped
from ledger.urls.wrappers import unwrap as unwrap
