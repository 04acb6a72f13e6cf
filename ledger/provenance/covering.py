"""Articles -> which claim covers each of those that cite nothing themselves.

A paragraph may be cited at its end, for all of it: nobody but its writer knows. So a covered claim
has no groups, counts in no loss, and what covers it is told beside the claims that do.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict

from ledger.provenance.because import because_of_loss
from ledger.provenance.copies import copies_of
from ledger.provenance.impact import lost_pages
from ledger.provenance.losses import Losses, as_they_stand
from ledger.provenance.support import Member, members
from ledger.reader import Reader, Row
from ledger.redacted import say_redacted

MayLose = Literal["may fall", "may weaken"]


class CoveredImpact(TypedDict):
    """What a loss may do to a claim without a citation of its own; else as in `Impact`.

    Attributes:
        effect: What the loss does to the citations that close its paragraph.
        covered_by: Id of the claim that has them.
    """

    claim: str
    article: str
    title: str | None
    exact: str
    section: list[str]
    effect: MayLose
    because: list[str]
    covered_by: str


class CoveredImpacts(NamedTuple):
    """What a loss may do to claims without a citation of their own.

    Attributes:
        items: Those that may fall, then those that may weaken, each in reading order.
        unknown: How many others are closed by citations of which it is not known.
    """

    items: list[CoveredImpact]
    unknown: int


def covered_impact(reader: Reader, losses: Losses, touched: Mapping[str, str]) -> CoveredImpacts:
    """Which covered claims may fall or weaken with claims that a loss touches.

    Args:
        reader: An open ledger.
        losses: What is taken away.
        touched: Claims that `impact` lists, all or some, to their articles; by ids.
    """
    covered = {
        claim: closing
        for claim, closing in covering(reader, list(touched.values())).items()
        if closing in touched
    }
    stand = as_they_stand(reader, losses)
    groups = {
        closing: [group for group in of_claim if group[0]["group"] is not None]
        for closing, of_claim in members(reader, list(set(covered.values())), stand).items()
    }
    pages = lost_pages(groups.values()) if stand.by_page else ()
    copies = copies_of(reader, pages)
    rows = reader.rows_for(
        """SELECT c.place, m.id, m.article_id, a.title, m.exact, m.section
        FROM claim_pattern c
        JOIN claim m ON m.id = c.claim_id
        JOIN article a ON a.id = m.article_id
        WHERE c.claim_id IN :ids""",
        list(covered),
    )
    say_redacted(reader, rows, "article_id", "title", "exact")
    found: list[CoveredImpact] = []
    unknown = 0
    for row in sorted(rows, key=lambda row: int(row["place"])):
        closing = covered[row["id"]]
        effect = _may_lose(groups[closing])
        unknown += effect == "unknown"
        if effect == "may fall" or effect == "may weaken":
            does: Literal["falls", "weakens"] = "falls" if effect == "may fall" else "weakens"
            found.append(
                CoveredImpact(
                    claim=row["id"],
                    article=row["article_id"],
                    title=row["title"],
                    exact=row["exact"],
                    section=list(reader.parsed(row["section"])),
                    effect=effect,
                    because=[
                        f"{closing[:12]}, which closes its paragraph, may cover it",
                        *because_of_loss(does, groups[closing], stand, "", copies),
                    ],
                    covered_by=closing,
                )
            )
    return CoveredImpacts(sorted(found, key=lambda item: item["effect"]), unknown)


def _may_lose(cited: Sequence[Sequence[Member]]) -> MayLose | Literal["unknown"] | None:
    """What a loss does to these groups; as in `impact`. None for nothing."""
    if any(all(member["lost"] for member in group) for group in cited):
        return "may fall"
    if any(all(member["lost"] is not False for member in group) for group in cited):
        return "unknown"
    if any(member["lost"] for group in cited for member in group):
        return "may weaken"
    if any(member["lost"] is None for group in cited for member in group):
        return "unknown"
    return None


def covering(reader: Reader, articles: Sequence[str]) -> dict[str, str]:
    """Covered claim to the last claim of its paragraph that cites, in reading order.

    Covered claims of a page that was erased since are left out: its paragraphs are not known.
    """
    asked = sorted(set(articles))
    blocks = reader.rows_for("SELECT id, blocks FROM article WHERE id IN :ids", asked)
    ends = {row["id"]: [end for _, end, *_ in reader.parsed(row["blocks"])] for row in blocks}
    claims = reader.rows_for(
        """SELECT article_id, id, "start", kind FROM claim
        WHERE article_id IN :ids AND kind IN ('covered', 'cited')
        ORDER BY article_id, "start", id""",
        asked,
    )
    found: dict[str, str] = {}
    closing: tuple[str, int] | None = None
    last: Row | None = None
    for row in reversed(claims):
        if not ends[row["article_id"]]:
            continue
        paragraph = (row["article_id"], bisect_right(ends[row["article_id"]], row["start"]))
        if row["kind"] == "cited" and paragraph != closing:
            closing, last = paragraph, row
        elif row["kind"] == "covered" and last and paragraph == closing:
            found[row["id"]] = last["id"]
    return dict(reversed(found.items()))
