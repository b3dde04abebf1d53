"""Arguments and answers made up from the code's own types, for tests that go over every method."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, NewType, TypeAliasType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from msgspec import inspect as shapes

from booking.wix import Wix
from booking.wix.wire import Reader
from tests.wix.stand_in import StandIn, Told, a_transport
from tests.wix.test_random_answers import JSON

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
ZONE = "Europe/Zurich"  # a text that is also the name of a zone
LATER = {"ends", "until", "to"}
CONCRETE = (tuple, list, frozenset)
PLAIN: dict[Any, Any] = {
    str: ZONE,
    int: 1,
    float: 1.0,
    bool: False,
    bytes: b"",
    Decimal: Decimal(1),
    datetime: NOW,
    date: NOW.date(),
    timedelta: timedelta(hours=1),
    type(None): None,
}


def sample(hint: Any, name: str = "") -> Any:
    """One value of that type. Raises: TypeError for a type nobody has taught it."""
    if hint in PLAIN:
        return NOW + timedelta(hours=1) if hint is datetime and name in LATER else PLAIN[hint]
    if isinstance(hint, NewType):
        return sample(hint.__supertype__, name)
    if isinstance(hint, TypeAliasType):
        return sample(hint.__value__, name)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint):
        return _instance(hint)
    return _composed(hint, name)


def _composed(hint: Any, name: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return inner[0]
    if origin in (Union, types.UnionType):
        return sample(inner[0], name)
    if origin in (tuple, list, Sequence, Iterable, frozenset):
        return (origin if isinstance(origin, type) and origin in CONCRETE else tuple)(
            [sample(inner[0])]
        )
    if origin in (dict, Mapping):
        return {sample(inner[0]): sample(inner[1])}
    raise TypeError(f"no sample of {hint}")


def _instance(kind: Any) -> Any:
    hints = get_type_hints(kind)
    needed = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is field.default_factory is dataclasses.MISSING
    ]
    return kind(**{name: sample(hints[name], name) for name in needed})


type Call = Callable[[Wix], object]


def calls(**generation: Any) -> Iterator[tuple[str, Call, list[Reader[Any]]]]:
    """Every public method of every resource, called with samples, and what its file reads with."""
    wix = Wix(a_transport(StandIn(Told())), **generation)
    for resource in get_type_hints(Wix):
        kind = type(getattr(wix, resource))
        for method, function in inspect.getmembers(kind, inspect.isfunction):
            if not method.startswith("_"):
                yield f"{resource}.{method}", _call(resource, method, function), _readers(kind)


def _call(resource: str, method: str, function: Any) -> Callable[[Wix], object]:
    hints = get_type_hints(function)
    arguments, named = [], {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.default is not parameter.empty:
            continue
        value = sample(hints[parameter.name], parameter.name)
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        else:
            arguments.append(value)
    return lambda wix: getattr(getattr(wix, resource), method)(*arguments, **named)


def _readers(kind: Any) -> list[Reader[Any]]:
    module = inspect.getmodule(kind)
    return [value for value in vars(module).values() if isinstance(value, Reader)]


def answers(readers: Sequence[Reader[Any]]) -> st.SearchStrategy[Any]:
    """JSON of the shapes that these read, with something else here and there."""
    kinds = [shapes.type_info(reader._decoder.type) for reader in readers]
    whole = st.one_of([_shaped(kind, kinds, 0) for kind in kinds]) if kinds else JSON
    return whole | JSON


DEEPEST = 7


def _shaped(kind: shapes.Type, kinds: list[Any], depth: int) -> st.SearchStrategy[Any]:
    if depth > DEEPEST:
        return st.none()

    def deeper(inner: shapes.Type) -> st.SearchStrategy[Any]:
        return _shaped(inner, kinds, depth + 1)

    found = SCALARS.get(type(kind), JSON)
    match kind:
        case shapes.StructType(fields=fields):
            members = {field.encode_name: deeper(field.type) for field in fields}
            found = st.fixed_dictionaries({}, optional=members)
        case shapes.ListType(item_type=item):
            found = st.lists(deeper(item), max_size=2)
        case shapes.DictType(value_type=value):
            found = st.dictionaries(st.text(max_size=5), deeper(value), max_size=2)
        case shapes.UnionType(types=several):
            found = st.one_of([deeper(one) for one in several])
        case shapes.RawType():
            found = st.deferred(lambda: st.one_of([deeper(one) for one in kinds]))
    return found


DATES = ["2026-12-01T08:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"]
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    shapes.StrType: st.sampled_from([ZONE, "", "x", "CREATED", "EUR", "10.00", *DATES]),
    shapes.IntType: st.integers(-5, 5) | st.just(2**40),
    shapes.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    shapes.BoolType: st.booleans(),
    shapes.DateTimeType: st.sampled_from([*DATES, "2026-12-01T08:00:00"]),
    shapes.NoneType: st.none(),
}
