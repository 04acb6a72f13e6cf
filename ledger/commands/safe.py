"""Text from outside -> text that a terminal and a spreadsheet show and never obey.

What an export is made safe by serves the commands too; here is what only they need.
"""

from ledger.export.cells import csv_cell as csv_cell
from ledger.export.cells import escaped as escaped
from ledger.export.cells import json_text as json_text
from ledger.export.cells import one_line as one_line
from ledger.export.cells import shown
from ledger.export.cells import visible as visible


def tsv_cell(value: object) -> str:
    r"""A cell of a TSV line: nothing for None; tab and newline as `\t` and `\n`."""
    return whole_line(shown(value))


def whole_line(text: str) -> str:
    r"""Visible text that is one line, and is not taken for two: tab and newline as `\t` and `\n`.

    Names of files may have both.
    """
    return visible(text).replace("\t", r"\t").replace("\n", r"\n")
