"""Who steals the database or a backup signs in as nobody and names nobody: secrets are encrypted, the key is apart."""

import zipfile
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import text

from core.storage.tables import PersonRow
from tests.attacks.installation import OWN_KEYS, command
from tests.e2e.server import AppServer
from tests.support import new_store


@pytest.mark.slow
def test_secrets_of_an_older_release_are_encrypted_and_without_their_key_no_server_starts(tmp_path: Path) -> None:
    plain = {"second_factors": pyotp.random_base32(), "person_keys": "ab" * 32}
    local = tmp_path / "local"
    local.mkdir()
    store = new_store(local)
    with store.begin() as db:
        row = PersonRow(code="Dr Vega", role="clinician")
        db.add(row)
        db.flush()
        for table, secret in plain.items():
            more = ", last_step) VALUES (:id, :secret, 0)" if table == "second_factors" else ") VALUES (:id, :secret)"
            db.execute(text(f"INSERT INTO {table} (person_id, secret{more}"), {"id": row.id, "secret": secret})
    store.close()
    with AppServer(local, environment=OWN_KEYS) as server:
        assert "2 secrets were encrypted" in server.log
    assert (local / "keys").stat().st_mode & 0o777 == 0o600
    made = command(local, "backup", **OWN_KEYS)
    assert made.returncode == 0, made.stderr
    (backup,) = (local / "backups").iterdir()
    with zipfile.ZipFile(backup) as archive:
        stolen = archive.read("database") + (local / "lexithymia.db").read_bytes()
    assert [secret for secret in plain.values() if secret.encode() in stolen] == []
    rotated = command(local, "keys", "rotate", "--drop-old", **OWN_KEYS)
    assert (rotated.returncode, "2 secrets are encrypted" in rotated.stdout) == (0, True), rotated.stderr
    back = command(local, "restore", str(backup), **OWN_KEYS)
    assert "encrypted with a key that is not in" in back.stderr, back.stderr
    refused = command(local, "serve", "--port", str(server.port), **OWN_KEYS)
    assert refused.returncode == 1
    assert "Put back the key file" in refused.stderr
    assert "Traceback" not in refused.stderr
    lost = command(local, "keys", "reset", "--yes", **OWN_KEYS)
    assert "Second factors among them must be set up anew" in lost.stdout
    assert command(local, "keys", "check", **OWN_KEYS).returncode == 0
