"""Filters -> claims, each with its citations, attributions, outlets and resilience."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

from ledger.forms import IDLE
from ledger.provenance import OUTLET_NAME, PUBLISHER, is_outlet, resilience
from ledger.queries.chosen import ClaimFilter, chosen
from ledger.reader import Reader, Row
from ledger.redacted import say_redacted

if TYPE_CHECKING:
    from ledger.forms import Form
    from ledger.model import ClaimKind, Gap


class CitationItem(TypedDict):
    """Where one marker leads: to `source` (an address), or nowhere, for the reason `gap`.

    `group` counts within the claim; a reference with several addresses gives several items with its
    marker. `at` is an offset into the article's text. `outlet` is a name, None when not known; the
    forms of `forms.IDLE` carry nothing. `origin` is whose words the page carries, as in `standing`,
    and `voice` its name (None for a story of which nobody knows who wrote it); both are None where
    the page has its outlet's own words, or that is not known.
    """

    marker: str | None
    group: int
    at: int
    form: "Form"
    source: str | None
    source_id: str | None
    outlet: str | None
    gap: "Gap | None"
    origin: str | None
    voice: str | None


class AttributionItem(TypedDict):
    """An outlet named in prose: `name` as written, `outlet` its name, None when not known."""

    name: str
    outlet: str | None


class ClaimItem(TypedDict):
    """One claim; `article` is an id, `outlets` are names in order of appearance.

    `resilience`: how many outlets must be lost before it falls, 1 for a single source; None when
    an unknown source could lower it, or when nothing carries it.
    """

    id: str
    article: str
    title: str | None
    url: str
    exact: str
    kind: "ClaimKind"
    section: list[str]
    citations: list[CitationItem]
    attributions: list[AttributionItem]
    outlets: list[str]
    resilience: int | None


def claims(
    reader: Reader,
    which: ClaimFilter | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[ClaimItem]:
    """The claims that pass the filter, articles in the order of recording, then reading order.

    Args:
        reader: An open ledger.
        which: None for all.
        limit: At most so many; None for all.
        offset: So many are passed over first.
    """
    return claim_items(reader, chosen(reader, which or ClaimFilter(), limit, offset))


def claim_items(reader: Reader, ids: Sequence[str]) -> list[ClaimItem]:
    """The claims with these ids, in this order; an unknown id is an error of the caller."""
    rows = reader.rows_for(
        """SELECT m.id, m.article_id AS article, m.exact, m.kind, m.section,
            c.claim_id AS kept, c.resilience
        FROM claim m
        LEFT JOIN claim_pattern c ON c.claim_id = m.id
        WHERE m.id IN :ids""",
        ids,
    )
    articles = _articles(reader, {row["article"] for row in rows})
    for row in rows:
        row.update(articles[row["article"]])
    say_redacted(reader, rows, "article", "exact", "title")
    base = {row["id"]: row for row in rows}
    # Few sections hold many claims.
    section = {text: reader.parsed(text) for text in {row["section"] for row in rows}}
    # Only of current claims it is kept.
    strength = resilience(reader, [row["id"] for row in rows if row["kept"] is None])
    citations = _citations(reader, ids)
    attributions = _attributions(reader, ids)
    for row in rows:
        row["section"] = [*section[row["section"]]]
        if row["kept"] is None:
            row["resilience"] = strength[row["id"]]
    return [_item(base[id], citations.get(id, []), attributions.get(id, [])) for id in ids]


def _articles(reader: Reader, ids: Iterable[str]) -> dict[str, Row]:
    """Article to its title and address; many claims are of few articles."""
    rows = reader.rows_for(
        """SELECT a.id, a.title, s.url
        FROM article a JOIN source s ON s.id = a.source_id WHERE a.id IN :ids""",
        sorted(ids),
    )
    return {row.pop("id"): row for row in rows}


def _citations(reader: Reader, ids: Sequence[str]) -> dict[str, list[CitationItem]]:
    """Claim to what it cites, in reading order; claims that cite nothing are left out."""
    rows = reader.tuples_for(
        f"""SELECT c.claim_id, c."group", c.ordinal, c.alternative, c.id, c.marker, c.at, c.form,
            s.url AS source, c.source_id, {OUTLET_NAME.format(key=PUBLISHER)} AS outlet, c.gap,
            p.origin, v.name AS voice
        FROM current_citation c
        LEFT JOIN source s ON s.id = c.source_id
        LEFT JOIN known_outlet own ON own.key = {PUBLISHER}
        LEFT JOIN standing p ON p.source_id = c.source_id AND p.origin <> p.outlet
        LEFT JOIN known_outlet v ON v.key = p.origin
        WHERE c.claim_id IN :ids""",
        ids,
    )
    # By the first five. They are nearly in order as they come, which a database makes no use of.
    rows.sort()
    answer: dict[str, list[CitationItem]] = {}
    for claim, group, _, _, _, marker, at, form, source, source_id, outlet, gap, *words in rows:
        origin, voice = words
        answer.setdefault(claim, []).append(
            {
                "marker": marker,
                "group": group,
                "at": at,
                "form": form,
                "source": source,
                "source_id": source_id,
                "outlet": outlet,
                "gap": gap,
                "origin": origin,
                "voice": voice or (origin if is_outlet(origin) else None),
            }
        )
    return answer


def _attributions(reader: Reader, ids: Sequence[str]) -> dict[str, list[AttributionItem]]:
    """Claim to whom it names, in reading order; claims that name nobody are left out."""
    rows = reader.rows_for(
        f"""SELECT t.claim_id, t.name, {OUTLET_NAME.format(key="t.outlet")} AS outlet, m.article_id
        FROM attribution t
        JOIN claim m ON m.id = t.claim_id
        LEFT JOIN known_outlet own ON own.key = t.outlet
        WHERE t.claim_id IN :ids
        ORDER BY t.claim_id, t."start", t.id""",
        ids,
    )
    answer: dict[str, list[AttributionItem]] = {}
    say_redacted(reader, rows, "article_id", "name")
    for row in rows:
        item: AttributionItem = {"name": row["name"], "outlet": row["outlet"]}
        answer.setdefault(row["claim_id"], []).append(item)
    return answer


def _item(
    row: Row, citations: list[CitationItem], attributions: list[AttributionItem]
) -> ClaimItem:
    named = [citation["outlet"] for citation in citations if citation["form"] not in IDLE]
    named += [attribution["outlet"] for attribution in attributions]
    return {
        "id": row["id"],
        "article": row["article"],
        "title": row["title"],
        "url": row["url"],
        "exact": row["exact"],
        "kind": row["kind"],
        "section": row["section"],
        "citations": citations,
        "attributions": attributions,
        "outlets": [name for name in dict.fromkeys(named) if name is not None],
        "resilience": row["resilience"],
    }
