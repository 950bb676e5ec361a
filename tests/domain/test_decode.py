"""What a file may hold, and how it is told where it does not."""

from dataclasses import asdict, dataclass

import pytest

from core.domain.decode import decode


@dataclass(frozen=True)
class Inner:
    pair: tuple[float, float]
    many: tuple[int, ...]


@dataclass(frozen=True)
class Outer:
    name: str
    maybe: float | None
    inner: dict[str, Inner]


WHOLE = {"name": "a", "maybe": None, "inner": {"x": {"pair": [1, 2.5], "many": [1, 2, 3]}}}


def test_what_was_written_is_read() -> None:
    found = decode(Outer, WHOLE)
    assert found == Outer("a", None, {"x": Inner((1.0, 2.5), (1, 2, 3))})
    assert decode(Outer, asdict(found)) == found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": 3}, "name is '3'; expected str"),
        ({"maybe": "x"}, "maybe is 'x'; expected float"),
        ({"inner": {"x": {"pair": [1], "many": []}}}, r"inner\.x\.pair is '\[1\]'"),
        ({"inner": {"x": {"pair": [1, 2], "many": [1.5]}}}, r"inner\.x\.many\[0\] is '1\.5'; expected int"),
        ({"inner": {"x": {"pair": [1, 2]}}}, r"missing fields inner\.x\.many"),
        ({"else": 1}, "unknown fields else"),
        ({"inner": [1]}, r"inner is '\[1\]'"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        decode(Outer, WHOLE | change)
