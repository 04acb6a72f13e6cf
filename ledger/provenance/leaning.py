"""Pages -> what each of them leans on for one statement."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypedDict, TypeVar

from ledger.forms import CARRIES
from ledger.provenance.support import OUTLET
from ledger.reader import Reader
from ledger.redacted import say_redacted
from ledger.rewording import SAME, alike_in_length, most_like, plain_words

_T = TypeVar("_T")


class Named(TypedDict):
    """An outlet that prose names.

    Attributes:
        key: `Outlet.key` as it stands; None for a name that is no outlet we know.
        name: What the outlet is called, or the words in prose.
    """

    key: str | None
    name: str


class Leaning(NamedTuple):
    """What one page leans on.

    Attributes:
        article: Id of the article that was read from it.
        claim: Id of its sentence that says the same; None where there is none, so that all that
            the page cites goes on.
        cites: Ids of the sources that it leans on for this, in reading order.
        names: The outlets that it names in prose for this, each once, in reading order.
        gaps: How many of its citations lead nowhere.
    """

    article: str
    claim: str | None
    cites: list[str]
    names: list[Named]
    gaps: int


def leanings(reader: Reader, pages: Sequence[str], said: str) -> dict[str, Leaning]:
    """Page to what it leans on for what is `said`; pages that were not read are left out.

    Args:
        reader: An open ledger.
        pages: Ids of sources.
        said: The words of a claim; "" where they were redacted: then nothing says the same.
    """
    read = {
        row["source_id"]: row["id"]
        for row in reader.rows_for(
            """SELECT a.source_id, a.id FROM current_article a WHERE a.source_id IN :ids
            ORDER BY a.source_id, a.id""",
            pages,
        )
    }
    articles = list(read.values())
    same = _same_words(reader, articles, said)
    cites: dict[str, dict[str, None]] = {article: {} for article in articles}
    gaps = dict.fromkeys(articles, 0)
    for article, source in _of(reader.tuples_for, articles, same, _CITED):
        if source is None:
            gaps[article] += 1
        else:
            cites[article][source] = None
    names: dict[str, dict[str, Named]] = {article: {} for article in articles}
    named = _of(reader.rows_for, articles, same, _NAMED)
    say_redacted(reader, named, "article_id", "name")
    for row in named:
        name = Named(key=row["key"], name=row["name"])
        names[row["article_id"]].setdefault(name["key"] or name["name"], name)
    return {
        page: Leaning(
            article,
            same.get(article),
            list(cites[article]),
            list(names[article].values()),
            gaps[article],
        )
        for page, article in read.items()
    }


_CITED = f"""
    SELECT m.article_id, c.source_id
    FROM claim m
    JOIN current_citation c ON c.claim_id = m.id
    WHERE c.form {CARRIES} AND {{scope}}
    ORDER BY m.article_id, m."start", c."group", c.ordinal, c.alternative, c.id"""
_NAMED = f"""
    SELECT m.article_id, COALESCE(o.key, t.outlet) AS "key",
        COALESCE(o.name, t.outlet, t.name) AS name
    FROM claim m
    JOIN attribution t ON t.claim_id = m.id
    {OUTLET.format(key="t.outlet")}
    WHERE {{scope}}
    ORDER BY m.article_id, m."start", t."start", t.id"""


def _of(
    ask: Callable[[str, Sequence[str]], list[_T]],
    articles: Iterable[str],
    same: dict[str, str],
    question: str,
) -> list[_T]:
    """Rows about the sentence of an article that says the same, or about all of it."""
    others = [article for article in articles if article not in same]
    return ask(question.format(scope="m.id IN :ids"), list(same.values())) + (
        ask(question.format(scope="m.article_id IN :ids"), others)
    )


def _same_words(reader: Reader, articles: Sequence[str], said: str) -> dict[str, str]:
    """Article to its sentence that says what is `said`, the most alike, of equals the first."""
    if not said:  # it was redacted
        return {}
    from ledger.otherwise import says_otherwise  # only who compares waits for it

    rows = reader.tuples_for(
        """SELECT m.article_id, m.id, m.exact FROM claim m
        WHERE m.article_id IN :ids AND LENGTH(m.exact) BETWEEN :least AND :most
        ORDER BY m.article_id, m."start", m.id""",
        articles,
        alike_in_length(said),
    )
    best: dict[str, tuple[float, str]] = {}
    plain = [plain_words(exact) for _, _, exact in rows]
    for at, alike in most_like(plain_words(said), plain, least=SAME):
        article, id, exact = rows[at]
        known = best.get(article, (0.0, ""))[0]
        if alike > known and not says_otherwise(said, exact, ordered=True):
            best[article] = (alike, id)
    return {article: id for article, (_, id) in best.items()}
