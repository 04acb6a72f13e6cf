"""What every entry is: frozen, closed to other fields, with an id that follows from its content.

What an id says is the kind of an entry and its key fields, an array: see `ledger.ids`. A key field
that a later version of this program adds (`late_key_fields`) stands behind the others, and the
array ends with the last of them that is not None: what was recorded before has none of them, and
keeps its id.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Self, Union, cast, get_args, get_origin

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from ledger.ids import entry_id


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:  # in the first hours of the year 1 or the last of 9999
        raise ValueError("its year in UTC is outside the calendar") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A point in time, turned to UTC: one instant, one spelling. Without a zone it is refused."""


class Entry(BaseModel):
    """One immutable statement; made by `make`, which derives its id.

    `kind_of_entry` and the fields named by `key_fields`, in that order, are what the id says, and
    behind them `late_key_fields`, which old entries lack: see the head of this module.
    """

    # Schemas are built when they are first asked for: hardly a command needs every kind of entry.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    kind_of_entry: ClassVar[str] = ""
    key_fields: ClassVar[tuple[str, ...]] = ()
    late_key_fields: ClassVar[tuple[str, ...]] = ()
    _is_plain: ClassVar[bool] = False

    id: str

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls._is_plain = all(_is_plain(each.annotation) for each in cls.model_fields.values())

    @classmethod
    def make(cls, **fields: Any) -> Self:
        """The entry with these fields (all but `id`) and the id that follows from them.

        Raises:
            pydantic.ValidationError: A field is missing, unknown or of the wrong type.
        """
        # The key is read after validation, because only then has it its one spelling; the frozen
        # model is not handed out before its id is in place.
        entry = cls(id="", **fields)
        entry.__dict__["id"] = entry.rederived_id()
        return entry

    @classmethod
    def of_own(cls, **fields: Any) -> Self:
        """As `make`, of values that the readers made: their types are right, and not looked at."""
        entry = cast("Self", cls.model_construct(id="", **fields))
        entry.__dict__["id"] = entry.rederived_id()
        return entry

    def rederived_id(self) -> str:
        """The id that follows from the content; equals `id` unless somebody chose another."""
        return entry_id(self.kind_of_entry, *self.key_in(self.__dict__))

    @classmethod
    def key_in(cls, values: Mapping[str, Any]) -> list[Any]:
        """What the id says besides the kind, from the values of the fields; None left out."""
        names = cls.key_fields + cls.late_key_fields
        key = list(map(values.get, names))
        least = len(cls.key_fields)
        while len(key) > least and key[-1] is None:
            key.pop()
        return key

    def content(self) -> dict[str, object]:
        """Every field as plain JSON values, for digests and for storing.

        Datetimes become ISO 8601 in UTC; tuples become lists; None stays None.
        """
        return self.model_dump(mode="json")

    def said(self) -> Mapping[str, object]:
        """As `content`, to be read and not to be changed; a tuple of texts may be one still."""
        # Most of what is recorded is plain, and a copy of each entry is a third of its cost.
        return self.__dict__ if self._is_plain else self.content()


def _is_plain(annotation: Any) -> bool:
    """Whether values of this type are JSON values as they are, but for tuples of texts."""
    if get_origin(annotation) is Literal:
        return all(isinstance(word, str) for word in get_args(annotation))
    if get_origin(annotation) in (UnionType, Union):
        return all(_is_plain(each) for each in get_args(annotation))
    return annotation in (str, int, NoneType, tuple[str, ...])
