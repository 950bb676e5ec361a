"""compose.yaml, its example of settings and the proxy's configuration fit together."""

import json
import re
import subprocess
from dataclasses import fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.config import ROOT, Limits, settings
from core.web.stopping import STOP_WITHIN
from tests.caddy import caddy
from tests.dependencies.reading import SERVE, locked

COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
APPS = [service for service in SERVICES.values() if service.get("image") == "lexithymia"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
EXAMPLE = (ROOT / "deploy" / "example.env").read_text(encoding="utf-8")


def _wanted(text: str, pattern: str = r"\$\{([A-Z_]+)") -> set[str]:
    return set(re.findall(pattern, text))


def test_every_setting_is_in_the_example_and_no_secret_is_filled_in() -> None:
    offered = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, flags=re.MULTILINE))
    assert _wanted(COMPOSE) == set(offered)
    assert {name for name, value in offered.items() if value} == {"SITE", "TLS"}


def test_every_setting_of_the_product_reaches_the_servers() -> None:
    documented = _wanted(settings.__doc__ or "", r"[A-Z_]{4,}") - {"JSON", "DATABASE_"}
    documented |= {f"DATABASE_{limit.name.upper()}" for limit in fields(Limits)}
    assert {"STAFF_SECOND_FACTOR", "RETENTION_MONTHS", "DATABASE_POOL"} < documented
    fixed = _wanted(DOCKERFILE, r"([A-Z_]+)=") & documented
    assert fixed == {"LEXITHYMIA_LOCAL", "ADDRESS", "PORT"}
    for app in APPS:
        assert documented - fixed <= set(app["environment"])


def test_the_servers_can_let_people_in_by_openid() -> None:
    assert "authlib" in locked(SERVE)
    assert "ln -s /secrets/secrets.toml .streamlit/secrets.toml" in DOCKERFILE
    for app in APPS:
        assert "./deploy/secrets:/secrets:ro" in app["volumes"]


def test_the_proxy_gets_what_its_configuration_asks_for_and_knows_every_replica() -> None:
    proxy = SERVICES["proxy"]
    asked = _wanted((ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8"), r"\{\$([A-Z_]+)")
    assert asked - {"HTTP_PORT"} == set(proxy["environment"])
    replicas = [name for name, service in SERVICES.items() if service in APPS]
    assert proxy["environment"]["REPLICAS"].split() == [f"{name}:8501" for name in replicas]


def test_the_servers_run_without_rights_they_do_not_need() -> None:
    assert len(APPS) == 2
    for app in APPS:
        assert app["user"] == "10001:10001"
        assert app["read_only"] is True
        assert app["cap_drop"] == ["ALL"]
        assert "ports" not in app, "only the proxy is reached from outside"
    for name, service in SERVICES.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    assert SERVICES["database"]["user"] == "postgres"


def test_the_servers_have_time_to_stop_and_start_one_after_the_other() -> None:
    for app in APPS:
        drain, grace = int(app["environment"]["DRAIN_SECONDS"]), int(app["stop_grace_period"].removesuffix("s"))
        assert grace >= drain + 2 * STOP_WITHIN, "requests have one such time, scripts another"
    first, second = APPS
    assert first["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert second["depends_on"] == {"app-1": {"condition": "service_healthy"}}


def test_everything_mounted_and_built_from_here_is_here() -> None:
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    files = [path for path in mounted if path.startswith("./")]
    assert [path for path in files if not (ROOT / path).exists()] == []
    copied = " ".join(re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, flags=re.MULTILINE)).split()
    needed = {"app.py", "core", "pages", "data", ".streamlit", "requirements-serve.lock", "pyproject.toml"}
    assert needed == set(copied)
    assert needed == {line[1:] for line in IGNORED if line.startswith("!")}


def test_the_image_holds_what_the_lock_of_the_server_says() -> None:
    assert "pip install --no-cache-dir --require-hashes --no-deps -r requirements-serve.lock" in DOCKERFILE


def test_every_image_from_elsewhere_is_named_to_the_patch_and_by_its_digest() -> None:
    images = [service["image"] for service in SERVICES.values() if service["image"] != "lexithymia"]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)
    assert len(images) == 5
    assert [image for image in images if not re.search(r":\d+\.\d+(\.\d+)?-[\w.-]+@sha256:[0-9a-f]{64}$", image)] == []


def test_nobody_reaches_what_is_inside_through_the_relay() -> None:
    relay = (ROOT / "deploy" / "turnserver.conf").read_text(encoding="utf-8")
    ranges = [
        tuple(map(ip_address, found.split("-"))) for found in re.findall(r"^denied-peer-ip=(.+)$", relay, re.MULTILINE)
    ]
    inside = ("127.0.0.1", "10.1.2.3", "172.30.7.2", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0")
    for address in map(ip_address, (*inside, "::", "::1", "::ffff:127.0.0.1", "fd12::1", "fe80::1")):
        assert any(
            low.version == address.version and low.packed <= address.packed <= high.packed for low, high in ranges
        ), address
    assert "no-tcp-relay" in relay.splitlines()


def test_the_proxy_understands_its_configuration() -> None:
    environment = {"REPLICAS": "app-1:8501 app-2:8501", "PATH": "/usr/bin:/usr/local/bin", "HOME": "/nonexistent"}
    command = [caddy(), "adapt", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    adapted = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert adapted.returncode == 0, adapted.stderr
    assert '"upstreams":[{"dial":"app-1:8501"},{"dial":"app-2:8501"}]' in adapted.stdout
    assert '"policy":"cookie"' in adapted.stdout


@pytest.mark.parametrize("password", ["", "short"])
def test_the_relay_does_not_start_without_a_password(tmp_path: Path, password: str) -> None:
    done = relay(tmp_path, password)
    assert done.returncode == 1
    assert "TURN_PASSWORD has" in done.stderr
    assert done.stdout == ""


def test_the_relay_s_password_is_on_no_command_line(tmp_path: Path) -> None:
    password = "a long enough password"
    done = relay(tmp_path, password)
    assert done.stdout.split() == ["-c", str(tmp_path / "relay.conf")]
    written = tmp_path / "relay.conf"
    assert f"user=lexithymia:{password}" in written.read_text(encoding="utf-8").splitlines()
    assert written.stat().st_mode & 0o777 == 0o600
    assert password not in json.dumps(SERVICES["relay"])


def relay(folder: Path, password: str) -> subprocess.CompletedProcess[str]:
    """Run what the relay's container runs, with a program in the relay's place that says its arguments."""
    program = folder / "turnserver"
    program.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    environment = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "TMPDIR": str(folder),
        "TURN_CONFIGURATION": str(ROOT / "deploy" / "turnserver.conf"),
        "REALM": "localhost",
        "TURN_ADDRESS": "127.0.0.1",
        "TURN_PASSWORD": password,
    }
    script = ["sh", str(ROOT / "deploy" / "relay.sh")]
    return subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
