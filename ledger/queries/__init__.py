"""Questions -> answers, read-only SQL.

Questions are named by their answer; answers are plain dictionaries (typed, so that a checker knows
their keys) that go to JSON as they are. Only current articles and current citations are asked
about, unless an id names an earlier version. What carries a claim, and what falls, is asked of
`ledger.provenance`.

1. What a person typed -> what is meant: `names` (of articles, claims, sources), `outlet_names`,
   `versions`, `near` (of a name that nothing has).
2. Claims: `chosen` (which pass a filter, by `words` and `only`), `claims` (these with what they
   cite), `gaps`, `lost` (citations that were stripped), `trace` (one with all it rests on),
   `spread` (who says the same, by `dates`), `affected` (by what was withdrawn).
3. Articles: `articles`, `every_article`, `captures`, `unread`, `diff` (of two versions), `changed`
   (of all articles), `marked` (citations of one marker, to be revised), `redaction` (what one would
   erase).
4. Pages and outlets: `sources`, `cited_pages` (to be followed), `origins` (pages of another voice),
   `circular`, `outlets`, `knowledge` (what people said of them), `said_of` (the same of many),
   `outdated` (what the registry says otherwise by now).
5. All at once: `audited` (every row of an audit) with `weights`, `counts` (how much a ledger
   holds).
"""

from ledger.queries.articles import (
    ArticleItem,
    ArticleName,
    ArticlePage,
    article,
    article_names,
    articles,
)
from ledger.queries.captures import CaptureItem, captures, payload
from ledger.queries.chosen import ClaimFilter, chosen, claiming_nothing, count_claims
from ledger.queries.claims import ClaimItem, claim_items, claims
from ledger.queries.counts import articles_now, counts, has_several_articles
from ledger.queries.gaps import GapItem, gaps
from ledger.queries.knowledge import (
    Owned,
    Saying,
    contradicted,
    current_outlets,
    merged,
    merged_into,
    merges,
    owners,
    rated,
    rating_named,
    ratings,
    sayings,
    told,
    told_of,
)
from ledger.queries.marked import led, marked, markers, references_of
from ledger.queries.names import (
    article_named,
    capture_named,
    claim_named,
    short_ids,
    source_named,
    withdrawn_as,
)
from ledger.queries.origins import (
    DecisionItem,
    OriginItem,
    compared,
    decisions,
    nobodys,
    origins,
    publishers,
)
from ledger.queries.outdated import Outdated, outdated
from ledger.queries.outlet_names import outlet_named, owner_named, shared_names
from ledger.queries.outlets import (
    CitedPage,
    OutletItem,
    OutletPage,
    count_unrated,
    gaps_on_it_alone,
    outlet,
    outlets,
)
from ledger.queries.sources import SourceItem, SourcePage, source, sources
from ledger.queries.trace import TracePage, trace
from ledger.queries.unread import unread

__all__ = [
    "ArticleItem",
    "ArticleName",
    "ArticlePage",
    "CaptureItem",
    "CitedPage",
    "ClaimFilter",
    "ClaimItem",
    "DecisionItem",
    "GapItem",
    "OriginItem",
    "Outdated",
    "OutletItem",
    "OutletPage",
    "Owned",
    "Saying",
    "SourceItem",
    "SourcePage",
    "TracePage",
    "article",
    "article_named",
    "article_names",
    "articles",
    "articles_now",
    "capture_named",
    "captures",
    "chosen",
    "claim_items",
    "claim_named",
    "claiming_nothing",
    "claims",
    "compared",
    "contradicted",
    "count_claims",
    "count_unrated",
    "counts",
    "current_outlets",
    "decisions",
    "gaps",
    "gaps_on_it_alone",
    "has_several_articles",
    "led",
    "marked",
    "markers",
    "merged",
    "merged_into",
    "merges",
    "nobodys",
    "origins",
    "outdated",
    "outlet",
    "outlet_named",
    "outlets",
    "owner_named",
    "owners",
    "payload",
    "publishers",
    "rated",
    "rating_named",
    "ratings",
    "references_of",
    "sayings",
    "shared_names",
    "short_ids",
    "source",
    "source_named",
    "sources",
    "told",
    "told_of",
    "trace",
    "unread",
    "withdrawn_as",
]
