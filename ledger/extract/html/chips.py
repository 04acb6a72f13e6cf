"""Chips of saved pages of AI services -> links without words.

Such a page shows a source as a small button behind the sentence: a name, and how many more it
hides. What tells it from linked words is its class, the count glued to its name, or an address
that says which service leads there, behind the stop that closes the paragraph.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ledger.extract.html.tree import Element, text_of
from ledger.letters import is_small
from ledger.patterns import later

_CLASSES = frozenset(["citation", "chip", "pill"])
_OF_NUMBERS = _CLASSES | {"cite", "cites", "citations", "ref", "reference", "source", "footnote"}
_INLINE = frozenset(["a", "span", "sup", "button"])
_NAME = r"[^\[\]\\<>.!?…\n]{1,40}(?:\.[a-z]{2,12})?"
_TARGET = r"\]\((<https?://[^<>\s]{1,2000}>)\)"
_COUNTED = later(rf"\[(?!UTC|GMT)(?={_NAME}(?<!\+)\+[0-9]{{1,2}}\])[^\[\]]{{2,60}}{_TARGET}")
"""No "C++11", and no hour: "UTC+2"."""
_ONE = rf"\[(?=[^\W\d_a-z]){_NAME}{_TARGET}"
_EACH, _GLUED = later(_ONE), later(rf"(?<=[^\W_]{{2}}[.!?…])(?:{_ONE}){{1,8}}+(?=[\s\[<]|$)")
"""Right behind a stop, one or several: no word of a sentence stands so."""
_NUMBER = later(r"\s*\[?([0-9]{1,3})\]?\s*")
_BEHIND = frozenset(".!?…。！？>")
"""What stands before a chip: a stop, or the chip before it."""
_MOST_BESIDE = 200
"""Pieces of a paragraph among which it is looked for what stands behind a chip."""
_HIDING, _LONGEST = later(rf"(?!UTC|GMT){_NAME}(?<!\+)\+[0-9]{{1,2}}"), 60
"""The words of a chip that says how many more it hides, and characters of them. Chosen; a name has
40."""
_CHIP = later(rf"{_NAME}(?:\+[0-9]{{1,2}})?")
_SERVED = later(
    rf"\[{_NAME}\]\((<https?://[^<>\s]{{1,1900}}[?&]utm_source=(?:chatgpt|openai|perplexity|copilot"
    r"|claude|gemini|grok|mistral|deepseek|you\.com)[^<>\s]{0,100}>)\)"
)
_CLOSING = later(rf"(?<=[.!?…。！？])[\"”’»)]?\s?(?:{_SERVED.pattern}\s?){{1,20}}+$")


def as_chip(element: Element, words: str, target: str, before: str) -> str | None:
    """A link whose class calls it a citation, in Markdown; None for any other.

    Args:
        element: The link.
        words: As linked.
        target: Where it leads.
        before: What stands before it in its block: a chip has something to close.
    """
    if not before.strip() or target[:4].lower() != "http" or element.name not in _INLINE:
        return None
    number = _NUMBER.fullmatch(words)
    classes = _OF_NUMBERS if number else _CLASSES
    above = element.parent
    if classes.isdisjoint(element.words) and (
        above is None
        or above.name not in _INLINE
        or (classes.isdisjoint(above.words) and not _unfolds(element, above, before))
    ):
        return None
    if number:
        return f"[[{number[1]}]](<{target}>)"
    name = words.strip()
    said = is_small(name[:1]) and " " in name  # "the town says that [rents rose]"
    return f"<{target}>" if _CHIP.fullmatch(name) and not said else None


def _unfolds(link: Element, above: Element, before: str) -> bool:
    """Whether a link is all of what a script unfolds, behind a stop: no word of a sentence.

    No sentence goes on behind it: "It rose. [Herald] says so.".
    """
    if "data-state" not in above.attrs or above.facts.text != link.facts.text:
        return False
    around = above.parent.children[:_MOST_BESIDE] if above.parent else []
    behind = next((after for each, after in pairwise(around) if each is above), "")
    goes_on = isinstance(behind, str) and is_small(behind.lstrip()[:1])
    return before.rstrip()[-1:] in _BEHIND and not goes_on


def counted_chips(links: Iterable[Element]) -> Iterator[str]:
    """The words of the chips among the links of a page that say how many more sources they hide."""
    end = 0
    for link in links:
        outer = link.index >= end  # a chip may be a link within an element that is one
        if outer and 0 < link.facts.text <= _LONGEST and link.get("href").startswith("http"):
            words = " ".join(text_of(link).split())
            if _HIDING.fullmatch(words):
                end = link.end
                yield words


def with_chips(line: str) -> str:
    """A line whose counted chips, and those that close it, have no words."""
    if "](<http" not in line:
        return line
    line = _GLUED.sub(lambda glued: _EACH.sub(r"\1", glued[0]), _COUNTED.sub(r"\1", line))
    if "utm_source=" in line and (closing := _CLOSING.search(line)):
        return line[: closing.start()] + _SERVED.sub(r"\1", closing[0])
    return line
