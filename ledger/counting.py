"""Numbers with their nouns, as every message has them."""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number and its noun: "1 claim", "1,234 claims"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
