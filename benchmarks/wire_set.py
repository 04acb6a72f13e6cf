"""A set of news stories that are copies of one text, or independent texts on the same event.

Made from templates and word banks of our own (wire_stories.txt), the same for the same seed. A
wire writes one text about each event. Copies of it are shortened, partly reworded, reordered and
re-headlined, and carry no credit. Independent stories are about the same events, with the same
names, numbers and quotations, in other words: where a template is shared, that is chance.
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

STORIES, INDEPENDENT, MOST_COPIES = 60, 200, 6
_CHOICE = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"<(\w+)>")
_FIRST = (
    "Mara Ilan Teodor Selma Viktor Anouk Paulo Greta Emre Lidia Owen Ravi Noor Jonas Ines".split()
)
_LAST = (
    "Halvorsen Okafor Brandt Lindqvist Moreau Tanaka Petrov Castell Aydin Novak Ferreira Kowal "
    "Duval Rahman Bianchi Eriksen Mensah Vargas"
).split()
_SYLLABLES = "ka lo ven dra mir sel tor ba nu ris hol pe gra wen os tal ir mon du lis".split()
_COUNTRIES = "Velmara Ostrania Kaldovia Suvenia Marovia Telland Brevonia Isteria".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_EVENTS = (
    ("a warehouse fire", "faulty wiring"), ("a flash flood", "a blocked drainage channel"),
    ("a landslide", "unlicensed quarrying"), ("a train derailment", "a broken rail"),
    ("a gas explosion", "a leaking pipe"), ("a chemical spill", "a corroded valve"),
    ("a bridge collapse", "rusted cables"), ("a dam failure", "cracks in the concrete"),
    ("a ferry accident", "an overloaded deck"), ("a tunnel fire", "an overheated engine"),
)  # fmt: skip
_ROLES = ("mayor", "regional governor", "fire chief", "interior minister", "head of civil defence")
_QUOTES = (
    "We have never had to face anything like this, and we will need every hand we can get",
    "Our first duty is to the families, everything else has to wait until they are safe",
    "I promise that we will find out what happened and that nothing will be hidden",
    "There were minutes in which all of us believed that the whole valley was lost",
    "This was not fate, this was something that people could have prevented years ago",
    "What my colleagues did here tonight goes beyond anything I have seen in thirty years",
)
_SEEN = (
    "I grabbed my daughter and ran, I did not even put on shoes, and then the windows went",
    "First it was quiet, then the ground shook and somebody shouted that we had to get out",
    "You could not see your own hand, we went along the wall until we felt the cold air",
    "My neighbour knocked on every door in the house, without her we would not be here",
    "We thought it was thunder, but it did not stop, it came closer and closer to us",
    "All my photographs are gone and I keep thinking about them, as if that mattered now",
)


class Story(NamedTuple):
    """One page: `wire` is the number of the event whose wire text it copies, None for none."""

    headline: str
    text: str
    wire: int | None


def wire_set(seed: int) -> list[Story]:
    """All stories in random order, the same for the same seed."""
    rng = random.Random(seed)
    facts = _facts()
    events = [_event(rng) for _ in range(STORIES)]
    more = rng.sample(range(STORIES), INDEPENDENT % STORIES)
    stories = []
    for number, event in enumerate(events):
        styles = _styles(rng, facts)
        wire = _written(rng, facts, event, styles[0])
        for _ in range(rng.randint(1, MOST_COPIES)):
            stories.append(Story(_headline(rng, event), _copied(rng, facts, event, wire), number))
        for style in styles[1 : 1 + INDEPENDENT // STORIES + (number in more)]:
            own = _written(rng, facts, event, style)
            text = _set(rng, _dropped(rng, own, rng.uniform(0.6, 1.0)))
            stories.append(Story(_headline(rng, event), text, None))
    rng.shuffle(stories)
    return stories


def _facts() -> dict[str, list[str]]:
    """Fact to the ways of writing it, in file order."""
    blocks = (Path(__file__).parent / "wire_stories.txt").read_text("utf-8").split("\n\n")
    lines = (block.strip().split("\n") for block in blocks)
    parted = ([line for line in block if not line.startswith("#")] for block in lines)
    return {block[0]: block[1:] for block in parted}


_HEADLINES = "headline"


def _event(rng: random.Random) -> dict[str, str]:
    event, cause = rng.choice(_EVENTS)
    quote, seen = rng.choice(_QUOTES), rng.choice(_SEEN)
    day = rng.randrange(7)
    names = [f"{rng.choice(_FIRST)} {rng.choice(_LAST)}" for _ in range(2)]
    return {
        "event": event, "cause": cause, "Cause": cause[0].upper() + cause[1:],
        "place": "".join(rng.sample(_SYLLABLES, 3)).title(), "country": rng.choice(_COUNTRIES),
        "population": f"{rng.randint(4, 90)},000", "person": names[0], "witness": names[1],
        "role": rng.choice(_ROLES),
        "org": f"{rng.choice(_LAST)} {rng.choice(('Energy', 'Logistics', 'Works'))}",
        "day": _DAYS[day], "nextday": _DAYS[(day + 2) % 7], "year": str(rng.randint(1961, 2015)),
        "N1": str(rng.randint(21, 190)), "N2": str(rng.randint(3, 19)),
        "N3": str(rng.randint(12, 90) * 10), "N4": str(rng.randint(15, 400)),
        "N5": str(rng.randint(8, 240)), "money": str(rng.randint(11, 900)),
        "money2": str(rng.randint(2, 60)), "quote1": quote, "quote2": seen,
    }  # fmt: skip


def _styles(rng: random.Random, facts: dict[str, list[str]]) -> list[dict[str, int]]:
    """For each writer which way each fact is written; now and then two writers choose the same."""
    orders = {name: rng.sample(range(len(ways)), len(ways)) for name, ways in facts.items()}
    writers = min(len(order) for order in orders.values())
    return [
        {
            name: rng.choice(order) if rng.random() < CHANCE else order[writer]
            for name, order in orders.items()
        }
        for writer in range(writers)
    ]


CHANCE = 0.1
"""How often a writer takes any way of writing a fact, also one that another has taken."""


def _said(rng: random.Random, way: str, event: dict[str, str]) -> str:
    chosen = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), way)
    filled = _NAME.sub(lambda match: event[match[1]], chosen)
    return filled[0].upper() + filled[1:]


def _written(
    rng: random.Random, facts: dict[str, list[str]], event: dict[str, str], style: dict[str, int]
) -> list[tuple[str, str]]:
    """(fact, sentence) in the order of this writer; the first fact leads."""
    names = [name for name in facts if name != _HEADLINES]
    tail = names[1:]
    rng.shuffle(tail)
    return [(name, _said(rng, facts[name][style[name]], event)) for name in (names[0], *tail)]


def _copied(
    rng: random.Random,
    facts: dict[str, list[str]],
    event: dict[str, str],
    wire: Sequence[tuple[str, str]],
) -> str:
    kept = _dropped(rng, wire, rng.choice((1.0, 0.9, 0.75, 0.6, 0.45)))
    reworded = rng.choice((0.0, 0.1, 0.2, 0.3, 0.4))
    lines = [
        (name, _said(rng, rng.choice(facts[name]), event) if rng.random() < reworded else sentence)
        for name, sentence in kept
    ]
    if rng.random() < 0.5:
        moved = rng.randrange(1, len(lines))
        lines.insert(rng.randrange(1, len(lines)), lines.pop(moved))
    return _set(rng, lines)


def _dropped(
    rng: random.Random, lines: Sequence[tuple[str, str]], share: float
) -> list[tuple[str, str]]:
    """So much of a text: cut from its end, as papers do, or here and there."""
    keep = max(4, round(len(lines) * share))
    if rng.random() < 0.6:
        return list(lines[:keep])
    return [lines[0], *(lines[n] for n in sorted(rng.sample(range(1, len(lines)), keep - 1)))]


def _set(rng: random.Random, lines: Sequence[tuple[str, str]]) -> str:
    """Sentences in paragraphs of one to three."""
    paragraphs: list[str] = []
    rest = [sentence for _, sentence in lines]
    while rest:
        size = rng.randint(1, 3)
        paragraphs.append(" ".join(rest[:size]))
        rest = rest[size:]
    return "\n\n".join(paragraphs)


def _headline(rng: random.Random, event: dict[str, str]) -> str:
    return _said(rng, rng.choice(_facts()[_HEADLINES]), event)
