"""Serves the page under test with the application's fonts: `python -m tests.e2e.trial.server PORT`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from where it is started


def main(port: int) -> None:
    import uvicorn
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles
    from streamlit import config
    from streamlit.starlette import App

    for option, value in {
        "server.headless": True,
        "server.address": "localhost",
        "browser.serverAddress": "localhost",
        "browser.gatherUsageStats": False,
        "server.fileWatcherType": "none",
        "client.toolbarMode": "minimal",
    }.items():
        config.set_option(option, value)
    fonts = Mount("/fonts", StaticFiles(directory=ROOT / "data" / "fonts"))
    uvicorn.run(
        App(Path(__file__).with_name("page.py"), routes=[fonts]), host="localhost", port=port, log_level="warning"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
