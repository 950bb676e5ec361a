"""Font routes: the typeface from this server, so that no font host ever learns who reads what."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from core.config import DATA

_FOLDER = DATA / "fonts"


def font_routes(folder: Path = _FOLDER) -> list[Route]:
    """GET /fonts/{file} for each .woff2 in `folder`; browsers keep them for a year."""
    files = {path.name: path for path in folder.glob("*.woff2")}

    async def font(request: Request) -> Response:
        path = files.get(request.path_params["file"])
        if path is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return FileResponse(path, media_type="font/woff2", headers=headers)

    return [Route("/fonts/{file}", font, methods=["GET"])]
