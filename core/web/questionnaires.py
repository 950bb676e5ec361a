"""Route of a questionnaire as its page tells it, beside Streamlit: no script runs between two of its items.

    POST /questionnaires/ID?language=    answers to items of the patient's own form; says up to which number all is kept

The cookie says whose it may be. A post has to bear the header of a run, which no form of another site can send.
"""

import json
import logging
from functools import partial

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.domain.exercise.events import NotUnderstood, not_understood
from core.domain.language import SOURCE
from core.domain.patient.questionnaire_items import ItemAnswers, parse_answers
from core.domain.people import NotAllowed, NotSaved, NotSignedIn, Refusal
from core.services.clinic import filling_in
from core.storage.database import Store
from core.translations import offered, say
from core.web.cookies import token_of_link
from core.web.logs import note
from core.web.middleware.bodies import whole_body
from core.web.runs import HEADER

LONGEST = 100_000
"""Bytes of a batch that is read."""
STATUS = {NotSignedIn: 401, NotUnderstood: 400, NotSaved: 503}
_log = logging.getLogger(__name__)


class QuestionnaireRoutes:
    """The route."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        return [Route("/questionnaires/{form}", self._take, methods=["POST"])]

    async def _take(self, request: Request) -> Response:
        try:
            if HEADER not in request.headers:
                raise NotAllowed("This request came from another site. Open the page again.")
            answers = _parsed(await whole_body(request, LONGEST))
            taken = partial(filling_in.take, self._store, token_of_link(request))
            state = await to_thread.run_sync(taken, request.path_params["form"], answers)
        except ClientDisconnect:
            return Response(status_code=400)
        except Refusal as refusal:
            return _refused(request, refusal)
        return JSONResponse({"kept": answers.last, "over": state.over}, headers={"Cache-Control": "no-store"})


def _parsed(body: bytes | None) -> ItemAnswers:
    if body is None:
        raise not_understood("length", body)
    try:
        return parse_answers(json.loads(body))
    except (ValueError, RecursionError) as error:
        raise not_understood("JSON", body) from error


def _refused(request: Request, refusal: Refusal) -> Response:
    """In the words of the page."""
    status = STATUS.get(type(refusal), 403)
    if status not in {401, 503}:
        note(_log, "a questionnaire's request was refused", problem=str(status))
    language = offered(request.query_params.get("language", "")) or SOURCE
    sentence = say(language, refusal.sentence).format(**refusal.values)
    return JSONResponse({"sentence": sentence}, status, headers={"Cache-Control": "no-store"})
