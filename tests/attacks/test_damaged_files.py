"""A changed byte, a damaged page, garbage, half an archive: every command says so in words, and nothing is replaced."""

import random
from pathlib import Path

import pytest

from core.storage.backups.backup import back_up
from core.storage.database import Store
from core.storage.migrate import upgrade
from tests.attacks.installation import command
from tests.others import first_of
from tests.storage.filled import fill

PAGE = 4096


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """An installation with rows in every table, and its backup."""
    store = Store(f"sqlite:///{tmp_path / 'lexithymia.db'}")
    upgrade(store)
    fill(store)
    back_up(store, tmp_path / "backups")
    store.close()
    return tmp_path


def in_words(local: Path, *words: str) -> str:
    done = command(local, *words)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), (words, done.stdout, done.stderr)
    return done.stderr


@pytest.mark.slow
def test_a_damaged_database_is_said_by_every_command_that_reads_it(local: Path) -> None:
    path = local / "lexithymia.db"
    held = path.read_bytes()
    path.write_bytes(held[:PAGE] + random.Random(1).randbytes(len(held) - PAGE))
    for words in (
        ("backup",),
        ("audit", "--verify"),
        ("export", "--out", str(local / "out")),
        ("copy-database", f"sqlite:///{path}", f"sqlite:///{local / 'copy.db'}"),
        ("demo", "--out", str(path)),
        ("erase", "P-01", "--yes"),
        ("retention", "--months", "1", "--dry-run"),
        ("keys", "check"),
        ("serve", "--port", "8999"),
    ):
        said = in_words(local, *words)
        assert "damaged" in said, (words, said)
        assert "restore" in said, (words, said)


@pytest.mark.parametrize("seed", first_of(0, 1, 2))
def test_one_changed_byte_in_a_backup_is_said_and_nothing_is_replaced(local: Path, seed: int) -> None:
    (path,) = (local / "backups").iterdir()
    held = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(len(held))
    held[place] ^= 0x5A
    path.write_bytes(held)
    before = (local / "lexithymia.db").read_bytes()
    done = command(local, "restore", str(path))
    assert "Traceback" not in done.stderr, (place, done.stderr)
    if done.returncode:
        assert "Nothing was replaced." in done.stderr
        assert (local / "lexithymia.db").read_bytes() == before
    else:
        assert [file.name for file in local.glob("lexithymia-before-*")] != []


@pytest.mark.slow
def test_garbage_and_half_an_archive_are_said(local: Path) -> None:
    (path,) = (local / "backups").iterdir()
    held = path.read_bytes()
    for broken in (b"", held[: len(held) // 2], random.Random(1).randbytes(5000), held[100:], held[:-30]):
        path.write_bytes(broken)
        assert "Expected a file that `backup` wrote" in in_words(local, "restore", str(path))
