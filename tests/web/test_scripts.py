"""Script routes: a component's source under the digest of what it is, for any browser and for good."""

import gzip
from hashlib import sha256
from http.client import HTTPConnection

import pytest

from core.storage.database import Store
from core.web.scripts import publish
from pages.shared.component import publish_components
from tests.house.tree import ROOT
from tests.web.conftest import WebClient, serve

NOWHERE = f"/scripts/{'0' * 32}.js"


def test_the_address_of_a_script_says_what_it_is_and_a_browser_keeps_it_for_good(site: WebClient) -> None:
    source = "export default () => 'ñ';"
    address = publish(source)
    assert address == f"/scripts/{sha256(source.encode()).hexdigest()[:32]}.js"
    for more in ("", "?2"):
        answer = site.get(address + more)
        assert (answer.status, site.text) == (200, source)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_it_comes_packed_where_the_browser_reads_that(site: WebClient) -> None:
    source = "export default () => 1;\n" * 100
    connection = HTTPConnection("localhost", site.port, timeout=20)
    connection.request("GET", publish(source), headers={"Accept-Encoding": "gzip, br"})
    answer = connection.getresponse()
    packed = answer.read()
    connection.close()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(source) / 10
    assert gzip.decompress(packed).decode() == source


@pytest.mark.parametrize("path", [NOWHERE, "/scripts/..%2Fcookies.js", "/scripts/.js", "/scripts/x"])
def test_what_no_component_is_made_of_is_not_there(site: WebClient, path: str) -> None:
    assert site.get(path).status == 404


def test_a_server_that_ran_no_page_yet_publishes_all_components_once_when_asked_for_one(store: Store) -> None:
    asked, late = [], "export default () => 'late';"

    def publish_late() -> None:
        asked.append(publish(late))

    for site in serve(store, publish_all=publish_late):
        assert site.get(f"/scripts/{sha256(late.encode()).hexdigest()[:32]}.js").status == 200
        assert site.text == late
        assert [site.get(NOWHERE).status for _ in range(2)] == [404, 404]
    assert len(asked) == 1


def test_every_folder_with_a_script_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    imported: list[str] = []
    monkeypatch.setattr("pages.shared.component.import_module", imported.append)
    publish_components()
    folders = {path.parent for path in (ROOT / "pages").rglob("*.js") if path.parent.name != "steps"}
    assert imported == sorted(".".join(folder.relative_to(ROOT).parts) for folder in folders)
    assert "pages.shared.player" in imported
