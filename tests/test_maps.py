"""The maps of packages: whoever looks for a rule finds the module that has it."""

import ast
import re
from pathlib import Path

import pytest

LEDGER = Path(__file__).parents[1] / "ledger"
PACKAGES = sorted(path.parent for path in LEDGER.rglob("__init__.py"))


@pytest.mark.parametrize(
    "folder", PACKAGES, ids=lambda folder: folder.relative_to(LEDGER).as_posix()
)
def test_the_map_of_a_package_names_its_modules_and_no_others(folder: Path) -> None:
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    named = {name for path in re.findall(r"`([a-z_.]+)`", told) for name in path.split(".")}
    there = {path.stem for path in folder.glob("*.py")} - {"__init__", "__main__"}
    there |= {path.parent.name for path in folder.glob("*/__init__.py")}
    assert not there - named, "not on the map"
    known = {path.stem for path in LEDGER.rglob("*.py")}
    known |= {path.parent.name for path in LEDGER.rglob("__init__.py")}
    texts = [path.read_text("utf-8") for path in folder.glob("*.py")]
    functions = {name for text in texts for name in re.findall(r"^def (\w+)", text, re.M)}
    assert not named - known - functions, "on the map, and nowhere else"
