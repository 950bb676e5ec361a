"""JSON decoder for frozen dataclasses: every field checked by its type hint, errors named by their path.

Handles nested dataclasses, `tuple[X, ...]`, `tuple[X, Y]`, `dict[str, X]`, `X | None`, str, int and float.
`dataclasses.asdict` and `json.dumps` are the way back.
"""

from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def decode(kind: type[T], value: Any, path: str = "") -> T:
    """`value`, as `json.loads` gives it, as a `kind`; raises ValueError naming the field, e.g. `runs[0].seed`."""
    decoded: T = _decode(kind, value, path)
    return decoded


def _decode(kind: Any, value: Any, path: str) -> Any:
    if is_dataclass(kind):
        return _record(kind, value, path)
    if isinstance(kind, UnionType):
        return None if value is None else _decode(next(k for k in get_args(kind) if k is not NoneType), value, path)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is dict and isinstance(value, dict):
        return {str(name): _decode(inner[1], one, _below(path, name)) for name, one in value.items()}
    if origin is tuple and isinstance(value, list | tuple):
        kinds = [inner[0]] * len(value) if inner[-1] is ... else list(inner)
        if len(kinds) == len(value):
            return tuple(_decode(k, v, f"{path}[{i}]") for i, (k, v) in enumerate(zip(kinds, value, strict=True)))
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if kind in (str, int) and type(value) is kind:
        return value
    raise ValueError(f"{path or 'the whole'} is {str(value)[:40]!r}; expected {getattr(kind, '__name__', kind)}")


def _record(kind: Any, value: Any, path: str) -> Any:
    hints = _hints(kind)
    names = {field.name for field in fields(kind)}
    if not isinstance(value, dict):
        raise ValueError(
            f"{path or 'the whole'} is {str(value)[:40]!r}; expected the fields {', '.join(sorted(names))}"
        )
    if missing := sorted(names - set(value)):
        raise ValueError(f"missing fields {', '.join(_below(path, name) for name in missing)}")
    if unknown := sorted(set(value) - names):
        raise ValueError(f"unknown fields {', '.join(_below(path, name) for name in unknown)}")
    return kind(**{name: _decode(hints[name], value[name], _below(path, name)) for name in names})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _below(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)
