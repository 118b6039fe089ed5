"""From the plain values of a TOML file to the types a field declares."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import time
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from assessment_center.rulebooks.rules.errors import RulebookError

SCALARS: dict[Any, tuple[type, str]] = {
    int: (int, "整数"),
    str: (str, "文本"),
    bool: (bool, "true 或 false"),
}


_hints: dict[type[Any], Mapping[str, Any]] = {}


def hints(kind: type[Any]) -> Mapping[str, Any]:
    """Return the evaluated annotations of a dataclass, kept for the next call."""
    if kind not in _hints:
        _hints[kind] = get_type_hints(kind)
    return _hints[kind]


def convert(kind: Any, raw: object, place: str) -> Any:
    """Return `raw` as a value of type `kind`; raises `RulebookError` naming `place`."""
    if kind in SCALARS:
        wanted, label = SCALARS[kind]
        if type(raw) is not wanted:
            raise _mismatch(place, label, raw)
        return raw
    if kind is float:
        if type(raw) not in (int, float):
            raise _mismatch(place, "小数", raw)
        return float(str(raw))
    if kind is time:
        return _time(raw, place)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return build(kind, raw, place)
    return _composite(kind, raw, place)


def _composite(kind: Any, raw: object, place: str) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        if raw not in arguments or type(raw) is not str:
            raise _mismatch(place, "、".join(map(str, arguments)) + " 之一", raw)
        return raw
    if origin in (Union, types.UnionType):
        inner = next(each for each in arguments if each is not type(None))
        return convert(inner, raw, place)
    if origin is tuple:
        return _tuple(arguments, raw, place)
    if not isinstance(raw, dict):
        raise _mismatch(place, "表", raw)
    key_kind, value_kind = arguments
    pairs = {
        _key(key_kind, k, place): convert(value_kind, v, f"{place}.{k}") for k, v in raw.items()
    }
    return types.MappingProxyType(pairs)


def _tuple(arguments: tuple[Any, ...], raw: object, place: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise _mismatch(place, "列表", raw)
    if arguments[-1] is Ellipsis:
        arguments = (arguments[0],) * len(raw)
    if len(arguments) != len(raw):
        raise _mismatch(place, f"{len(arguments)} 项的列表", raw)
    return tuple(
        convert(kind, each, f"{place}[{i}]")
        for i, (kind, each) in enumerate(zip(arguments, raw, strict=True))
    )


def _key(kind: Any, key: str, place: str) -> Any:
    """TOML keys are text; a whole number as key is written in digits."""
    if kind is int and key.isdecimal():
        return int(key)
    return convert(kind, key, place)


def _time(raw: object, place: str) -> time:
    try:
        return time.fromisoformat(str(raw))
    except ValueError:
        raise _mismatch(place, "时刻（如 12:00）", raw) from None


def build(kind: type[Any], raw: object, place: str, **ready: object) -> Any:
    """Make the dataclass `kind` of a table; unknown and missing keys are errors.

    `ready` holds fields made elsewhere; a field's TOML name may stand in its metadata.
    """
    if not isinstance(raw, dict):
        raise _mismatch(place, "表", raw)
    values: dict[str, object] = dict(ready)
    rest = dict(raw)
    for each in dataclasses.fields(kind):
        name = each.metadata.get("name", each.name)
        if each.name in ready:
            rest.pop(name, None)
        elif name in rest:
            values[each.name] = convert(hints(kind)[each.name], rest.pop(name), f"{place}.{name}")
        elif each.default is each.default_factory is dataclasses.MISSING:
            raise RulebookError(place, f"缺少“{name}”")
    if rest:
        raise RulebookError(place, f"不认识的项：{'、'.join(rest)}")
    try:
        return kind(**values)
    except ValueError as error:
        raise RulebookError(place, str(error)) from None


def _mismatch(place: str, wanted: str, raw: object) -> RulebookError:
    return RulebookError(place, f"应为{wanted}，现为 {raw!r}")
