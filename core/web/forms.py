"""Routes of forms as their pages tell them, part by part, beside Streamlit: no script runs between two parts.

    POST /check-ins/ID?language=         parts of the patient's own check-in
    POST /questionnaires/ID?language=    answers to items of a questionnaire that the patient was asked to fill in

The answer says up to which number all is kept.

The cookie says whose it may be. A post has to bear the header of a run, which no form of another site can send.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.domain.exercise import events
from core.domain.feelings import check_in
from core.domain.feelings.check_in import PartBatch, PartNotUnderstood
from core.domain.language import SOURCE
from core.domain.patient.consent import NotAgreed
from core.domain.patient.questionnaire_items import ItemAnswers, parse_answers
from core.domain.people import NotAllowed, NotSaved, NotSignedIn, Refusal
from core.services.clinic import filling_in
from core.services.feelings import check_ins
from core.storage.database import Store
from core.translations import offered, say
from core.web.cookies import token_of_link
from core.web.logs import note
from core.web.middleware.bodies import whole_body
from core.web.runs import HEADER

LONGEST = 100_000
"""Bytes of a batch that is read."""
_STATUS: dict[type[Refusal], int] = {NotSignedIn: 401, NotSaved: 503}
_log = logging.getLogger(__name__)
BatchT = TypeVar("BatchT")


@dataclass(frozen=True)
class FormRoute(Generic[BatchT]):
    """The route of one kind of form."""

    place: str
    """The first part of its address."""
    about: str
    """One of these in the log: "a check-in"."""
    parse: Callable[[object], BatchT]
    take: Callable[[str, str, BatchT], Mapping[str, object]]
    """Keeps what the sign-in tells of the form with this id; returns what is told back."""
    not_understood: Callable[[str, object], Refusal]
    status: Mapping[type[Refusal], int]
    """Of its own refusals; 403 where nothing else is said."""

    def route(self) -> Route:
        return Route(f"/{self.place}/{{id}}", self._take, methods=["POST"])

    async def _take(self, request: Request) -> Response:
        try:
            if HEADER not in request.headers:
                raise NotAllowed("This request came from another site. Open the page again.")
            batch = self._parsed(await whole_body(request, LONGEST))
            told = await to_thread.run_sync(self.take, token_of_link(request), request.path_params["id"], batch)
        except ClientDisconnect:
            return Response(status_code=400)
        except Refusal as refusal:
            return self._refused(request, refusal)
        return JSONResponse(dict(told), headers={"Cache-Control": "no-store"})

    def _parsed(self, body: bytes | None) -> BatchT:
        if body is None:
            raise self.not_understood("length", body)
        try:
            return self.parse(json.loads(body))
        except (ValueError, RecursionError) as error:
            raise self.not_understood("JSON", body) from error

    def _refused(self, request: Request, refusal: Refusal) -> Response:
        """In the words of the page. Logged without any of them: they may be somebody's own."""
        status = {**_STATUS, **self.status}.get(type(refusal), 403)
        if status not in {401, 503}:
            note(_log, f"{self.about}'s request was refused", problem=str(status))
        language = offered(request.query_params.get("language", "")) or SOURCE
        sentence = say(language, refusal.sentence).format(**refusal.values)
        return JSONResponse({"sentence": sentence}, status, headers={"Cache-Control": "no-store"})


def form_routes(store: Store) -> list[Route]:
    def take_parts(token: str, form: str, batch: PartBatch) -> dict[str, object]:
        state = check_ins.take(store, token, form, batch)
        return {"kept": batch.last, "told": state.told, "over": state.over, "help": state.help}

    def take_answers(token: str, form: str, answers: ItemAnswers) -> dict[str, object]:
        return {"kept": answers.last, "over": filling_in.take(store, token, form, answers).over}

    return [
        FormRoute(
            "check-ins",
            "a check-in",
            check_in.parse_parts,
            take_parts,
            check_in.not_understood,
            {PartNotUnderstood: 400, NotAgreed: 409},
        ).route(),
        FormRoute(
            "questionnaires",
            "a questionnaire",
            parse_answers,
            take_answers,
            events.not_understood,
            {events.NotUnderstood: 400},
        ).route(),
    ]
