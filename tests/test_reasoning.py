"""What a model thought before it answered is told from its answer."""

import pytest

from ledger.extract.respell.reasoning import without_reasoning


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>\nRents?\n</think>\nIt rose.", "\nIt rose."),
        ("<think>Rents?</think>\n\nIt rose.", "\n\nIt rose."),
        ("<think>Rents?</think> It rose.", "\n It rose."),
        ("Rents?\n</think>\n\nIt rose.", "\nIt rose."),
        ("<think>\n<reasoning>\nRents?\n</reasoning>\n</think>\nIt rose.", "\nIt rose."),
        ("Q\n<think>\na\n</think>\nB\nQ\n<think>\nc\n</think>\nD", "Q\n\nB\nQ\n\nD"),
    ],
)
def test_reasoning_is_left_out_and_a_finding_says_so(text: str, answer: str) -> None:
    kept, findings = without_reasoning(text)
    assert kept == answer
    assert [finding.code for finding in findings] == ["reasoning-left-out"]


@pytest.mark.parametrize(
    "text",
    [
        "<think>\nNobody closed it.",
        "The tag <think> opens what </think> closes.",
        "```\n<think>\nx\n</think>\n```\n",
        "```\n</think>\n```\n",
    ],
)
def test_words_about_the_tags_stay(text: str) -> None:
    assert without_reasoning(text) == (text, ())
