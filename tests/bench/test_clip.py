"""What counts as a frame of a moving face, and what a clip's rows say."""

from tests.bench.clip import LASTS_S, TURNS, PlayedClips, counted, rows


def test_a_frame_counts_once_and_only_where_a_face_was_drawn_for_it() -> None:
    assert counted(displayed=[10, 20, 30, 40], drawn=[5, 12, 14, 35]) == [10, 20, 40]
    assert counted(displayed=[10, 20], drawn=[25]) == []


def test_two_faces_drawn_late_are_one_frame_and_a_long_wait() -> None:
    ours, bare = PlayedClips(), PlayedClips()
    for _ in range(TURNS):
        ours.take([n * 20_000.0 for n in range(120)] + [3_000_000.0])
        bare.take([n * 20_000.0 for n in range(150)])
    ours.loaded = 7
    found = [row.cells() for row in rows("a window", ours, bare)]
    assert [row["product"] for row in found] == [f"{121 / LASTS_S:.1f}", "620 ms", "7"]
    assert found[0]["baseline"] == "50.0 (bare)"
    assert found[1]["baseline"] == "20 ms"
