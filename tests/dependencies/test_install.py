"""Installing a lock: where uv looks for packages, and what is said when it cannot be."""

import os
from pathlib import Path

import pytest

from core import install


@pytest.fixture
def pip_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip's configuration, and none but it."""
    path = tmp_path / "pip.conf"
    monkeypatch.setenv("PIP_CONFIG_FILE", str(path))
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", *install.FOR_UV.values()):
        monkeypatch.delenv(name, raising=False)
    return path


def test_uv_looks_where_pip_is_told_to(pip_says: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_says.write_text(
        "[global]\nindex-url = https://one.example/simple\nextra-index-url =\n  https://two.example/a\n  https://two.example/b\n"
        "[install]\ntrusted-host = one.example\n"
    )
    monkeypatch.setenv("PIP_INDEX_URL", "https://three.example/simple")
    told = install.uv_environment()
    assert told["UV_DEFAULT_INDEX"] == "https://three.example/simple", "a variable wins over a file"
    assert told["UV_INDEX"] == "https://two.example/a https://two.example/b"
    assert told["UV_INSECURE_HOST"] == "one.example"


def test_what_uv_is_told_itself_stays(pip_says: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_says.write_text("[global]\nindex-url = https://one.example/simple\n")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    assert install.uv_environment()["UV_DEFAULT_INDEX"] == "https://own.example/simple"


def test_without_settings_of_pip_uv_looks_where_it_always_does(pip_says: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)  # then pip reads none of this machine's either
    assert not {"UV_DEFAULT_INDEX", "UV_INDEX"} & set(install.uv_environment())


def test_a_lock_that_is_not_there_is_named() -> None:
    with pytest.raises(install.InstallError, match=r"requirements-none\.lock is missing"):
        install.install("requirements-none.lock")


def test_where_everything_is_here_nothing_is_installed(capfd: pytest.CaptureFixture[str]) -> None:
    install.install_whole()
    assert capfd.readouterr() == ("", "")
