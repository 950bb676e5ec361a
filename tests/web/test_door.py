"""The door over HTTP: cookies, redirects, foreign origins, links that are used up."""

from urllib.parse import parse_qs, urlsplit

import pytest

from core.services.accounts import accounts
from core.storage.database import Store
from core.web.cookies import COOKIE, LANGUAGE_COOKIE

from .conftest import PASSWORD, SECRET, WebClient

RIGHT = {"code": "Dr. Ruiz", "password": PASSWORD}


def _code(site: WebClient) -> str | None:
    person = accounts.person_behind(site.store, site.cookies.get(COOKIE, ""))
    return person.code if person else None


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use(site: WebClient, clinician: str) -> None:
    response, cookies = site.post("/auth/sign-in", RIGHT)
    assert (response.status, response.headers["Location"]) == (303, "/")
    cookie = cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "strict"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert not cookie["secure"], "this page came over http"
    assert int(cookie["max-age"]) > 0
    assert _code(site) == "Dr. Ruiz"


def test_over_https_the_cookie_is_secure_and_no_other_server_of_the_domain_can_plant_one(
    proxied_site: WebClient, clinician: str
) -> None:
    site = proxied_site
    origin = f"https://{site.host}"
    site.cookies[COOKIE] = accounts.sign_in(site.store, "Dr. Ruiz", PASSWORD)
    _, cookies = site.post("/auth/sign-in", RIGHT, X_Forwarded_Proto="https", Origin=origin)
    cookie = cookies[f"__Host-{COOKIE}"]
    assert cookie["secure"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert COOKIE not in cookies
    site.post("/auth/sign-out", X_Forwarded_Proto="https", Origin=origin)
    assert accounts.person_behind(site.store, cookie.value) is None
    assert _code(site) == "Dr. Ruiz", "a cookie without the prefix is nobody's over https"


@pytest.mark.parametrize("wrong", [{"code": "Dr. Ruiz"}, {"password": PASSWORD}, {"code": "x", "password": "y"}, {}])
def test_a_wrong_sign_in_leads_back_with_one_and_the_same_problem_and_no_cookie(
    site: WebClient, clinician: str, wrong: dict[str, str]
) -> None:
    response, cookies = site.post("/auth/sign-in", wrong)
    assert (response.status, response.headers["Location"]) == (303, "/sign-in?problem=unknown")
    assert COOKIE not in cookies


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "", "http://localhost:1", "http://localhost"])
def test_a_form_from_another_site_is_refused(site: WebClient, clinician: str, origin: str) -> None:
    response, cookies = site.post("/auth/sign-in", RIGHT, Origin=origin)
    assert response.status == 403
    assert COOKIE not in cookies


def test_signing_out_ends_the_sign_in_and_takes_the_cookie_back(site: WebClient, clinician: str) -> None:
    site.post("/auth/sign-in", RIGHT)
    stolen = site.cookies[COOKIE]
    response, cookies = site.post("/auth/sign-out")
    assert (response.status, response.headers["Location"]) == (303, "/")
    assert cookies[COOKIE].value == ""
    assert accounts.person_behind(site.store, stolen) is None


def test_another_site_cannot_sign_a_person_out(site: WebClient, clinician: str) -> None:
    site.post("/auth/sign-in", RIGHT)
    site.post("/auth/sign-out", Origin="https://elsewhere.example")
    assert _code(site) == "Dr. Ruiz"


def test_signing_in_again_ends_the_sign_in_before_and_takes_no_token_that_was_planted(
    site: WebClient, clinician: str
) -> None:
    site.cookies[COOKIE] = "planted"
    site.post("/auth/sign-in", RIGHT)
    first = site.cookies[COOKIE]
    assert first != "planted"
    site.post("/auth/sign-in", RIGHT)
    assert site.cookies[COOKIE] != first
    assert accounts.person_behind(site.store, first) is None


def test_the_first_run_makes_one_account_and_signs_it_in(site: WebClient) -> None:
    response, _ = site.post("/auth/set-up", {**RIGHT, "secret": SECRET, "language": "es"})
    assert (response.status, response.headers["Location"]) == (303, "/")
    person = accounts.person_behind(site.store, site.cookies[COOKIE])
    assert person is not None
    assert (person.code, person.administrator, person.language) == ("Dr. Ruiz", True, "es")
    response, cookies = site.post("/auth/set-up", {**RIGHT, "code": "another", "secret": SECRET})
    assert response.headers["Location"].startswith("/set-up?problem=set-up")
    assert COOKIE not in cookies


def test_a_set_up_that_is_refused_keeps_the_secret_at_hand(site: WebClient) -> None:
    short = {**RIGHT, "password": "short", "secret": SECRET}
    response, _ = site.post("/auth/set-up", short)
    asked = parse_qs(urlsplit(response.headers["Location"]).query)
    assert asked == {"problem": ["short"], "shortest": ["12"], "secret": [SECRET]}


def test_the_first_account_needs_the_secret_from_the_console(site: WebClient) -> None:
    for secret in ("", "guessed"):
        response, _ = site.post("/auth/set-up", {**RIGHT, "secret": secret})
        assert parse_qs(urlsplit(response.headers["Location"]).query)["problem"] == ["console"]
    assert accounts.setup_needed(site.store)
    site.post("/auth/set-up", {**RIGHT, "secret": SECRET})
    assert _code(site) == "Dr. Ruiz"


def test_joining_sets_the_password_and_signs_in_once(site: WebClient, clinician: str) -> None:
    link = accounts.invite_patient(site.store, clinician, "P-01")
    fields = {"invitation": link, "password": PASSWORD, "language": "es"}
    response, _ = site.post("/auth/join", fields)
    assert response.headers["Location"] == "/", "the secret of the link is gone from the address"
    assert _code(site) == "P-01"
    response, cookies = site.post("/auth/join", fields)
    assert parse_qs(urlsplit(response.headers["Location"]).query)["problem"] == ["link"]
    assert COOKIE not in cookies


def test_a_short_password_leads_back_to_the_same_invitation(site: WebClient, clinician: str) -> None:
    link = accounts.invite_patient(site.store, clinician, "P-01")
    response, _ = site.post("/auth/join", {"invitation": link, "password": "short"})
    place = urlsplit(response.headers["Location"])
    assert (place.path, parse_qs(place.query)) == (
        "/join",
        {"problem": ["short"], "shortest": ["8"], "invitation": [link]},
    )


def test_a_visitor_s_language_stays_in_the_browser(site: WebClient) -> None:
    response, cookies = site.post("/auth/language", {"language": "es", "back": "/join?invitation=abc"})
    assert (response.status, response.headers["Location"]) == (303, "/join?invitation=abc")
    assert cookies[LANGUAGE_COOKIE].value == "es"


def test_a_person_s_language_goes_with_the_person(site: WebClient, clinician: str) -> None:
    site.post("/auth/sign-in", RIGHT)
    site.post("/auth/language", {"language": "es"})
    person = accounts.person_behind(site.store, site.cookies[COOKIE])
    assert person is not None
    assert person.language == "es"


@pytest.mark.parametrize("place", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "", "x\ny"])
def test_a_choice_of_language_leads_nowhere_else(site: WebClient, place: str) -> None:
    response, _ = site.post("/auth/language", {"language": "es", "back": place})
    assert response.headers["Location"] == "/"


def test_a_language_that_does_not_exist_is_english(site: WebClient) -> None:
    _, cookies = site.post("/auth/language", {"language": "../../etc"})
    assert cookies[LANGUAGE_COOKIE].value == "en"


def test_a_huge_form_is_refused(site: WebClient) -> None:
    response, _ = site.post("/auth/sign-in", {"code": "x" * 10_000, "password": "y"})
    assert response.status == 400


def test_the_database_going_away_gets_a_sentence_not_a_trace(site: WebClient, store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE people RENAME TO elsewhere")
    response, _ = site.post("/auth/sign-in", RIGHT)
    assert response.headers["Location"] == "/sign-in?problem=server"


def test_forms_are_only_posted(site: WebClient) -> None:
    assert site.get("/auth/sign-out").status == 405


def test_fonts_come_from_this_server_and_stay_in_the_browser(site: WebClient) -> None:
    response = site.get("/fonts/atkinson-hyperlegible-next-latin-normal.woff2")
    assert response.status == 200
    assert response.headers["Content-Type"] == "font/woff2"
    assert "max-age=31536000" in response.headers["Cache-Control"]
    for missing in ("/fonts/README.md", "/fonts/..%2Fconfig.py", "/fonts/nothing.woff2"):
        assert site.get(missing).status == 404
