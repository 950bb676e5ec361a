"""make bench: the figures of the product, each beside a baseline measured in the same run.

    python -m tests.bench

Machines are noisy: read the ratios, not the milliseconds.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from core.services import accounts, faces
from core.services.exercise import begin
from core.storage.database import Store
from core.storage.migrate import upgrade
from core.vision.rater import load_default
from tests.bench.clicks import empty_clicks, practice_clicks
from tests.bench.million import store_trials
from tests.bench.painting import summary
from tests.bench.rating import measure_rating
from tests.bench.starting import EmptyServer, first_paint, memory
from tests.browser import ARGUMENTS, find_browser
from tests.e2e.acting import add_patient, join, set_up
from tests.e2e.server import Server

STARTS = 3
