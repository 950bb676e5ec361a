"""The simulation of practice that adapts goes through what the product does."""

from tests.bench.engine import engine_figures


def test_faces_come_back_in_it_after_a_miss() -> None:
    rows = {row.name: row for row in engine_figures(learners=4)}
    share = float(rows["faces that came back after a miss"].product.split()[0])
    assert 5 < share < 15
    assert float(rows["answers right, learners"].product.split()[0]) > float(
        rows["answers right, learners"].baseline.split()[0]
    )
