"""What the registry knows and what this ledger was told -> the names to look for in prose.

What people told stands before the registry: a name that both know is the one they said. `REGISTRY`
is the registry alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from ledger import outlets
from ledger.outlets import Phrase, Publisher
from ledger.patterns import later

if TYPE_CHECKING:
    from ledger.model import Outlet

_IS_UNSPACED = later(f"[{outlets.UNSPACED}]")


class Names:
    """The names by which prose may call outlets.

    Args:
        told: Outlets with facts and aliases that people told, current ones, in any order.
    """

    def __init__(self, told: "Sequence[Outlet]" = ()) -> None:
        self._told = {outlet.key: outlet for outlet in told}
        self._going_on: dict[str, dict[str | None, Sequence[Phrase]]] = {}

    @property
    def told(self) -> bool:
        """Whether people told any outlet, so that a text read before may name others now."""
        return bool(self._told)

    def beginning(self, word: str) -> Sequence[Phrase]:
        """The names that begin with this folded word, longer ones first; told ones before equal."""
        registered = outlets.phrases_of(word)
        told = self._phrases.get(word)
        if told is None:
            return registered
        said = {phrase.tokens for phrase in told}
        others = [phrase for phrase in registered if phrase.tokens not in said]
        return sorted((*told, *others), key=lambda phrase: -len(phrase.tokens))

    def going_on(self, word: str, following: str | None) -> Sequence[Phrase]:
        """Those of `beginning` that are one word, or have this folded word as their second."""
        table = self._going_on.get(word)
        if table is None:
            phrases = self.beginning(word)
            seconds = {phrase.tokens[1] for phrase in phrases if len(phrase.tokens) > 1}
            table = {
                second: [p for p in phrases if len(p.tokens) == 1 or p.tokens[1] == second]
                for second in (None, *seconds)
            }
            if phrases:
                self._going_on[word] = table
        return table.get(following) or table[None]

    def begins(self, text: str) -> bool:
        """Whether a text begins with such a name, and with no small letter."""
        tokens = outlets.words(text)
        if not tokens or text[:1].islower():
            return False
        return any(tokens[: len(p.tokens)] == p.tokens for p in self.beginning(tokens[0]))

    @cached_property
    def first_words(self) -> Collection[str]:
        """The folded words that names begin with."""
        registered = outlets.first_words()
        return {*registered, *self._phrases} if self._phrases else registered

    def is_small(self, text: str) -> bool:
        """Whether a text is the name of a newsroom that begins with a small letter: "dpa"."""
        return text in self._small

    def small_in(self, text: str) -> Iterator[int]:
        """Where such names begin in a text."""
        if any(map(text.__contains__, self._small)):  # in few
            yield from (match.start() for match in self._in_small.finditer(text))

    @cached_property
    def _in_small(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(self._small)))})(?!\w)")

    @cached_property
    def _small(self) -> Collection[str]:
        every = chain(outlets.phrases_small(), *self._phrases.values())
        return {
            phrase.written
            for phrase in every
            if phrase.written[:1].islower()
            and not phrase.ambiguous
            and phrase.key is not None
            and self.kind(phrase.key) in outlets.MEDIA
        }

    def unspaced(self, text: str, at: int) -> Sequence[Phrase]:
        """The names written without spaces that may begin at a place of a text, longer ones first.

        They have the next two characters there, or one that is all of their name.
        """
        return self._unspaced.get(text[at : at + 2], ()) or self._unspaced.get(text[at], ())

    @cached_property
    def in_unspaced(self) -> re.Pattern[str]:
        """Where a name can begin in a text that has a script without spaces.

        At the first two letters of one of `unspaced`, and at a Latin letter or figure behind
        another script or behind none ("据NHK报道").
        """
        beginnings = [each for each in self._unspaced if not each[0].isascii()]
        first, second, alone = (
            re.escape("".join(sorted(letters)))
            for letters in (
                {each[0] for each in beginnings},
                {each[1] for each in beginnings if len(each) > 1},
                {each for each in beginnings if len(each) == 1},
            )
        )
        lone = rf"|(?<=[{alone}])" if alone else ""
        return re.compile(
            rf"[{first}A-Za-z0-9](?:(?<=[{first}])(?=[{second}]){lone}"
            rf"|(?<=[A-Za-z0-9])(?:(?<![^\W_].)|(?<=[{outlets.UNSPACED}].)))"
        )

    def outlet(self, key: str) -> "Publisher | Outlet":
        """The outlet of `Phrase.key`."""
        return self._told.get(key) or outlets.keyed(key)

    def kind(self, key: str) -> str | None:
        """The kind of the outlet of `Phrase.key`; None when not known."""
        told = self._told.get(key)
        return told.kind if told else outlets.kind_of(key)

    @cached_property
    def _phrases(self) -> Mapping[str, list[Phrase]]:
        """What was told, by first word."""
        found: dict[tuple[str, ...], Phrase] = {}
        for outlet in self._told.values():
            for name in (outlet.name, *(outlet.aliases or ())):
                tokens = outlets.words(name)
                other = found.get(tokens)
                if tokens and other is None:
                    found[tokens] = Phrase(tokens, name, _is_doubtful(tokens), outlet.key)
                elif other and other.key != outlet.key:
                    found[tokens] = Phrase(tokens, name, ambiguous=True, key=None)
        answer: dict[str, list[Phrase]] = {}
        for tokens, phrase in found.items():
            answer.setdefault(tokens[0], []).append(phrase)
        return answer

    @cached_property
    def _unspaced(self) -> Mapping[str, list[Phrase]]:
        found: dict[str, Phrase] = {}
        told = chain.from_iterable(self._phrases.values())
        for phrase in chain(outlets.phrases_unspaced(), told):
            if _IS_UNSPACED.search(phrase.written):
                found[phrase.written] = phrase
        answer: dict[str, list[Phrase]] = {}
        for written in sorted(found, key=lambda written: (-len(written), written)):
            answer.setdefault(written[:2], []).append(found[written])
        for beginning, phrases in answer.items():
            if len(beginning) > 1:
                phrases.extend(answer.get(beginning[0], ()))
        return answer


def _is_doubtful(tokens: tuple[str, ...]) -> bool:
    """Whether the registry says that these words alone mean something else, too."""
    known = outlets.phrases_of(tokens[0])
    return any(phrase.ambiguous for phrase in known if phrase.tokens == tokens)


REGISTRY = Names()
"""What everybody's ledger knows."""
