"""URL -> Publisher: who publishes there. Phrase -> Publisher: who is meant by a name in prose.

Knowledge is data (`outlets.json`), rules are here. A host belongs to the outlet with the longest
listed domain that it ends with; on a platform, where anyone may publish, to the account; otherwise
to an outlet of its own, by its registrable domain after the public suffix list with private
suffixes on (a.github.io is not b.github.io). docs/decisions/outlets-by-domain.md says why.

`outlets.json` holds, one entry a line, sorted by key:

outlets     name; domains (each with everything below it); hosts (only these hosts, for names below
            which others publish, as gov.uk); the first host, or else the first domain, is the key;
            aliases (how prose names it); kind; country; owner (who owns it in the end, by name; its
            own name where it is nobody else's; null where not known); ambiguous (those of its names
            that are also common words or names of others: prose needs more than the bare words);
            dois (prefixes of the DOIs of its works: doi.org/10.1038/... is a page of Nature)
platforms   name; domains; accounts: rules of match (regular expression over "host/path?query" of
            the normalised address), key and name ("{0}" is its first group), exact (upper and lower
            case differ); reserved (what stands in the place of an account and is none)
suffixes    suffix (public ones whose rules admit only bodies of one kind); kind; country: known of
            each domain below them that is not listed

The `registry` reads it at the first question, not at import; `by_address` and `by_name` ask that.
"""

from ledger.outlets.by_address import is_site, outlet_of, registrable
from ledger.outlets.by_name import (
    UNSPACED,
    WORD,
    Phrase,
    beginning,
    find,
    first_words,
    fold,
    keys_of,
    named,
    phrases,
    phrases_of,
    phrases_small,
    phrases_unspaced,
    words,
)
from ledger.outlets.registry import (
    KINDS,
    MEDIA,
    Publisher,
    domains,
    is_listed,
    keyed,
    kind_of,
    listed,
)

__all__ = [
    "KINDS",
    "MEDIA",
    "UNSPACED",
    "WORD",
    "Phrase",
    "Publisher",
    "beginning",
    "domains",
    "find",
    "first_words",
    "fold",
    "is_listed",
    "is_site",
    "keyed",
    "keys_of",
    "kind_of",
    "listed",
    "named",
    "outlet_of",
    "phrases",
    "phrases_of",
    "phrases_small",
    "phrases_unspaced",
    "registrable",
    "words",
]
