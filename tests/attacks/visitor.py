"""Who speaks to a server by plain HTTP as a browser does, with a jar of cookies."""

from types import TracebackType

import httpx

from tests.support import PASSWORD


class Visitor:
    """A browser without its window: it posts forms and tells where it is sent."""

    def __init__(self, url: str, address: str = "", **headers: str) -> None:
        """`address` is where a trusted proxy says that it comes from."""
        said = {"Origin": url, **({"X-Forwarded-For": address} if address else {}), **headers}
        self.client = httpx.Client(base_url=url, headers=said, timeout=30)

    def post(self, path: str, **fields: str) -> str:
        """Where the answer to a form leads: "/" if it was taken, a page with `?problem=…` if not."""
        answer = self.client.post(path, data=fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def sign_in(self, code: str, password: str = PASSWORD) -> str:
        return self.post("/auth/sign-in", code=code, password=password)

    @property
    def token(self) -> str:
        """The secret of this browser's sign-in; empty if nobody is signed in here."""
        return self.client.cookies.get("lexithymia") or ""

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
