"""Why a stage could not go on.

LedgerError             root; `str()` says what happened, to which input, and what to try
├── FetchError          no response at all: name, connect, TLS, timeout, size    .url .code
│   └── RefusedError    policy forbids asking: private address, scheme           .url .code
├── ExtractError        bytes, but no article can be read from them              .input .code
├── UsageError          the caller asked for something that cannot be            .subject
├── NotFoundError       a name that stands for nothing, or for several things    .name .candidates
├── StoreError          the database cannot be used: locked, full, too new       .db
│   └── AppendError     the ledger refused an entry                              .entry_id
├── IntegrityError      the record is not what was recorded                      .seq
└── TimeStampError      a time stamp shows no time of what it lies beside        .subject

Exit statuses are no business of errors: `ledger.commands` holds that table.
"""


class LedgerError(Exception):
    """Root of everything this package raises on purpose.

    `remedy` is one sentence saying what the reader can do; None when nothing can be done.
    """

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def identity(self) -> str | None:
        """What the error is about, as shown to people; None when the message says it all."""
        return None

    def __str__(self) -> str:
        subject = self.identity()
        head = f"{subject}: {self.message}" if subject else self.message
        return f"{head}. {self.remedy}" if self.remedy else head


class FetchError(LedgerError):
    """No response came back from `url`. `code` is a stable word such as "timeout"."""

    def __init__(self, url: str, code: str, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.url = url
        self.code = code

    def identity(self) -> str:
        return self.url


class RefusedError(FetchError):
    """Policy forbids asking `url`: nothing was sent."""


class ExtractError(LedgerError):
    """`input` gave bytes, but no article. `code` is a stable word such as "binary"."""

    def __init__(self, input: str, code: str, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.input = input
        self.code = code

    def identity(self) -> str:
        return self.input


def unreadable(name: str, error: Exception, *, remedy: str = "Check the path") -> ExtractError:
    """Say of a file called `name` why it cannot be read, in the same words everywhere.

    Args:
        name: As typed, behind its option if it has one.
        error: What opening or reading it gave.
        remedy: What to do where no file is there.
    """
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ExtractError(name, "not-found", "no such file", remedy=remedy)
    if isinstance(error, IsADirectoryError):
        return ExtractError(name, "not-a-file", "this is a folder", remedy="Name a file")
    why = getattr(error, "strerror", None) or str(error)
    allowed = "Check who may read it" if isinstance(error, PermissionError) else None
    return ExtractError(name, "unreadable", f"it cannot be read: {why}", remedy=allowed)


class UsageError(LedgerError):
    """The request itself is wrong; `subject` is the argument, option or file at fault."""

    def __init__(self, subject: str, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.subject = subject

    def identity(self) -> str:
        return self.subject


SHOWN_OF_NAME = 120
"""Characters of what was asked for that a message repeats: a whole article may have been pasted."""


class NotFoundError(LedgerError):
    """`name` stands for nothing, or for several things: then `candidates` lists them.

    Attributes:
        name: As typed.
        candidates: Those that have this name, or, where none has, those whose names are like it.
        several: Whether the candidates have this name.
    """

    def __init__(
        self,
        name: str,
        message: str,
        *,
        candidates: tuple[str, ...] = (),
        several: bool = False,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.name = name
        self.candidates = candidates
        self.several = several

    def identity(self) -> str:
        name = self.name
        return repr(name if len(name) <= SHOWN_OF_NAME else f"{name[:SHOWN_OF_NAME]}…")


class StoreError(LedgerError):
    """The database at `db` cannot be used."""

    def __init__(self, db: str, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.db = db

    def identity(self) -> str:
        return self.db


class AppendError(StoreError):
    """The ledger at `db` refused the entry `entry_id`; nothing of its batch was recorded."""

    def __init__(self, db: str, entry_id: str, message: str) -> None:
        super().__init__(db, message)
        self.entry_id = entry_id


class IntegrityError(LedgerError):
    """The record is not what was recorded.

    `seq` is the first bad journal row, `subject` else what is at fault, such as a file; None if
    unknown.
    """

    def __init__(
        self,
        message: str,
        *,
        seq: int | None = None,
        subject: str | None = None,
        remedy: str = "Restore a backup and compare the two journals",
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.seq = seq
        self.subject = subject

    def identity(self) -> str | None:
        return self.subject if self.seq is None else f"journal entry {self.seq}"


class TimeStampError(LedgerError):
    """The time stamp `subject` does not hold. It says nothing of the ledger, which may."""

    def __init__(self, message: str, *, subject: str | None = None, remedy: str) -> None:
        super().__init__(message, remedy=remedy)
        self.subject = subject

    def identity(self) -> str | None:
        return self.subject
