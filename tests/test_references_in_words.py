"""Names in docstrings, comments and documents: what readers are sent to is there."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = [path for name in ("ledger", "tests", "benchmarks") for path in (ROOT / name).rglob("*.py")]
DOCUMENTS = [*sorted(ROOT.glob("docs/**/*.md")), ROOT / "CONTRIBUTING.md", ROOT / "CHANGES.md"]
FILES = "bib db h ini json md py toml tsr txt".replace(" ", "|")
WITHIN = re.compile(rf"(?<!`)`(?![\w.]+\.(?:{FILES})`)([A-Za-z]\w*)\.(\w+)[\w.]*`")
PRIVATE = re.compile(r"(?<![`\w])`(_[A-Za-z]\w*)`")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def names_in(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    named |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    named |= {node.name for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    return named | {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}


def holders() -> dict[str, set[str]]:
    """Package, module, class or table -> the names in it, those of a class's bases too."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    bases: defaultdict[str, set[str]] = defaultdict(set)
    for path in CODE:
        tree = parsed(path)
        parts, names = path.relative_to(ROOT).with_suffix("").parts, names_in(tree)
        for part in parts:
            found[part].update(parts, names)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for name in (node.name, node.name.removesuffix("Row").lower()):
                    found[name] |= names_in(node)
                    bases[name].update(*map(names_in, node.bases))
    for name, above in bases.items():
        found[name].update(*(found.get(base, ()) for base in above))
    return found


def test_what_stands_behind_a_dot_is_in_what_stands_before_it() -> None:
    there = holders()
    named = {
        (str(path.relative_to(ROOT)), *match.groups())
        for path in (*CODE, *DOCUMENTS)
        for match in WITHIN.finditer(path.read_text("utf-8"))
    }
    assert len(named) > 100
    assert [
        (path, f"{holder}.{name}")
        for path, holder, name in sorted(named)
        if holder in there and name not in there[holder]
    ] == []


def test_private_names_are_of_the_module_that_speaks_of_them() -> None:
    named = {(path, name) for path in CODE for name in PRIVATE.findall(path.read_text("utf-8"))}
    assert len(named) > 20
    assert [
        (str(path.relative_to(ROOT)), name)
        for path, name in sorted(named)
        if name not in names_in(parsed(path))
    ] == []
