"""An argument, or the path of an option, that is empty: it names nothing, and is refused."""

from typing import Any

from ledger.errors import UsageError

_PATHS = frozenset({"path", "file"})
"""Kinds of options for which "" would be the folder one stands in."""


def refuse_nothing(command: Any) -> None:
    """Let a command, and those below it, refuse arguments and paths that are empty."""
    for below in getattr(command, "commands", {}).values():
        refuse_nothing(below)
    for param in command.params:
        if param.param_type_name == "argument" or param.type.name in _PATHS:
            param.callback = _named


def _named(ctx: Any, param: Any, value: Any) -> Any:
    """A callback.

    Raises:
        UsageError: It is empty, as "$NAME" is where a script did not set it.
    """
    for each in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(each, str) and not each.strip():
            raise UsageError(_shown(ctx, param), "it is empty", remedy="Say which")
    return value


def _shown(ctx: Any, param: Any) -> str:
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.make_metavar(ctx)).removesuffix("...")
