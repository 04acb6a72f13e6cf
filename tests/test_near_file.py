"""Files that are not there, and those that may have been meant."""

from pathlib import Path

import pytest
from readings import noon

from ledger.errors import ExtractError
from ledger.inputs.near_file import near_file
from ledger.inputs.receive import receive


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "Entwürfe Nacht").mkdir()
    (tmp_path / "Entwürfe Nacht" / "Harbour bridge.md").write_text("It fell.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Entwürfe Nacht\\Harbour bridge.md", "Entwürfe Nacht/Harbour bridge.md"),
        ("Entwürfe Nacht/harbour Bridge.md", "Entwürfe Nacht/Harbour bridge.md"),
        ("Entwürfe Nacht/Harbuor bridge.md", "Entwürfe Nacht/Harbour bridge.md"),
        ("Entwürfe Nacht\\harbour bridge.md", "Entwürfe Nacht/Harbour bridge.md"),
        ("entwu\u0308rfe nacht", "Entwürfe Nacht"),
        ("Entwürfe Nacht/elections.md", None),
        ("nothing/Harbour bridge.md", None),
        ("a\0b", None),
        ("x" * 300, None),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_name_that_is_nearly_there(typed: str, meant: str | None) -> None:
    assert near_file(Path(typed)) == (None if meant is None else Path(meant))


@pytest.mark.usefixtures("folder")
def test_what_is_not_there_is_said_with_what_is() -> None:
    with pytest.raises(ExtractError, match=r"Did you mean .*Harbour bridge\.md") as said:
        receive("Entwürfe Nacht\\Harbour bridge.md", clock=noon)
    assert said.value.code == "not-found"
