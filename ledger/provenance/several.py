"""Several outlets -> how many claims fall, weaken or may without all of them together.

What the loss of each alone does is counted already. Only patterns that have several of them are
looked at: each of those was counted once for each, so what it was counted as is taken back, and
what it is without all of them is put in its place. What falls with one falls with all.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from ledger.provenance.bits import COUNT_BITS, MEMBERS_FROM, MOST_OUTLETS
from ledger.provenance.pattern import FALLS, UNKNOWN, WEAKENS, signs
from ledger.reader import Reader, Row, listed


def counts_of_outlets(reader: Reader, outlets: tuple[str, ...]) -> dict[int, int]:
    """Effect (`pattern.FALLS` and so on) to the number of claims that have it.

    Args:
        reader: An open ledger.
        outlets: Keys as they stand, each once, or origins as in `standing`.
    """
    names, bound = listed("lost_outlet_", outlets)
    found = reader.row(_SINGLE.format(names=names), bound) or {}
    counts = {FALLS: found["falls"], WEAKENS: found["weakens"], UNKNOWN: found["unknown"]}
    if len(outlets) > 1:
        bound["signs"] = signs(outlets)
        told = reader.row(_TOLD.format(names=names), bound) or {}
        _correct(counts, told)
        if told["untold"]:
            _correct(counts, reader.row(_untold(names), bound) or {})
    return counts


def _correct(counts: dict[int, int], by: Row) -> None:
    """Correct each count by what patterns come to, less what they were counted as.

    A pattern that was counted several times is counted once less than that too often in all, unless
    an outlet of it is not known: then it was counted once, as unknown, before anything was lost.
    """
    falls, unknown = by["falls"] or 0, by["unknown"] or 0
    counts[FALLS] += falls
    counts[UNKNOWN] += unknown
    counts[WEAKENS] -= (by["again"] or 0) + falls + unknown


_SINGLE = """
    SELECT COALESCE(SUM(falls), 0) AS falls, COALESCE(SUM(weakens), 0) AS weakens,
        COALESCE(SUM(unknown), 0) - COALESCE(SUM(unsure), 0) + COALESCE((
            SELECT claims FROM support_total WHERE what = 'unsure'
        ), 0) AS unknown
    FROM outlet_tally
    WHERE outlet IN {names}"""

_COUNT_FELL = f"(t.taken & {MOST_OUTLETS})"
_COUNT_UNKNOWN = f"((t.taken >> {UNKNOWN * COUNT_BITS}) & {MOST_OUTLETS})"

_FELL = f"""CASE
            WHEN (((t.taken >> {MEMBERS_FROM}) + 2 * p.ends + 1) & p.ends) <> 0 THEN 1
            ELSE 0 END"""
_FELL_AT_WORST = f"""CASE
            WHEN ((((t.taken >> {MEMBERS_FROM}) | p.doubts) + 2 * p.ends + 1) & p.ends) <> 0 THEN 1
            ELSE 0 END"""

_TOLD = f"""
    WITH several(pattern_id, times, taken) AS (
        SELECT pattern_id, COUNT(*), CAST(SUM(takes) AS BIGINT)
        FROM pattern_outlet
        WHERE outlet IN {{names}} AND (beside & :signs) <> 0
        GROUP BY pattern_id
        HAVING COUNT(*) > 1
    )
    SELECT SUM(p.claims * ({_FELL} - {_COUNT_FELL})) AS falls,
        SUM(CASE WHEN p.doubts > 0 THEN p.claims * (
            {_FELL_AT_WORST} - {_FELL} - ({_COUNT_UNKNOWN} - (t.times - 1))
        ) END) AS unknown,
        SUM(CASE WHEN p.doubts = 0 THEN p.claims * (t.times - 1) END) AS again,
        COUNT(CASE WHEN p.ends IS NULL THEN 1 END) AS untold
    FROM several t
    CROSS JOIN pattern p
    WHERE p.id = t.pattern_id"""
"""Patterns that are told in bits: see `bits`. The others are counted as `untold`."""


def _untold(names: str) -> str:
    """The others: what each comes to is looked up in its members.

    How many of the outlets have each effect is summed in one number, of which they are the digits:
    with a sum for each this takes half as long again. Members are read only where neither one
    outlet alone nor the number that it takes tells the effect.
    """
    falls, unknown = f"(t.counted % {_DIGIT})", f"(t.counted / {_DIGIT**2})"
    fell = f"""CASE
            WHEN {falls} > 0 THEN 1
            WHEN p.unsure = 0 AND p.resilience > t.times THEN 0
            WHEN {_some_group(names)} THEN 1
            ELSE 0 END"""
    may = f"""CASE
            WHEN p.unsure = 0 OR {falls} > 0 OR {_some_group(names)} THEN 0
            WHEN {_some_group(names, doubtful=True)} THEN 1
            ELSE 0 END"""
    return f"""
    WITH several(pattern_id, times, counted) AS (
        SELECT pattern_id, COUNT(*),
            CAST(SUM(CASE effect WHEN 0 THEN 1 WHEN 1 THEN {_DIGIT} ELSE {_DIGIT**2} END) AS BIGINT)
        FROM pattern_outlet
        WHERE outlet IN {names} AND (beside & :signs) <> 0 AND takes = 0
        GROUP BY pattern_id
        HAVING COUNT(*) > 1
    )
    SELECT SUM(p.claims * ({fell} - {falls})) AS falls,
        SUM(p.claims * ({may} - ({unknown} - p.unsure * (t.times - 1)))) AS unknown,
        SUM(p.claims * (1 - p.unsure) * (t.times - 1)) AS again
    FROM several t
    CROSS JOIN pattern p
    WHERE p.id = t.pattern_id"""


def _some_group(names: str, *, doubtful: bool = False) -> str:
    """Whether nothing is left of some group of the pattern `p`, or nothing that is known."""
    stays = f"""(m.outlet IS NULL OR m.outlet NOT IN {names})
                        AND (m.origin = m.outlet OR m.origin IS NULL OR m.origin NOT IN {names})"""
    if doubtful:
        stays = f"m.outlet IS NOT NULL AND {stays}"
    return f"""EXISTS (
                SELECT m.grp
                FROM pattern_member m
                WHERE m.pattern_id = p.id
                GROUP BY m.grp
                HAVING COUNT(CASE WHEN {stays} THEN 1 END) = 0
            )"""


_DIGIT = 1 << 20
"""More outlets than one question names."""
