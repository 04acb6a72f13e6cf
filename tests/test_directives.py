"""Restructured text -> Markdown: what hostile texts may not do."""

from ledger.extract.respell.directives import as_markdown


def test_what_names_stand_for_makes_a_text_twice_as_long_at_most() -> None:
    text = f".. |a| replace:: {'b' * 1_000}\n\n{'|a| ' * 1_000}"

    written = as_markdown(text)

    assert len(written) <= 2 * len(text)
    assert written.count("b" * 1_000) == 4


def test_each_of_many_names_is_replaced() -> None:
    names = range(600)
    defined = "\n".join(f".. |n{name}| replace:: No {name}" for name in names)

    written = as_markdown(f"{defined}\n\n{' '.join(f'|n{name}|' for name in names)}\n")

    assert "No 599" in written
    assert "|" not in written
