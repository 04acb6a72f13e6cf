"""`ledger audit`: the citation audit."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from ledger.audit import Audit, AuditSet, Total
from ledger.commands.audited import audited
from ledger.commands.opening import readable
from ledger.commands.options import CitedOption, ForceOption, JsonOption, OutputOption, RatingOption
from ledger.commands.output import MARK
from ledger.commands.safe import visible
from ledger.commands.settings import settings_of
from ledger.commands.whole_file import file_of, whole_file
from ledger.commands.words import counted, say
from ledger.errors import UsageError
from ledger.export.set_by import set_by
from ledger.provenance import set_aside
from ledger.reader import Reader

app = typer.Typer()


class AuditFormat(StrEnum):
    """How an audit is written; each but `excel` is the ending of a file, too."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    EXCEL = "excel"


class Flaw(StrEnum):
    """What an audit can fail on."""

    GAPS = "gaps"
    SINGLE_SOURCE = "single-source"
    SINGLE_OWNER = "single-owner"
    UNCITED = "uncited"
    FINDINGS = "findings"
    WITHDRAWN = "withdrawn"


@app.command("audit")
def audit_command(
    ctx: typer.Context,
    target: Annotated[
        list[str] | None,
        typer.Argument(metavar="TARGET...", help="Articles: ids, addresses or files."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every article, in its current version.")
    ] = False,
    cited: CitedOption = None,
    rating: RatingOption = None,
    format: Annotated[
        AuditFormat | None,
        typer.Option(
            metavar="FORM",
            help="md, html, json, csv or excel (CSV for Excel). Default: from the file name "
            "given with -o, or md.",
        ),
    ] = None,
    json: JsonOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    fail_on: Annotated[
        list[Flaw] | None,
        typer.Option(
            metavar="WHAT",
            help=f"Exit status 1 if there are any: {', '.join(Flaw)}. Repeatable.",
        ),
    ] = None,
) -> None:
    """Write a citation audit of articles, to read or to hand on.

    Example: ledger audit article.md -o audit.html

    An audit says what the article is and how many of its claims are cited. Then
    come the findings, citations that lead nowhere, claims that fall with one
    outlet, the outlets by weight, every claim, and the reference list. An audit
    of several articles begins with a summary of them all.

    --rating picks every article that leans on an outlet with that rating. --all
    --not-cited leaves out the pages that were fetched because others cite them.

    An audit shows where each citation leads. It does not check whether the page
    there says what the claim says.
    """
    settings = settings_of(ctx)
    if json and format not in (None, AuditFormat.JSON):
        raise UsageError(
            "--json", f"--format {format.value} says something else", remedy="Give one"
        )
    form = _form(AuditFormat.JSON if json else format, output)
    output = file_of(output, "-o", force=force)
    _refuse_article(output, target or [])
    with readable(settings) as reader:
        left_out = 0 if target else len(set_aside(reader))
        found = audited(reader, target or [], every, rating, cited)
        if isinstance(found, Audit):
            reader.close()  # all of it is read: nobody who writes is kept waiting
        _write(found, form, output, reader, force=force)
    total = Total([found]) if isinstance(found, Audit) else found.total
    if output is not None:
        say(f"Wrote {output}{_as_form(form, output)}: {_contents(total)}", settings)
    if left_out:
        say(
            f"note: {counted(left_out, 'article is', 'articles are')} set aside and left out: "
            "ledger articles --aside",
            settings,
        )
    flaws = list(_flaws(total, fail_on or []))
    for flaw in flaws:
        say(f"fails on {flaw}", settings)
    if flaws:
        raise typer.Exit(1)


def _refuse_article(output: Path | None, names: Sequence[str]) -> None:
    """Never write an audit over the article that it is of, which was named by its file."""
    if output is not None and any(_is_file(name, output) for name in names):
        raise UsageError(f"-o {output}", "this is the article itself", remedy="Name another file")


def _is_file(name: str, path: Path) -> bool:
    """Whether what an article was named by is a file, and just that one; an address is none."""
    try:
        return path.samefile(name)
    except (OSError, ValueError):
        return False


_OFFICE = {
    "pdf": "Write .html, open that in a browser and print it as PDF",
    **dict.fromkeys(("doc", "docx", "odt", "rtf"), "Write .html: word processors open it"),
    **dict.fromkeys(("xls", "xlsx", "ods"), "Write .csv, and give --format excel for Excel"),
}
"""Endings of files that open with nothing in them that an audit is written as, and what does."""
_OTHER_FORMATS = _OFFICE.keys() | frozenset("jsonl ndjson tsv xml yaml yml".split())
"""Endings of files that would not open with Markdown in them."""


def _form(said: AuditFormat | None, output: Path | None) -> AuditFormat:
    """What was said, else what the ending of the file says, else Markdown."""
    ending = _ending(output) if output else ""
    if ending in (_OFFICE if said else _OTHER_FORMATS):
        remedy = "Name a file that ends in .md, .html, .csv or .json, or say which with --format"
        remedy = _OFFICE.get(ending, remedy)
        raise UsageError(f"-o {output}", f"an audit cannot be written as {ending}", remedy=remedy)
    if said:
        return said
    endings = set(AuditFormat) - {AuditFormat.EXCEL}
    return AuditFormat(ending) if ending in endings else AuditFormat.MD


_WORDS = {
    AuditFormat.MD: "Markdown",
    AuditFormat.HTML: "HTML",
    AuditFormat.JSON: "JSON",
    AuditFormat.CSV: "CSV",
    AuditFormat.EXCEL: "CSV for Excel",
}


def _ending(output: Path) -> str:
    """The ending of a file, or the form that it is another name of."""
    ending = output.suffix.lower().removeprefix(".")
    return {"htm": "html", "markdown": "md"}.get(ending, ending)


def _as_form(form: AuditFormat, output: Path) -> str:
    """As what it was written, where the ending of the file does not say so."""
    named = "csv" if form is AuditFormat.EXCEL else form
    return "" if _ending(output) == named else f" as {_WORDS[form]}"


def _write(
    found: Audit | AuditSet, form: AuditFormat, output: Path | None, reader: Reader, *, force: bool
) -> None:
    """Write an audit, as a whole or not at all: of a set, every article is read while it is."""
    with set_by(_renderer(form)(found)) as text:
        reader.close()  # however slowly it is taken now, nobody who writes is kept waiting
        if output is not None:
            with whole_file(output, "-o", force=force) as file:
                file.writelines(piece.encode() for piece in text)
            return
        # What is exported is safe already; nothing goes to a terminal unfiltered all the same.
        sys.stdout.writelines(text if form is AuditFormat.JSON else map(visible, text))
    sys.stdout.flush()


def _renderer(form: AuditFormat) -> Callable[[Audit | AuditSet], Iterable[str]]:
    if form is AuditFormat.JSON:
        from ledger.export.json import to_json

        return to_json
    if form is AuditFormat.CSV:
        from ledger.export.csv import to_csv

        return to_csv
    if form is AuditFormat.EXCEL:
        from ledger.export.csv import to_csv

        return lambda found: chain([MARK], to_csv(found))
    if form is AuditFormat.HTML:
        from ledger.export.html import to_html

        return to_html
    from ledger.export.markdown import to_markdown

    return to_markdown


def _contents(total: Total) -> str:
    articles = counted(len(total.articles), "article")
    return f"{articles}, {counted(total.sum('claims'), 'claim')}"


def _flaws(total: Total, asked: Sequence[Flaw]) -> Iterator[str]:
    """What is there of what was asked for, each once, with its denominator."""
    citations = counted(total.sum("citations"), "citation")
    carried = counted(
        total.sum("carried"),
        "sentence that cites or names a source",
        "sentences that cite or name a source",
    )
    claims = counted(total.sum("claims"), "claim")
    counts = {
        Flaw.GAPS: (
            total.sum("gaps"),
            f"of {citations} leads nowhere",
            f"of {citations} lead nowhere",
        ),
        Flaw.SINGLE_SOURCE: (
            total.sum("one_outlet"),
            f"of {carried} falls with one outlet or story",
            f"of {carried} fall with one outlet or story",
        ),
        Flaw.SINGLE_OWNER: (
            total.sum("one_owner"),
            f"of {carried} falls with the outlets of one owner",
            f"of {carried} fall with the outlets of one owner",
        ),
        Flaw.UNCITED: (
            total.sum("uncited"),
            f"of {claims} has nothing to carry it",
            f"of {claims} have nothing to carry them",
        ),
        Flaw.FINDINGS: (total.sum("findings"), "to look at", "to look at"),
        Flaw.WITHDRAWN: (
            len(total.withdrawn.keys() | {subject for subject, _ in total.copied}),
            "outlet or page that was withdrawn, or a copy of it, is cited or named",
            "outlets or pages that were withdrawn, or copies of them, are cited or named",
        ),
    }
    for flaw in dict.fromkeys(asked):
        count, of_one, of_more = counts[flaw]
        if count:
            yield f"{flaw}: {count:,} {of_one if count == 1 else of_more}"
