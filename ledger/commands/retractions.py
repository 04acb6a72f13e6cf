"""Withdrawals in words, for every page that shows one."""

from collections.abc import Iterable, Iterator

from ledger.provenance import Decided, Withdrawal


def saying_words(said: Decided) -> str:
    """What one person decided, as the end of a sentence."""
    words = f"withdrawn since {said['since']}" if said["since"] else "not withdrawn any more"
    words += f", says {said['by']} ({said['at'][:10]})"
    return f"{words}: {said['reason']}" if said["reason"] else words


def withdrawal_lines(found: Iterable[Withdrawal]) -> Iterator[str]:
    """A line for each, and for what was said of it before and does not stand."""
    for each in found:
        yield f"! {each['name']} is {saying_words(each)}"
        for said in each["before"]:
            yield f"    said before, and does not stand: {saying_words(said)}"
