"""Names of files and folders -> the inputs that they stand for."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger.errors import ExtractError, UsageError
from ledger.inputs.endings import JSON, READABLE, is_archive, reads_pdf, why_not
from ledger.inputs.exports import EXPORTED, conversations_of
from ledger.inputs.files import SIDECARS
from ledger.inputs.receive import STDIN, is_url

_MOST_JSON = 16 * 1024 * 1024
"""Bytes of JSON in a folder that is read to see whether it is an answer: larger ones are data."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for inputs found.

    Attributes:
        names: Inputs, each once, in order; every folder stands as its readable files.
        unreadable: Folders that could not be looked into, and why.
        passed_over: Ending in lower case ("" for none) to the number of files with it that a
            folder has and nothing here reads. Hidden ones do not count.
        refused: Why files of a folder are not read there, or what can be done about them, to these
            files; they are not in `passed_over`.
        inside: Those of `names` that nobody named: a folder has them.
    """

    names: tuple[str, ...]
    unreadable: tuple[ExtractError, ...]
    passed_over: Mapping[str, int]
    refused: Mapping[str, tuple[str, ...]]
    inside: frozenset[str]


def find_inputs(names: Iterable[str], *, archives: bool = False) -> Found:
    """Inputs with every folder replaced by its readable files, in order of their names.

    WARC files of a folder are among them only with `archives`: not everybody can read them.

    A folder without any is unreadable. A chat export stands as its conversations. Hidden files
    and folders are left out, and so are lists of references that lie beside an article. Links to
    folders are not followed.

    Raises:
        UsageError: A name is empty.
    """
    found: dict[str, None] = {}
    unreadable: list[ExtractError] = []
    passed_over: Counter[str] = Counter()
    refused: dict[str, list[str]] = {}
    named: set[str] = set()

    def failed(error: OSError) -> None:
        message = f"this folder cannot be read: {error.strerror}"
        unreadable.append(ExtractError(str(error.filename), "unreadable", message))

    for name in names:
        if name == STDIN or is_url(name) or not _is_folder(name):
            inputs = _inputs_of(name) or [name]
            named.update(inputs)
            found.update(dict.fromkeys(inputs))
            continue
        inside: dict[str, None] = {}
        for path in _files(name, failed):
            inputs, ending = _readable(path, archives=archives), path.suffix.lower()
            inside.update(dict.fromkeys(inputs))
            if inputs or path.name.endswith(SIDECARS):
                continue
            if why := why_not(path.name, ending):
                refused.setdefault(why, []).append(str(path))
            else:
                passed_over[ending] += 1
        found.update(inside)
        if not inside and not any(each.input == name for each in unreadable):
            message = "there is no file in this folder that can be read"
            unreadable.append(ExtractError(name, "unreadable", message))
    return Found(
        tuple(found),
        tuple(unreadable),
        passed_over,
        {why: tuple(files) for why, files in refused.items()},
        frozenset(found) - named,
    )


def _files(name: str, failed: Callable[[OSError], None]) -> Iterator[Path]:
    """The files of a folder and of those in it, in order; `failed` is told what cannot be read."""
    for folder, folders, files in os.walk(name, onerror=failed):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(each for each in files if not each.startswith(".")):
            yield Path(folder, file)


def _readable(path: Path, *, archives: bool) -> list[str]:
    """What is to be read of a file in a folder: itself, or its conversations; empty for nothing."""
    if path.suffix.lower() in READABLE:
        return [str(path)] if path.suffix.lower() != ".pdf" or reads_pdf() else []
    if not path.is_file():  # to look into a pipe or a device may never end
        return []
    if archives and is_archive(path.name):
        return [str(path)]
    if path.suffix.lower() == ".xml" and _is_article(path):
        return [str(path)]
    if EXPORTED.fullmatch(path.name):
        return _inputs_of(str(path)) or [str(path)]
    if path.suffix.lower() in JSON and not path.name.endswith(SIDECARS):
        return [str(path)] if _is_answer(path) else []
    return _inputs_of(str(path)) if path.suffix.lower() == ".zip" else []


def _is_answer(path: Path) -> bool:
    """Whether JSON is the answer of an AI service: most JSON in a folder is something else."""
    from ledger.extract.answers.activity import read_activity
    from ledger.extract.answers.answer import read_answer
    from ledger.extract.answers.chats import read_chat

    try:
        if path.stat().st_size > _MOST_JSON:
            return False
        text = path.read_text(encoding="utf-8-sig")
        return bool(read_activity(text) or read_chat(text) or read_answer(text))
    except (OSError, ValueError, RecursionError):  # then it is named as one that is not
        return False


def _is_article(path: Path) -> bool:
    """Whether XML is an article of a journal: most XML in a folder is something else."""
    from ledger.extract.media import JATS, SNIFFED_BYTES, media_type_of

    try:
        with path.open("rb") as file:
            return media_type_of(file.read(SNIFFED_BYTES), None, path.name) == JATS
    except OSError:  # `receive` would say why; in a folder it counts as passed over
        return False


def _inputs_of(name: str) -> list[str]:
    """The conversations of a chat export as inputs; empty for what is none."""
    if name == STDIN or is_url(name):
        return []
    try:
        conversations = conversations_of(Path(name))
    except (OSError, ValueError):  # `receive` says what is wrong with it
        return []
    return [f"{name}#{chosen}" for chosen in conversations or ()]


def _is_folder(name: str) -> bool:
    if not name:  # Path("") is the folder one stands in
        raise UsageError("INPUT", "it is empty", remedy="Name a file, a folder or an address")
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # a name too long, or with a NUL: `receive` says so
        return False
