"""An answer of the support algebra -> the sentences that explain it.

The words for people, kept apart from the arithmetic. Sentences are plain text: names and
addresses in them come from outside and are made safe only where they are printed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ledger.provenance.bearers import whose
from ledger.provenance.losses import Losses
from ledger.provenance.pattern import (
    canonical_groups,
    is_nameless,
    is_outlet,
    lost_with,
    on_platform,
    weakest,
)
from ledger.provenance.support import Member

if TYPE_CHECKING:
    from ledger.model import Effect

Group = Sequence[Member]


def because_of_loss(
    effect: "Effect",
    groups: Iterable[Group],
    losses: Losses,
    lost_name: str,
    copies: Mapping[str, Collection[str]],
) -> list[str]:
    """Why a claim has this effect, a sentence for each group (or unknown source) that decides.

    Args:
        effect: As `impact` found it.
        groups: The claim's groups, with `Member.lost` set for these losses.
        losses: What is taken away.
        lost_name: The same in words, for example "Reuters or country RU".
        copies: Lost pages to those that carry the same story, all by id of the source.
    """
    sentences: list[str] = []
    for group in groups:
        lost = [member for member in group if member["lost"]]
        unsure = [member for member in group if member["lost"] is None]
        if lost and (len(lost) == len(group) or effect != "falls"):
            sentences.append(f"{_place(group)}: {_loss(lost, group, losses, copies)}")
        if effect == "unknown":
            sentences += (
                f"{doubt}: unknown whether it depends on {lost_name}"
                for doubt in _doubts(unsure, losses)
            )
    return _unique(sentences)  # an entry with several addresses is a source for each


def because_of_resilience(resilience: int | None, groups: Sequence[Group]) -> list[str]:
    """Why a claim has this resilience: its weakest groups, or what keeps it from being known."""
    if not groups:
        return ["nothing is cited for it and nobody is named"]
    if resilience is None:
        return _unique(doubt for group in groups for doubt in _open(group))
    return [
        f"{_place(group)}: {_rests_on(group, resilience)}"
        for group in groups
        if _takes(group) == resilience
    ]


def _open(group: Group) -> Iterator[str]:
    """What keeps it from being known how many outlets a group is of."""
    yield from (_unsure(member, Losses()) for member in group if member["key"] is None)
    for name, pages in _nameless(group).items():
        others = [one for one in group if on_platform(one["key"], pages[0]["key"] or "")]
        place = "".join(_unique(map(_marker, pages)))
        if len(pages) > 1:
            yield f"{place} are {name}: of one account or of several, which is not known"
        if others:
            beside = phrase(_unique(one["outlet"] or "" for one in others), "or")
            yield f"{place} {'is' if len(pages) == 1 else 'are'} {name}, which may be {beside}"


def _nameless(group: Group) -> dict[str, list[Member]]:
    """The pages of accounts that are not known, each once, by the name of the platform."""
    pages = {one["source"]: one for one in group if is_nameless(one["key"], one["origin"])}
    found: dict[str, list[Member]] = {}
    for page in pages.values():
        found.setdefault(page["outlet"] or "", []).append(page)
    return found


def falls_with_a_story(resilience: int | None, groups: Sequence[Group]) -> bool:
    """Whether a claim falls with one story that nobody is known to have written, and no one outlet.

    The loss of one outlet only weakens it, which prints the story as others do.
    """
    if resilience != 1:
        return False
    alone = (_behind_all(group) for group in groups if _takes(group) == 1)
    return not any(is_outlet(each) for behind in alone for each in behind)


def carriers(groups: Iterable[Group]) -> str:
    """Who carries a claim: "A" or "B" where one of them is enough, "A" and "B" where it takes both.

    Where a page prints another outlet's words that is said, too, and first of all where several
    outlets have one voice. "" where nothing carries it.
    """
    parts = {tuple(_unique(_known(group))): _is_one_voice(group) for group in groups}
    said = "({})" if len(parts) > 1 else "{}"
    return phrase(
        [
            said.format(f"{'one voice: ' if one else ''}{phrase(names, 'or')}")
            if len(names) > 1
            else names[0]
            for names, one in parts.items()
        ]
    )


def _is_one_voice(group: Group) -> bool:
    return len({member["key"] for member in group}) > 1 and bool(_behind_all(group))


def _known(group: Group) -> Iterator[str]:
    """The voices of a group, then of how many nothing is known."""
    several = {name: len(pages) for name, pages in _nameless(group).items() if len(pages) > 1}
    for member in group:
        if member["outlet"] and is_nameless(member["key"], member["origin"]):
            number = several.get(member["outlet"])
            yield f"{number} × {member['outlet']}" if number else member["outlet"]
        elif member["outlet"]:
            yield _voice(member)
    unknown = sum(member["outlet"] is None for member in group)
    if unknown:
        yield f"{unknown} unknown"


def phrase(names: Sequence[str], word: str = "and") -> str:
    """Names as one phrase: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def _place(group: Group) -> str:
    first = group[0]
    if first["group"] is None:
        return "named in prose"
    return "".join(_unique(map(_marker, group)))


def _marker(member: Member) -> str:
    return f"[{member['marker']}]" if member["marker"] else "[link]"


def _loss(lost: Group, group: Group, losses: Losses, copies: Mapping[str, Collection[str]]) -> str:
    by_page = any(_is_page_loss(member, losses) for member in lost)
    gone = _unique(_lost_name(member, losses) for member in lost)
    if len(lost) == len(group):
        if len(gone) == 1 and all(len(pages) == 1 for pages in _nameless(group).values()):
            return f"{gone[0]} is its only {'source' if by_page else 'outlet'}"
        return f"loses all it has, {phrase(gone)}"
    voices = {member["origin"] for member in lost} - {None}
    same = {copy for member in lost for copy in copies.get(member["source"] or "", ())}
    entries = {member["marker"] for member in lost if by_page} - {None}
    kept = _unique(
        _kept_name(member, by_page=by_page)
        + (_no_other(member, voices, same) or _another_address(member, entries))
        for member in group
        if member["lost"] is False
    )
    return f"loses {phrase(gone)}" + (f", keeps {phrase(kept)}" if kept else "")


def _no_other(member: Member, voices: Collection[str | None], copies: Collection[str]) -> str:
    """That what is kept says no more than what is lost: it has one of these voices, or its text."""
    if member["source"] in copies:
        return " (the same story)"
    if member["origin"] not in voices:
        return ""
    return " (the same voice)" if is_outlet(member["origin"]) else " (the same story)"


def _another_address(member: Member, entries: Collection[str | None]) -> str:
    """That what is kept stands in an entry of the list from which an address is lost.

    It may be the same work, and an entry may name several: which is not said.
    """
    return " (in the same entry)" if member["marker"] in entries else ""


def _is_page_loss(member: Member, losses: Losses) -> bool:
    named = member["key"] in losses.outlets or member["origin"] in losses.outlets
    return not named and (member["source"] in losses.sources or losses.by_date)


def _lost_name(member: Member, losses: Losses) -> str:
    name = member["outlet"] or member["url"] or ""
    if member["key"] in losses.outlets:
        return name
    if member["origin"] in losses.outlets:
        return f"{name} (words of {member['voice']})"
    if member["source"] in losses.sources:
        return member["url"] or name
    for fact, value, origin_value, asked in _facts(member, losses):
        if value in asked and member["key"] not in losses.kept:
            return name if value == name else f"{name} ({fact}: {value})"
        if origin_value in asked and member["origin"] not in losses.kept:
            owned = "" if origin_value == member["voice"] else f", {fact}: {origin_value}"
            return f"{name} (words of {member['voice']}{owned})"
    return f"{member['url'] or name} (published {(member['published'] or '')[:10]})"


def _facts(
    member: Member, losses: Losses
) -> Iterator[tuple[str, str | None, str | None, tuple[str, ...]]]:
    """What X asks of outlets: the fact, the outlet's, the origin's, and those that are lost."""
    yield "owner", member["owner"], member["origin_owner"], losses.owners
    yield "country", member["country"], member["origin_country"], losses.countries
    yield "kind", member["kind"], member["origin_kind"], losses.kinds
    for name in dict.fromkeys(rating.list for rating in losses.ratings):
        values = tuple(rating.value for rating in losses.ratings if rating.list == name)
        of_outlet, of_origin = member["ratings"].get(name), member["origin_ratings"].get(name)
        yield f"rating in {name}", of_outlet, of_origin, values


def _kept_name(member: Member, *, by_page: bool) -> str:
    names = (member["url"], member["outlet"]) if by_page else (member["outlet"], member["url"])
    return names[0] or names[1] or ""


def _doubts(unsure: Group, losses: Losses) -> list[str]:
    """What is not known about some sources of a group; those of one gap in one phrase."""
    gaps: dict[str, list[str]] = {}
    for member in unsure:
        if member["gap"] is not None:
            gaps.setdefault(member["gap"], []).append(_marker(member))
    doubts = [
        f"{''.join(_unique(markers))} lead{'s' if len(set(markers)) == 1 else ''} nowhere ({gap})"
        for gap, markers in gaps.items()
    ]
    return doubts + [_unsure(member, losses) for member in unsure if member["gap"] is None]


def _unsure(member: Member, losses: Losses) -> str:
    """What is not known about a source, as the head of a sentence."""
    if member["gap"] is not None:
        return f"{_marker(member)} leads nowhere ({member['gap']})"
    if member["outlet"] is None and member["named"] is not None:
        return f'"{member["named"]}" is named in prose and is {whose(member["bearers"])}'
    who = member["outlet"] or member["url"]
    if losses.by_date and member["outlet"] and member["url"]:  # the day is that of the page
        who = f"{member['url']} ({member['outlet']})"
    head = f"{who} is named in prose" if member["group"] is None else f"{_marker(member)} is {who}"
    return f"{head}, whose {phrase(_missing(member, losses), 'or')} is not known"


def _missing(member: Member, losses: Losses) -> list[str]:
    if member["outlet"] is None:
        return ["outlet"]
    missing = [
        fact
        for fact, value, origin_value, asked in _facts(member, losses)
        if asked and (value is None or (origin_value is None and is_outlet(member["origin"])))
    ]
    return missing + (["date"] if losses.by_date and member["source"] else [])


def _rests_on(group: Group, resilience: int) -> str:
    names = _unique(member["outlet"] or member["url"] or "" for member in group)
    voices = _unique(_voice(member) for member in group)
    if len(names) == 1:
        return f"{voices[0] if len(voices) == 1 else names[0]} is its only outlet"
    if len(names) == resilience:
        return f"rests on {phrase(names)}"
    if resilience == 1:
        return f"rests on {_alone_behind(group)}"
    return f"rests on {phrase(voices)}"


def _alone_behind(group: Group) -> str:
    """The one voice of a group of several outlets, and who carries its words."""
    key = min(_behind_all(group))
    names = _unique(one["outlet"] or one["url"] or "" for one in group if one["key"] != key)
    carriers = f"{phrase(names)} {'carry' if len(names) > 1 else 'carries'}"
    if not is_outlet(key):
        return f"one story alone, which {carriers}"
    voice = next(
        one["outlet"] if one["key"] == key else one["voice"]
        for one in group
        if key in (one["key"], one["origin"])
    )
    return f"{voice} alone, whose words {carriers}"


def _behind_all(group: Group) -> set[str]:
    return lost_with((member["key"], member["origin"]) for member in group)


def _voice(member: Member) -> str:
    name = member["outlet"] or member["url"] or ""
    if member["origin"] in (None, member["key"]):
        return name
    if not is_outlet(member["origin"]):
        return f"{name} (a story that others carry, too)"
    return f"{name} (words of {member['voice']})"


def _takes(group: Group) -> int | None:
    """How many outlets must be lost before this group is; None when that is not known."""
    once = {(one["source"] or place): one for place, one in enumerate(group)}
    carried = [(one["key"], one["origin"]) for one in once.values()]
    return weakest(canonical_groups([carried])).resilience


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
