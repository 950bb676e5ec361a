"""A PostgreSQL of the tests' own, started when the first test needs one and gone with the last.

`python -m tests.postgres` says which programs it is made of, and installs Debian's first if there are none. Where
TEST_DATABASE_URL names a server and a role that may create databases, that one is used instead.
"""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url, text

REMEDY = "no PostgreSQL found: install one (Debian, Ubuntu: apt install postgresql) or set TEST_DATABASE_URL"
PASSWORD = "kept off the command line"
SETTINGS = {
    "fsync": "off",  # nobody pulls this machine's plug; a crash of the server itself still loses nothing
    "full_page_writes": "off",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "32MB",
    "max_connections": "100",
}


def find_programs() -> Path:
    """The folder of initdb and pg_ctl, of the newest version; raises RuntimeError with the remedy if there is none."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: float(path.parts[-3]), default=None)
    found = newest or (Path(path) if (path := shutil.which("initdb")) else None)
    if found is None:
        raise RuntimeError(REMEDY)
    return found.resolve().parent


class PostgresServer:
    """A running server; `url` is that of a database in it."""

    def __init__(self, maintenance: URL) -> None:
        self._maintenance = maintenance
        self._admin = create_engine(maintenance, isolation_level="AUTOCOMMIT", pool_pre_ping=True)

    def url(self, name: str) -> str:
        return self._maintenance.set(database=name).render_as_string(hide_password=False)

    def create(self, name: str, template: str = "template0") -> str:
        """A new database, as `template` is; returns its URL."""
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def names(self) -> set[str]:
        with self._admin.connect() as connection:
            return set(connection.execute(text("SELECT datname FROM pg_database")).scalars())

    def _do(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)


class OwnServer(PostgresServer):
    """A server in a temporary folder, which can be stopped and started."""

    def __init__(self) -> None:
        self._programs = find_programs()
        self._folder = Path(tempfile.mkdtemp(prefix="lexithymia-postgres-"))
        atexit.register(self._end)
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            known = {account.pw_name: account for account in pwd.getpwall()}
            user = known.get("postgres", known["nobody"])  # Debian's package brings the first
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._make()
        self.start()
        super().__init__(URL.create("postgresql", "lexithymia", PASSWORD, "127.0.0.1", self._port, "postgres"))

    def start(self) -> None:
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", str(self._folder / "log"), *self._where())

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` is a crash: connections break off and nothing is tidied up."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", mode, *self._where())

    def _where(self) -> tuple[str, ...]:
        return ("--pgdata", str(self._folder / "data"))

    def _make(self) -> None:
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        # Another order of letters than SQLite's, so that a query that leaves the order to the database shows.
        spanish = ("--locale-provider=icu", "--icu-locale=es")
        for locale in (spanish, ()):
            shutil.rmtree(self._folder / "data", ignore_errors=True)
            made = self._try(
                "initdb", "--no-sync", "--username=lexithymia", f"--pwfile={secret}", "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=C", *locale, *self._where(),
            )  # fmt: skip
            if made.returncode == 0:
                break
        else:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        settings = {**SETTINGS, "port": self._port, "unix_socket_directories": self._folder}
        with (self._folder / "data" / "postgresql.conf").open("a") as kept:
            kept.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def _try(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        # Output goes to a file: a server that was started keeps the other end of a pipe open.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [self._programs / program, *words],
                cwd=self._folder, stdout=said, stderr=said, stdin=subprocess.DEVNULL, check=False, **self._as,
            )  # fmt: skip
            said.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", said.read())

    def _run(self, program: str, *words: str) -> None:
        done = self._try(program, *words)
        if done.returncode != 0:
            log = self._folder / "log"
            raise RuntimeError(f"{program} failed: {done.stderr}{log.read_text() if log.exists() else ''}")

    def _end(self) -> None:
        self._try("pg_ctl", "stop", "--silent", "--mode", "immediate", *self._where())
        shutil.rmtree(self._folder, ignore_errors=True)


@cache
def server() -> PostgresServer:
    """The server of this run of the tests. Raises RuntimeError with the remedy where there can be none."""
    given = os.environ.get("TEST_DATABASE_URL")
    return PostgresServer(make_url(given)) if given else OwnServer()


def install() -> None:
    """Debian's package, where apt can."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "--quiet"], check=False)
        subprocess.run(["apt-get", "install", "--yes", "--quiet", "postgresql"], check=False)


def main() -> None:
    try:
        print(find_programs())
    except RuntimeError:
        install()
        try:
            print(find_programs())
        except RuntimeError as error:
            # Not a failure: on a laptop the tests that need it are skipped, and say the same.
            print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
