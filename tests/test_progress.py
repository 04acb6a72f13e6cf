"""The bar of a long run: what is printed above it stands as it was said."""

import io
import sys

import pytest

from ledger.commands.progress import progress
from ledger.commands.settings import Settings


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_above_the_bar_is_not_broken_within_a_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    said = f"recorded   4 claims  /{'folder/' * 12}1.md"
    with progress(2, Settings()) as step:
        sys.stdout.write(f"{said}\n")
        step("/1.md", False)
    assert f"{said}\n" in screen.getvalue()
    assert "━" in screen.getvalue()
