"""The arithmetic of the tree, against the reference vectors of Certificate Transparency and
against a second implementation that follows the definitions of RFC 9162 word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from merkle_by_definition import mth, path, root_by

from ledger.merkle import EMPTY, Edge, edge_places, inclusion_path, leaf_digest, root_over

INPUTS = [
    bytes.fromhex(word)
    for word in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Of the first 0, 1, 2, ... inputs, as every log of Certificate Transparency is tested with."""

PATHS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]

few_inputs = st.lists(st.binary(max_size=5), min_size=1, max_size=70)


def grown(inputs: list[bytes]) -> tuple[Edge, dict[tuple[int, int], bytes]]:
    """A tree after these inputs, and the digest of every complete subtree in it."""
    edge, digests = Edge(), {}
    for position, data in enumerate(inputs):
        digests[0, position] = leaf_digest(data)
        for level, at, digest in edge.add(leaf_digest(data)):
            digests[level, at] = digest
    return edge, digests


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_reference_vectors(size: int) -> None:
    assert grown(INPUTS[:size])[0].root().hex() == ROOTS[size]
    assert mth(INPUTS[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "steps"), PATHS)
def test_the_paths_are_those_of_the_reference_vectors(
    index: int, size: int, steps: list[str]
) -> None:
    digests = grown(INPUTS)[1]
    found = inclusion_path(index, size, lambda level, at: digests[level, at])
    assert [step.hex() for step in found] == steps
    assert root_over(leaf_digest(INPUTS[index]), index, size, found) == bytes.fromhex(ROOTS[size])


def test_an_empty_tree_has_the_root_of_the_rfc() -> None:
    assert EMPTY.hex() == ROOTS[0]


@given(few_inputs)
def test_root_and_paths_are_those_of_the_definition(inputs: list[bytes]) -> None:
    edge, digests = grown(inputs)
    assert edge.root() == mth(inputs)
    for index, data in enumerate(inputs):
        steps = inclusion_path(index, len(inputs), lambda level, at: digests[level, at])
        assert list(steps) == path(index, inputs)
        leaf = leaf_digest(data)
        assert root_over(leaf, index, len(inputs), steps) == edge.root()
        assert root_by(leaf, index, len(inputs), steps) == edge.root()


@given(few_inputs, st.integers(1, 4))
def test_many_leaves_make_the_tree_that_one_after_the_other_makes(
    inputs: list[bytes], lowest: int
) -> None:
    one, many = Edge(), Edge()
    completed = [each for data in inputs for each in one.add(leaf_digest(data))]
    extended = many.extend(map(leaf_digest, inputs), lowest)
    assert extended == sorted(each for each in completed if each.level >= lowest)
    assert (many.root(), many.size) == (one.root(), one.size)


@given(few_inputs, few_inputs)
def test_a_tree_goes_on_from_its_edge(before: list[bytes], after: list[bytes]) -> None:
    digests = grown(before)[1]
    edge = Edge(len(before), [digests[place] for place in edge_places(len(before))])
    assert edge.root() == mth(before)
    for data in after:
        edge.add(leaf_digest(data))
    assert edge.root() == mth(before + after)


@given(few_inputs, st.data())
def test_a_path_proves_one_leaf_at_one_place_in_a_tree_of_one_size(
    inputs: list[bytes], data: st.DataObject
) -> None:
    size = len(inputs)
    index = data.draw(st.integers(0, size - 1))
    steps = path(index, inputs)
    leaf, root = leaf_digest(inputs[index]), mth(inputs)
    other = data.draw(st.binary(min_size=32, max_size=32))
    if other != leaf:
        assert root_over(other, index, size, steps) != root
    for place in range(size):
        if leaf_digest(inputs[place]) != leaf:
            assert root_over(leaf, place, size, steps) != root
    for at in range(len(steps)):
        changed = [*steps[:at], other, *steps[at + 1 :]]
        assert changed == steps or root_over(leaf, index, size, changed) != root
        assert root_over(leaf, index, size, steps[:at] + steps[at + 1 :]) != root
    assert root_over(leaf, index, size, [*steps, other]) != root


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 5), (5, 5)])
def test_there_is_no_path_outside_of_the_tree(index: int, size: int) -> None:
    assert root_over(EMPTY, index, size, []) is None


def test_a_path_longer_than_any_tree_is_not_looked_at() -> None:
    assert root_over(EMPTY, 0, 1 << 80, [EMPTY] * 80) is None
