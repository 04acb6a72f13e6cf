"""Document -> its claims and what they cite, not yet as entries.

Here is decided what a claim is, of which kind, and what it cites. `read` makes entries of it for
the ledger, `ledger parse` JSON: both say the same because both say this.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from ledger import urls
from ledger.attribute import Attributor, Named
from ledger.document import Document, Mention
from ledger.forms import IDLE
from ledger.inputs.receive import is_url
from ledger.names import REGISTRY, Names
from ledger.resolve import Lead, References, resolve
from ledger.split import Sentence, split

if TYPE_CHECKING:
    from ledger.model import ClaimKind


class Cited(NamedTuple):
    """One address that a claim cites, and where it stands; fields as in `model.Citation`."""

    group: int
    ordinal: int
    alternative: int
    marker: str | None
    mention: Mention
    lead: Lead


class ParsedClaim(NamedTuple):
    """A claim before it is an entry; `exact` and `kind` as in `model.Claim`.

    Attributes:
        cited: In reading order, alternatives of one marker next to each other.
        named: The outlets it names in prose, in reading order.
        sentence: As it was cut out of the text.
    """

    exact: str
    kind: "ClaimKind"
    cited: Sequence[Cited]
    named: Sequence[Named]
    sentence: Sentence


def claims_of(
    document: Document, references: References, base: str | None, names: Names = REGISTRY
) -> Iterator[ParsedClaim]:
    """The claims of a document, in reading order.

    Args:
        document: As `extract.read` gives it.
        references: In which its markers are looked up.
        base: As `base_of` gives it.
        names: By which outlets are known in prose.

    Never raises.
    """
    text = document.text
    sentences = list(split(document))
    names_of = _names_of(sentences, Attributor(text, names))
    doubted = sorted(
        each.at
        for each in document.findings
        if each.code == "citation-needed" and each.at is not None
    )
    for number, sentence in enumerate(sentences):
        start, end, _, _, groups, _, _ = sentence
        named = names_of.get(number, ())
        cited = list(_cited(groups, references, base)) if groups else ()
        if cited and named:
            named = [_as_cited(each, sentence, cited, text) for each in named]
        kind = _kind(sentence, cited, attributed=bool(named))
        if doubted and kind == "covered" and _is_doubted(sentence, doubted):
            kind = "uncited"
        yield tuple.__new__(ParsedClaim, (text[start:end], kind, cited, named, sentence))


def _names_of(
    sentences: Sequence[Sentence], attributor: Attributor
) -> Mapping[int, Sequence[Named]]:
    """What sentences name as their origins, and what is named of them elsewhere, by number."""
    spans = [each[:2] for each in sentences]
    beside = {place: number for number, each in enumerate(sentences) for place in each.sourced}
    if not beside:
        return attributor.named_in(spans)
    of = beside | {span: number for number, span in enumerate(spans)}
    places = sorted(of)
    found: dict[int, list[Named]] = {}
    for number, named in attributor.named_in(places).items():
        found.setdefault(of[places[number]], []).extend(named)
    return found


def base_of(document: Document, url: str | None) -> str | None:
    """The http(s) address that relative links of a document start from; None where there is none.

    Args:
        document: Which may state it, maybe relative to the page's own address, and that address.
        url: The page's address, where it is known; it stands for what the page says of itself.
    """
    own = url or document.canonical
    base = document.base or ""
    if own is None and base.startswith("//"):
        base = f"https:{base}"  # a saved page has no scheme of its own to complete it with
    try:
        joined = urljoin(own or "", base)
    except ValueError:  # "http://[": no address at all
        joined = own or ""
    known = (each for each in (joined, own) if each and is_url(each) and urls.host(each))
    return next(known, None)


def group_beside(sentence: Sentence, start: int, end: int) -> int | None:
    """Number of the citation group nearest to the stretch from `start` to `end`; None if none."""
    distances = {
        number: group[0].at - end if group[0].at >= end else start - group[0].at
        for number, group in enumerate(sentence.groups)
    }
    return min(distances, key=lambda number: distances[number], default=None)


def _as_cited(named: Named, sentence: Sentence, cited: Sequence[Cited], text: str) -> Named:
    """A name that several outlets bear, or that is part of a linked one, as that of the page cited.

    "According to [El País](https://elpais.com/…)", "[El País reported](https://elpais.com/…)" and
    "according to El País [1]" mean the outlet that publishes the page, if it is called so.
    """
    linked = [
        each
        for each in cited
        if each.mention.at - each.mention.anchor <= named.start
        and named.end <= each.mention.at
        and each.lead.url
    ]
    if linked:
        mention = linked[0].mention
        named = _called(named, text[mention.at - mention.anchor : mention.at], linked)
    if named.outlet is not None:
        return named
    group = group_beside(sentence, named.start, named.end)
    beside = linked or [each for each in cited if each.group == group]
    return _called(named, named.name, beside)


def _called(named: Named, name: str, cited: Sequence[Cited]) -> Named:
    """The name as that of the first page whose outlet is called so; as it is where none is."""
    from ledger import outlets  # it was loaded when the name was found

    keys = outlets.keys_of(name)
    for each in cited if keys else ():
        outlet = outlets.outlet_of(each.lead.url) if each.lead.url else None
        if outlet is not None and outlet.key in keys:
            return named._replace(outlet=outlet)
    return named


def _cited(
    groups: Sequence[Sequence[Mention]], references: References, base: str | None
) -> Iterator[Cited]:
    for group, mentions in enumerate(groups):
        ordinal = 0
        for mention in mentions:
            resolved = resolve(mention, references, base)
            for marker, leads in zip(mention.labels or (None,), resolved, strict=True):
                for alternative, lead in enumerate(leads):
                    yield tuple.__new__(Cited, (group, ordinal, alternative, marker, mention, lead))
                ordinal += 1


def _is_doubted(sentence: Sentence, places: Sequence[int]) -> bool:
    """Whether an editor asks for a source in it: then that of its paragraph is not its own.

    Args:
        sentence: With its span in the text.
        places: Where editors ask for one, sorted.
    """
    following = bisect_right(places, sentence.start)
    return following < len(places) and places[following] <= sentence.end


def _kind(sentence: Sentence, cited: Sequence[Cited], *, attributed: bool) -> "ClaimKind":
    for each in cited:
        if each.lead.form not in IDLE:
            return "cited"
    if not sentence.asserts:
        return "not-a-claim"
    if attributed:
        return "attributed"
    return "covered" if sentence.covered else "uncited"
