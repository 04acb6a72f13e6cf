"""A model's answer that includes its reasoning -> the answer, and a finding that says so.

What a model writes to itself before it answers is no part of the article: it weighs sources that
the answer then leaves out, and nobody would audit its claims. Exports have it between tags.
"""

from collections import deque

from ledger.counting import counted
from ledger.document import Finding
from ledger.extract.fences import fences

_TAGS = ("think", "thinking", "thought", "reasoning")
_SHOWN = 60
"""Characters of it that the finding shows."""


def without_reasoning(text: str) -> tuple[str, tuple[Finding, ...]]:
    """The text without the blocks of reasoning that begin a line; a finding if there are any.

    Templates of some models open the first block themselves, so that only its end is in the text.
    A block that nothing closes stays.
    """
    tags = [tag for tag in _TAGS if f"</{tag}>" in text]
    thoughts: list[str] = []
    for tag in tags:
        text, found = _cut(text, tag)
        thoughts += found
    if not thoughts:
        return text, ()
    said = " ".join(" ".join(thoughts).split())
    detail = (
        f"{counted(len(said), 'character')} of what a model thought before it answered "
        f"{'was' if len(said) == 1 else 'were'} left out: "
        f"“{said[:_SHOWN]}{'…' * (len(said) > _SHOWN)}”"
    )
    return text, (Finding(code="reasoning-left-out", detail=detail),)


def _cut(text: str, tag: str) -> tuple[str, list[str]]:
    """The text without such blocks, and what they said."""
    opens, closes = f"<{tag}>", f"</{tag}>"
    if closes not in text:  # it was in another block
        return text, []
    lines = text.split("\n")
    code = fences(lines)
    kept: list[str] = []
    said: list[str] = []
    ends = deque(number for number, line in enumerate(lines) if closes in line)
    number = 0
    if opens not in text[: text.index(closes)] and (
        lines[ends[0]].strip() == closes and ends[0] not in code
    ):
        number = ends[0] + 1
        said.append("\n".join(lines[: ends[0]]))
    while number < len(lines):
        line = lines[number]
        begins = line.lstrip().startswith(opens) and number not in code
        while begins and ends and ends[0] < number:
            ends.popleft()
        if begins and ends:
            block = "\n".join(lines[number : ends[0] + 1])
            thought, _, behind = block.partition(closes)
            said.append(thought.lstrip().removeprefix(opens))
            kept += ["", behind] if behind.strip() else [""]
            number = ends[0]
        else:
            kept.append(line)
        number += 1
    return "\n".join(kept), said
