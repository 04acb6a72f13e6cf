"""Which claims an audit says to cite an entry of the reference list: those that lead to it."""

from pathlib import Path

import pytest
from exported import to_markdown
from read_all import read_all
from test_withdraw import run

from ledger.audit import Audit, audit
from ledger.queries.every_article import every_article
from ledger.reader import Reader
from ledger.schema import Place

CHAPTER = """## Chapter

It rose by two metres.[1] Nobody was hurt there.[2] It was mended in May.[3]

### References

[1] https://{0}.example/a
[2] {1}
[3] {2}

"""
LETTER = "A letter of the mayor"


def audited(db: Place, folder: Path, text: str, *links: tuple[str, str]) -> Audit:
    file = folder / "story.md"
    file.write_text(f"# Report\n\n{text}")
    read_all(db, file)
    for claim, url in links:
        assert run(db, "link", str(file), "1", url, "--claim", claim).exit_code == 0
    with Reader(db) as reader:
        return audit(reader, every_article(reader)[0])


def cited(found: Audit) -> list[tuple[list[int | None], list[int | None]]]:
    """The numbers of the claims by which each entry is cited, and of those that may mean it."""
    number = {claim.id: claim.number for claim in found.claims}
    return [
        ([number[id] for id in entry.claims], [number[id] for id in entry.doubtful])
        for entry in found.references or ()
    ]


def test_each_part_cites_its_own_list(db: Place, tmp_path: Path) -> None:
    one = CHAPTER.format("north", "https://b.example/b", LETTER)
    two = CHAPTER.format("south", LETTER, "https://c.example/c")
    found = audited(db, tmp_path, one + two)
    assert cited(found) == [([number], []) for number in range(1, 7)]
    assert "Entry [1]: <https://south.example/a>; cited in claim 4\n" in to_markdown(found)


def test_where_two_parts_list_no_address_it_is_not_known_which_is_meant(
    db: Place, tmp_path: Path
) -> None:
    one, two = (CHAPTER.format(name, LETTER, LETTER) for name in ("north", "south"))
    found = audited(db, tmp_path, one + two)
    nobody_knows: list[tuple[list[int | None], list[int | None]]] = [([], [2, 5]), ([], [3, 6])]
    assert cited(found) == [([1], []), *nobody_knows, ([4], []), *nobody_knows]
    assert found.numbers.references_never_cited == 0


TWICE = """It rose by two metres.[1] Nobody was hurt there.[2] It fell again.[1]

## References

[1] Northern https://north.example/a
[1] Southern https://south.example/a
[1] Northern again https://north.example/a
[2] https://b.example/b
"""


def test_of_entries_that_conflict_none_is_cited_and_each_says_so(db: Place, tmp_path: Path) -> None:
    found = audited(db, tmp_path, TWICE)
    assert cited(found) == [([], [1, 3])] * 3 + [([2], [])]
    assert (
        "Entry [1]: Southern; <https://south.example/a>; another entry has this number too, "
        "and it is not known which one is meant in claims 1, 3\n"
    ) in to_markdown(found)
    (finding,) = found.findings
    assert finding.detail == (
        "[1] stands for 3 entries, and they lead to 2 different pages: "
        "https://north.example/a, https://south.example/a"
    )


def test_whoever_says_where_it_leads_says_which_entry_is_meant(db: Place, tmp_path: Path) -> None:
    links = (("It rose by two", "https://north.example/a"), ("It fell again", "https://x.example/"))
    found = audited(db, tmp_path, TWICE, *links)
    assert cited(found) == [([1], [3]), ([], [3]), ([1], [3]), ([2], [])]


@pytest.mark.parametrize("entry", ["Northern https://north.example/a", LETTER])
def test_entries_of_one_number_that_do_not_conflict_are_cited_together(
    db: Place, tmp_path: Path, entry: str
) -> None:
    listed = f"[1] https://north.example/a\n[1] {entry}\n"
    found = audited(db, tmp_path, f"It rose by two metres.[1]\n\n## References\n\n{listed}")
    assert cited(found) == [([1], [])] * 2


def test_an_entry_whose_number_nobody_cites_is_cited_by_links_to_it(
    db: Place, tmp_path: Path
) -> None:
    found = audited(
        db,
        tmp_path,
        "It rose by [two metres](https://a.example/a). It was mended in May.[2]\n\n"
        "## References\n\n[1] https://a.example/a\n[2] https://b.example/b\n"
        "[3] https://b.example/b\n[4] https://c.example/c\n",
    )
    assert cited(found) == [([1], []), ([2], []), ([], []), ([], [])]
    assert found.numbers.references_never_cited == 2
    never = [each.detail for each in found.findings if each.code == "reference-never-cited"]
    assert [each[:3] for each in never] == ["[3]", "[4]"]
