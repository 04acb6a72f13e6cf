"""What is left of the groups of a pattern, reckoned in bits, is what looking at each would find."""

from collections import Counter
from collections.abc import Collection
from itertools import combinations

from hypothesis import event, given
from hypothesis import strategies as st

from ledger.provenance import Groups, canonical_groups, effects, in_bits
from ledger.provenance.bits import COUNT_BITS, MEMBERS_FROM, MOST_BITS, MOST_OUTLETS

OUTLETS = ("a", "b", "c", "d")
NAMES = st.none() | st.sampled_from(OUTLETS)
MEMBERS = st.one_of(
    NAMES.map(lambda name: (name, name)),
    st.tuples(NAMES, st.none()),
    st.tuples(st.none(), NAMES),
    st.tuples(NAMES, NAMES),
)
GROUPS = st.lists(st.lists(MEMBERS, min_size=1, max_size=4), min_size=1, max_size=4)


def one(name: str | None) -> tuple[str | None, str | None]:
    return name, name


def is_lost(groups: Groups, lost: Collection[str], *, at_worst: bool) -> bool:
    """By definition: of some group every member is, by its outlet or its origin."""
    return any(
        all(
            outlet in lost or origin in lost or (at_worst and outlet is None)
            for outlet, origin in group
        )
        for group in groups
    )


def carried_on(members: int, ends: int) -> bool:
    return (members + 2 * ends + 1) & ends != 0


def test_members_have_their_bits_and_groups_an_end() -> None:
    groups = ((one("a"), one("b")), (one("c"),))
    bits = in_bits(groups, effects(groups))
    ends = 0b10100
    assert (bits.ends, bits.doubts) == (ends, 0)
    members = {outlet: taken >> MEMBERS_FROM for outlet, taken in bits.takes.items()}
    assert members == {"a": 0b1, "b": 0b10, "c": 0b1000}
    assert carried_on(members["a"] + members["b"], ends)
    assert carried_on(members["b"] + members["c"], ends)
    assert not carried_on(members["b"], ends)


@given(GROUPS)
def test_every_loss_is_reckoned_as_it_would_be_looked_up(
    written: list[list[tuple[str | None, str | None]]],
) -> None:
    groups = canonical_groups(written)
    alone = effects(groups)
    bits = in_bits(groups, alone)
    twice = any(len({*member} - {None}) > 1 for group in groups for member in group)
    event(f"told: {bits.ends is not None}")
    assert bits.takes.keys() == alone.keys()
    if bits.ends is None or bits.doubts is None:
        assert twice
        assert not any(bits.takes.values())
        return
    assert not twice
    for number in range(len(alone) + 1):
        for lost in combinations(sorted(alone), number):
            taken = sum(bits.takes[outlet] for outlet in lost)
            members, counts = taken >> MEMBERS_FROM, Counter(alone[outlet] for outlet in lost)
            assert carried_on(members, bits.ends) == is_lost(groups, lost, at_worst=False)
            assert carried_on(members | bits.doubts, bits.ends) == is_lost(
                groups, lost, at_worst=True
            )
            for effect in range(3):
                assert taken >> effect * COUNT_BITS & MOST_OUTLETS == counts[effect]


def test_what_does_not_fit_is_not_in_bits() -> None:
    keys = [f"{number:02}" for number in range(MOST_OUTLETS + 1)]
    for number, fits in ((MOST_OUTLETS, True), (MOST_OUTLETS + 1, False)):
        groups = canonical_groups([[one(key) for key in keys[:number]]])
        assert (in_bits(groups, effects(groups)).ends is not None) == fits

    pairs = [[one(first), one(second)] for first, second in combinations(keys[:8], 2)]
    fitting = MOST_BITS // 3  # two members and an end
    for number, fits in ((fitting, True), (fitting + 1, False)):
        groups = canonical_groups(pairs[:number])
        bits = in_bits(groups, effects(groups))
        assert (bits.ends is not None) == fits
        assert 0 <= sum(bits.takes.values()) < 1 << 62
