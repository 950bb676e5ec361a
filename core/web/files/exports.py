"""Background jobs of exports, one for each researcher at a time, and the route to fetch the files.

GET /exports/NAME       the finished zip, from the disk, for the signed-in researcher whose it is
"""

import logging
from dataclasses import dataclass
from threading import Event, Lock, Thread, Timer

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from core.domain.exercise.selection import Selection
from core.domain.people import NotSignedIn, Refusal
from core.export.package import Cancelled
from core.services.gate.access import signed_in
from core.services.research import export_files
from core.services.research.export_files import FinishedExport
from core.storage import waiting_exports
from core.storage.database import Store
from core.translations import N_
from core.web.cookies import token_of_link
from core.web.files.personal_files import plainly
from core.web.logs import begin_request, request_number

PATH = "/exports"
MOST_AT_ONCE = 2
_SIGNED_OUT = N_("Please sign in again, then fetch the export.")
_GONE = N_("This export is not here any more. Please make it again.")
_log = logging.getLogger(__name__)
_jobs: dict[str, "ExportJob"] = {}
_lock = Lock()


@dataclass
class ExportJob:
    """One export on its way. It ends with `done`, `refusal` or cancelled."""

    expected: int
    """About how many rows there will be."""
    rows: int = 0
    """Written so far."""
    running: bool = True
    done: FinishedExport | None = None
    refusal: Refusal | None = None
    told: bool = False
    """Its owner was told how it ended."""

    def __post_init__(self) -> None:
        self._unwanted = Event()

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        return min(1.0, self.rows / self.expected) if self.expected else 1.0

    def cancel(self) -> None:
        self._unwanted.set()

    def goes_on(self, rows: int) -> bool:
        self.rows = rows
        return not self._unwanted.is_set()


def start(store: Store, token: str, selection: Selection, expected: int) -> ExportJob:
    """Begin an export; the one that this person began and that is still running goes on instead."""
    person = signed_in(store, token).id
    with _lock:
        own = _jobs.get(person)
        if own is not None and own.running:
            return own
        if sum(job.running for job in _jobs.values()) >= MOST_AT_ONCE:
            raise Refusal("Others are exporting just now. Please try again in a few minutes.")
        for ended in [key for key, job in _jobs.items() if not job.running]:
            del _jobs[ended]
        job = _jobs[person] = ExportJob(expected)
    words = (job, store, token, selection, request_number())
    Thread(target=_work, args=words, name="export", daemon=True).start()
    return job


def job_of(store: Store, token: str) -> ExportJob | None:
    """The export that this person began last."""
    return _jobs.get(signed_in(store, token).id)


def _work(job: ExportJob, store: Store, token: str, selection: Selection, number: str) -> None:
    """What it logs belongs to the request `number` that asked for it: of an error no message, which may hold people."""
    begin_request(number)
    try:
        job.done = export_files.make(store, token, selection, job.goes_on)
        forgetting = Timer(waiting_exports.KEPT.total_seconds() + 1, waiting_exports.delete_expired)
        forgetting.daemon = True
        forgetting.start()
    except Cancelled:
        pass
    except Refusal as refusal:
        job.refusal = refusal
    except Exception:
        _log.exception("an export could not be written")
        job.refusal = Refusal("The export could not be written. Nothing of it was kept. Please try again.")
    finally:
        job.running = False


class ExportRoutes:
    """The route."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        return [Route(f"{PATH}/{{name}}", self._fetch, methods=["GET"])]

    async def _fetch(self, request: Request) -> Response:
        name, token = request.path_params["name"], token_of_link(request)
        try:
            path = await to_thread.run_sync(export_files.file_of, self._store, token, name)
        except NotSignedIn:
            return plainly(_SIGNED_OUT, 401)
        except Refusal:
            return plainly(_GONE, 404)
        return FileResponse(path, media_type="application/zip", filename=name, headers={"Cache-Control": "no-store"})
