"""Citations and attributions -> what carries each claim, and what falls without it.

A claim stands when every one of its groups stands; a group stands when one of its sources does:

    support(claim) = AND over groups g of ( OR over sources s in g of standing(s) )

Groups are the citation groups, and further ones that prose makes: one for each outlet that it
names, or for all that one phrase joins, unless the citation group next to it has them. A source
whose outlet is not known may be anyone: it is counted, never guessed, and what depends on it is
"unknown" (or None).

What is asked over many claims is a set-based statement over the tables. In Python is what SQL does
not say well (the fewest outlets that must be lost, circles), and the words of what is shown.
Nothing here imports `ledger.model` to run: reading must start fast.

1. Groups: `support` (what carries each claim), `overruled` (where a person leads a marker, and its
   list elsewhere), `bearers` (of a name that several outlets have), `covering` (the claim that
   closes a paragraph for those that cite nothing).
2. A loss: `losses` says what is in it, with `ratings`; `fate` what becomes of each claim, `impact`
   of which, `because` why. `still_counting`: what stands withdrawn and carries claims all the same.
3. Patterns, by which equal claims are reckoned once: `pattern` (how much it takes until one falls,
   by `cover`), `bits`, `several` (outlets at once), `ranking` (each loss there is).
4. Voices: `independence` (how many are behind a claim), `copies` (pages of one story), `same_words`
   (one text recorded twice), `led` (several addresses of one page).
5. Ways from page to page: `chain` and what its pages are `leaning` on; `circular` by `rings`.
6. Of pages: `asked` (what came when each was got last), `walled`, `says_retracted`; by people:
   `withdrawn`, `aside`.
"""

from ledger.provenance.aside import Aside, aside, set_aside
from ledger.provenance.asked import Asked, Opened, gave, last_asked, opened, refusal, refused_last
from ledger.provenance.bearers import bearers, whose
from ledger.provenance.because import because_of_resilience, carriers, falls_with_a_story, phrase
from ledger.provenance.bits import in_bits
from ledger.provenance.chain import Chain, End, Step, Ultimate, chain
from ledger.provenance.circular import (
    circles,
    circles_within,
    citing,
    own_citations,
    returning,
    ways_from,
)
from ledger.provenance.copies import Copied, copies_of, copies_of_withdrawn
from ledger.provenance.covering import CoveredImpact, CoveredImpacts, covered_impact, covering
from ledger.provenance.impact import (
    Impact,
    Totals,
    impact,
    impact_counts,
    impact_with_totals,
    touched,
)
from ledger.provenance.independence import (
    Independence,
    behind_in_words,
    independence,
    independence_in,
)
from ledger.provenance.led import (
    Led,
    led_last,
    led_of,
    one_page,
    other_addresses,
    others_of,
    same_pages,
)
from ledger.provenance.losses import Losses, as_they_stand
from ledger.provenance.overruled import Overruled, overruled
from ledger.provenance.pattern import (
    FALLS,
    UNKNOWN,
    WEAKENS,
    Groups,
    beside,
    canonical_groups,
    digest_of_groups,
    effects,
    is_outlet,
    is_unsure,
    lost_with,
    maybe_alone,
    signs,
    weakest,
)
from ledger.provenance.ranking import By, Unranked, count_ranked, ranking, unranked
from ledger.provenance.ratings import Conditions, Rating, by_rating
from ledger.provenance.same_words import same_words
from ledger.provenance.says_retracted import retracted_words, retraction_in, say_retracted
from ledger.provenance.still_counting import still_counting
from ledger.provenance.support import (
    CURRENT,
    OUTLET,
    OUTLET_NAME,
    PUBLISHER,
    Ask,
    Member,
    groups_of,
    members,
    owner_of,
    resilience,
    support,
    support_tables,
)
from ledger.provenance.withdrawn import (
    Decided,
    Withdrawal,
    addresses,
    as_they_stand_now,
    leaning,
    withdrawals,
    withdrawn_losses,
)

__all__ = [
    "CURRENT",
    "FALLS",
    "OUTLET",
    "OUTLET_NAME",
    "PUBLISHER",
    "UNKNOWN",
    "WEAKENS",
    "Aside",
    "Ask",
    "Asked",
    "By",
    "Chain",
    "Conditions",
    "Copied",
    "CoveredImpact",
    "CoveredImpacts",
    "Decided",
    "End",
    "Groups",
    "Impact",
    "Independence",
    "Led",
    "Losses",
    "Member",
    "Opened",
    "Overruled",
    "Rating",
    "Step",
    "Totals",
    "Ultimate",
    "Unranked",
    "Withdrawal",
    "addresses",
    "as_they_stand",
    "as_they_stand_now",
    "aside",
    "bearers",
    "because_of_resilience",
    "behind_in_words",
    "beside",
    "by_rating",
    "canonical_groups",
    "carriers",
    "chain",
    "circles",
    "circles_within",
    "citing",
    "copies_of",
    "copies_of_withdrawn",
    "count_ranked",
    "covered_impact",
    "covering",
    "digest_of_groups",
    "effects",
    "falls_with_a_story",
    "gave",
    "groups_of",
    "impact",
    "impact_counts",
    "impact_with_totals",
    "in_bits",
    "independence",
    "independence_in",
    "is_outlet",
    "is_unsure",
    "last_asked",
    "leaning",
    "led_last",
    "led_of",
    "lost_with",
    "maybe_alone",
    "members",
    "one_page",
    "opened",
    "other_addresses",
    "others_of",
    "overruled",
    "own_citations",
    "owner_of",
    "phrase",
    "ranking",
    "refusal",
    "refused_last",
    "resilience",
    "retracted_words",
    "retraction_in",
    "returning",
    "same_pages",
    "same_words",
    "say_retracted",
    "set_aside",
    "signs",
    "still_counting",
    "support",
    "support_tables",
    "touched",
    "unranked",
    "ways_from",
    "weakest",
    "whose",
    "withdrawals",
    "withdrawn_losses",
]
