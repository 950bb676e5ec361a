"""The proxy that compose.yaml starts, for tests: `python -m tests.caddy` installs Debian's where there is none."""

import os
import shutil
import subprocess
import sys

import pytest

REMEDY = "no Caddy found: install one (Debian, Ubuntu: apt install caddy)"


def caddy() -> str:
    """Its path; where there is none the test is skipped, unless CI is set: then it fails."""
    found = shutil.which("caddy")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(REMEDY)
        pytest.skip(REMEDY)
    return found


def main() -> None:
    if shutil.which("caddy") is None and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "--quiet"], check=False)
        subprocess.run(["apt-get", "install", "--yes", "--quiet", "caddy"], check=False)
    found = shutil.which("caddy")
    print(found or REMEDY, file=sys.stdout if found else sys.stderr)  # on a laptop its tests are skipped, no failure


if __name__ == "__main__":
    main()
