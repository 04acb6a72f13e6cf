"""Withdrawals in words, for every page that shows one."""

from collections.abc import Iterable, Iterator

from ledger.provenance import Copied, Decided, Withdrawal


def saying_words(said: Decided) -> str:
    """What one person decided, as the end of a sentence."""
    words = f"withdrawn since {said['since']}" if said["since"] else "no longer withdrawn"
    words += f", says {said['by']} ({said['at'][:10]})"
    if said["said_of"]:
        words += f" of {said['said_of']}, which was merged into it"
    return f"{words}: {said['reason']}" if said["reason"] else words


def copy_words(copied: Copied) -> str:
    """What is to be said of a page that was not withdrawn, and carries a story that was."""
    gone = copied["gone"]
    return f"it carries the same story as {gone['name']}, which is {saying_words(gone)}"


def moved_withdrawals(before: Iterable[Withdrawal], after: Iterable[Withdrawal]) -> Iterator[str]:
    """How a merge of outlets, just recorded, changes what counts as withdrawn.

    Args:
        before: What stood withdrawn of them.
        after: What is said of them now, also what stands withdrawn no more.
    """
    stood = {each["key"]: each for each in before if each["kind"] == "outlet"}
    now = {each["key"]: each for each in after if each["kind"] == "outlet"}
    for key, each in now.items():
        elsewhere = next((said for said in each["before"] if said["said_of"]), None)
        if each["since"] is not None:
            if key not in stood or each["said_of"] or elsewhere:
                yield f"{each['name']} counts as withdrawn: {saying_words(each)}"
        elif stood and elsewhere and elsewhere["since"]:
            yield (
                f"{each['name']} counts as not withdrawn: {saying_words(each)}. That is the "
                f"later decision, and replaces this one: {saying_words(elsewhere)}"
            )
    for key, each in stood.items():
        if key not in now and each["said_of"]:
            yield (
                f"{each['name']} no longer counts as withdrawn: that was said of {each['said_of']}"
            )


def withdrawal_lines(found: Iterable[Withdrawal]) -> Iterator[str]:
    """A line for each withdrawal, and for each earlier decision that no longer counts."""
    for each in found:
        yield f"! {each['name']} is {saying_words(each)}"
        for said in each["before"]:
            yield f"    said before, and no longer counts: {saying_words(said)}"
