"""Another user of the machine reads nothing of an installation, also not what an older release left open."""

import os
import stat
from pathlib import Path

import pytest

from core.services.accounts import accounts
from tests.attacks.installation import command
from tests.e2e.server import AppServer, ByStreamlit
from tests.support import PASSWORD


def open_to_others(folder: Path) -> list[str]:
    found = [folder, *folder.rglob("*")]
    return [path.name for path in found if path.name != "server.log" and stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [AppServer, pytest.param(ByStreamlit, marks=pytest.mark.slow)])
def test_what_was_open_is_closed_at_the_start_and_what_is_written_stays_closed(
    kind: type[AppServer], tmp_path: Path
) -> None:
    local = tmp_path / "local"
    (local / "backups").mkdir(parents=True)
    old = [local / "erased", local / "lexithymia-before-20260101T000000Z.db", local / "backups" / "old.zip"]
    for path in old:
        path.touch()
        path.chmod(0o644)
    local.chmod(0o755)
    before = os.umask(0o022)
    try:
        with kind(local) as server:
            accounts.create_first_clinician(server.store, "Dr Vega", PASSWORD, "en")
            server.store.close()
            assert open_to_others(local) == []
            assert "were open to others on this machine" in server.log
        assert command(local, "backup", "--to", str(local / "new")).returncode == 0
        (backup,) = (local / "new").iterdir()
        assert command(local, "restore", str(backup)).returncode == 0
    finally:
        os.umask(before)
    assert len(list(local.glob("lexithymia-before-*.db"))) == 2
    assert open_to_others(local) == []
