"""The exports of an audit, each as one text, and sets of audits that can be gone through again."""

from ledger.audit import Audit, AuditSet
from ledger.export import csv, html, json, markdown


def to_csv(audit: Audit | AuditSet) -> str:
    return "".join(csv.to_csv(audit))


def to_html(audit: Audit | AuditSet) -> str:
    return "".join(html.to_html(audit))


def to_json(audit: Audit | AuditSet) -> str:
    return "".join(json.to_json(audit))


def to_markdown(audit: Audit | AuditSet) -> str:
    return "".join(markdown.to_markdown(audit))


def a_set(*audits: Audit) -> AuditSet:
    return AuditSet(audits[0].journal, audits[0].made_at, len(audits), audits)
