"""Without a connection the download ends in an error that says what to do instead."""

from pathlib import Path

import pytest

from core.stimuli.download import download_fer2013
from core.stimuli.records import StimulusError


def test_offline_the_error_names_the_address_and_the_other_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAGGLEHUB_CACHE", str(tmp_path))
    for proxy in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(proxy, "http://127.0.0.1:9")  # the discard port: nobody listens
    with pytest.raises(StimulusError, match=r"kaggle\.com/datasets/msambare/fer2013.*give the file's path"):
        download_fer2013()
