"""Blocks in reading order -> text, positions, numbered references: how every reader ends."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ledger.density import most_items, most_steps
from ledger.document import Block, Finding, Mention, Reference
from ledger.extract.compose import Composer
from ledger.extract.lines import Raw
from ledger.extract.lists.notes import number_notes
from ledger.extract.lists.numbering import number_parts
from ledger.extract.lists.references import Listed
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.inline import Budget
from ledger.extract.same_again import with_works_again


class Assembled(NamedTuple):
    """What the blocks hold; fields as in `document.Document`.

    Findings say what was not read.
    """

    text: str
    blocks: tuple[Block, ...]
    mentions: list[Mention]
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]
    code: tuple[tuple[int, int], ...]
    alone: tuple[int, ...]


def assemble(
    raws: Iterable[Raw],
    listed: Listed,
    evidence: Evidence,
    *,
    length: int,
    rest: Callable[[Raw], str],
    beyond: str = "",
) -> Assembled:
    """Read blocks, as many as a text of this length may have.

    Args:
        raws: The blocks, without the lines of `listed`.
        listed: The reference lists among the lines.
        evidence: What the document says about its markers.
        length: Characters of the whole document.
        rest: The text from a block on, which is kept unread where the document is too dense.
        beyond: What stands behind all blocks and is kept unread; `rest` has it too.

    Returns:
        With the entries of lists by part, and those of notes that stand in the text. Entries that
        no marker can point to become citations of the form "listed" where nothing else is cited.
    """
    budget = Budget(most_items(length), most_steps(length))
    composer = Composer(evidence, budget)
    lines: list[int] = []
    if evidence.listed:
        raws = with_works_again(raws, evidence.listed, authored=evidence.authored)
    for raw in raws:
        if budget.spent:
            composer.add_unread(rest(raw))
            break
        composer.add(raw)
        if more := len(composer.mentions) - len(lines):
            lines.extend([raw.line] * more)
    else:
        if beyond:
            composer.add_unread(beyond)
    unread = budget.spent or bool(beyond)
    if not any(mention.labels for mention in composer.mentions):
        for entry in listed.references:
            if entry.marker is None:
                composer.add_listed(entry)
        lines.extend([length] * (len(composer.mentions) - len(lines)))  # behind every line
    findings = (_too_dense(composer),) if unread else ()
    numbered, mentions = number_parts(listed, composer.mentions, lines)
    notes, mentions = number_notes(mentions)
    entries, code = (*numbered, *notes), tuple(composer.code)
    alone = tuple(composer.alone)
    return Assembled(
        composer.text, tuple(composer.blocks), mentions, entries, findings, code, alone
    )


def _too_dense(composer: Composer) -> Finding:
    last = composer.blocks[-1].start if composer.blocks else None
    return Finding(
        code="too-dense",
        detail="more lines, blocks or markers than any text of its length has: what follows is "
        "kept as text and was not read",
        at=last if composer.unread is None else composer.unread,
    )
