"""Which list a marker is of, where the parts of a document count from 1 again."""

from ledger.extract.markdown import read_markdown
from ledger.resolve import References, resolve


def leads(text: str) -> list[str | None]:
    document = read_markdown(text)
    references = References(document.references)
    return [
        lead.url or lead.gap
        for mention in document.mentions
        for found in resolve(mention, references, None)
        for lead in found
    ]


PART = "# {0}\n\nIt rose [1].\n\n## References\n\n1. [T](https://{0}.example/1)\n\n"


def test_each_part_has_its_own_list() -> None:
    assert leads(PART.format("a") + PART.format("b") + PART.format("c")) == [
        "https://a.example/1",
        "https://b.example/1",
        "https://c.example/1",
    ]


def test_a_number_that_only_another_part_lists_is_found_there() -> None:
    text = PART.format("a") + "It fell [2].\n\n" + PART.format("b").replace("1. ", "2. ")

    assert leads(text)[1] == "https://b.example/1"


def test_the_same_list_twice_is_one() -> None:
    assert leads(PART.format("a") * 2) == ["https://a.example/1"] * 2
    assert {entry.part for entry in read_markdown(PART.format("a") * 2).references} == {0}


def test_two_lists_with_no_text_between_them_are_in_conflict() -> None:
    text = (
        "It rose [1].\n\nReferences\n\n[1] https://a.example/1\n\n"
        "Sources\n\n[1] https://b.example/1\n"
    )

    assert leads(text) == ["conflicting-references"]


def test_an_entry_without_address_begins_nothing() -> None:
    text = (
        "It rose [1].\n\nSources\n[1] Search result\n\nIt fell [1].\n\n"
        "References\n[1] https://a.example/1\n"
    )

    assert leads(text) == ["https://a.example/1"] * 2


def test_works_of_one_author_and_year_are_told_apart_unless_they_are_too_many() -> None:
    def cited(works: int) -> str:
        names = [f"Foe{chr(ord('a') + number)}" for number in range(works)]
        said = " ".join(f"It rose (Roe & {name}, 2015)." for name in names)
        entries = (f"Roe, A., & {name}, B. (2015). T. https://{name}.example/" for name in names)
        return f"{said}\n\n## References\n\n" + "\n\n".join(entries)

    assert leads(cited(2)) == ["https://Foea.example/", "https://Foeb.example/"]
    assert set(leads(cited(27))) == {"conflicting-references"}
