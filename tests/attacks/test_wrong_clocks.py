"""A server's clock was wrong for a while and was put right: nobody waits for it, and nothing is in another order."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import func, select, update

from core.config import settings
from core.domain.exercise.plan import Plan
from core.domain.exercise.trials import Kind
from core.domain.people import Refusal
from core.services.accounts import accounts, invitations, second_factor
from core.services.accounts.invitations import InvitationState
from core.services.clinic import notes, record
from core.services.exercise import plans, progress, recognition, runs
from core.services.exercise.summary import refresh_missing_summaries
from core.storage import audit_heads, waiting_exports
from core.storage.database import Store
from core.storage.queries import audit_queries
from core.storage.tables import AuditRow, SessionRow, SignInRow, SummaryRow, base
from tests.history import run_through
from tests.support import BROWSER, PASSWORD

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WRONG = pytest.mark.parametrize("ahead", [-DAY, -HOUR, HOUR, DAY], ids=str)
AHEAD = pytest.mark.parametrize("ahead", [HOUR, DAY], ids=str)


@contextmanager
def clock(ahead: timedelta) -> Iterator[None]:
    """Inside, the server's clock goes ahead by so much, or is behind."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "datetime", Clock)
        yield


@pytest.fixture
def patient_id(store: Store, clinician: str, patient: str) -> str:
    return accounts.patients(store, clinician)[0].id


@WRONG
def test_who_guessed_wrongly_waits_no_longer_than_ever(store: Store, clinician: str, ahead: timedelta) -> None:
    with clock(ahead):
        for _ in range(8):
            with pytest.raises(Refusal):
                accounts.sign_in(store, "Dr Vega", "not this one")
    assert accounts.sign_in(store, "Dr Vega", PASSWORD)


@AHEAD
def test_guesses_are_counted_as_before_once_the_clock_is_right(store: Store, clinician: str, ahead: timedelta) -> None:
    with clock(ahead), pytest.raises(Refusal):
        accounts.sign_in(store, "Dr Vega", "not this one")
    said = []
    for _ in range(6):
        with pytest.raises(Refusal) as refused:
            accounts.sign_in(store, "Dr Vega", "not this one")
        said.append(refused.value.values.get("minutes"))
    assert said == [None] * 5 + [1]


@AHEAD
def test_a_sign_in_lasts_as_long_as_any_other(store: Store, clinician: str, ahead: timedelta) -> None:
    with clock(ahead):
        token = accounts.sign_in(store, "Dr Vega", PASSWORD)
    assert accounts.person_behind(store, token)
    with clock(timedelta(minutes=46)):
        assert accounts.person_behind(store, token) is None, "idle for too long"
    with store.begin() as db:
        row = db.scalars(select(SignInRow).order_by(SignInRow.created_at.desc()).limit(1)).one()
        assert timedelta(hours=11) < row.expires_at - base.now() <= timedelta(hours=12)


@AHEAD
def test_a_sign_in_of_before_goes_on_after(store: Store, clinician: str, ahead: timedelta) -> None:
    with clock(ahead):
        accounts.person_behind(store, clinician)
    assert accounts.person_behind(store, clinician)
    with store.begin() as db:
        assert db.scalar(select(func.max(SignInRow.last_seen_at))) <= base.now()  # type: ignore[operator]


@AHEAD
def test_a_link_that_was_ended_stays_ended(store: Store, clinician: str, ahead: timedelta) -> None:
    with clock(ahead):
        token = accounts.sign_in(store, "Dr Vega", PASSWORD)
        link = accounts.invite_patient(store, token, "P-09")
        id_ = next(one.id for one in accounts.patients(store, token) if one.code == "P-09")
        newer = invitations.renew_invitation(store, token, id_)
    assert invitations.invitation_state(store, link) is InvitationState.LATE
    assert invitations.invitation_state(store, newer) is InvitationState.OPEN
    with pytest.raises(Refusal):
        accounts.accept_invitation(store, link, PASSWORD, "en")
    assert accounts.accept_invitation(store, newer, PASSWORD, "en")


@WRONG
def test_a_one_time_code_works_although_one_was_used_at_another_time(
    store: Store, clinician: str, ahead: timedelta
) -> None:
    totp = pyotp.TOTP(second_factor.begin(store, clinician).secret)
    with clock(ahead):
        token = accounts.sign_in(store, "Dr Vega", PASSWORD)
        second_factor.confirm(store, token, totp.at(base.now()))
    half = accounts.sign_in(store, "Dr Vega", PASSWORD)
    signed_in = second_factor.finish(store, half, totp.at(base.now()))
    assert accounts.person_behind(store, signed_in)
    half = accounts.sign_in(store, "Dr Vega", PASSWORD)
    with pytest.raises(Refusal):
        second_factor.finish(store, half, totp.at(base.now()))


@WRONG
def test_what_is_due_goes_by_the_order_of_runs(
    store: Store, clinician: str, patient: str, patient_id: str, ahead: timedelta
) -> None:
    plans.set_plan(store, clinician, patient_id, Plan(check_every=2))
    run_through(store, patient)
    with clock(ahead):
        run_through(store, patient)
    kinds = [run_through(store, patient).kind for _ in range(4)]
    assert kinds == [Kind.PRACTICE, Kind.PRACTICE, Kind.CHECK, Kind.PRACTICE]
    assert [check.practices for check in record.review(store, clinician, patient_id).checks] == [0, 0, 2]
    assert progress.progress(store, clinician, patient_id).verdict.practised == 2
    last = progress.last_result(store, patient)
    assert last is not None
    assert last.block.kind is Kind.PRACTICE
    with store.begin() as db:
        kept = db.get_one(SummaryRow, patient_id).change
        db.execute(update(SummaryRow).values(change={}))
    refresh_missing_summaries(store)
    with store.begin() as db:
        assert db.get_one(SummaryRow, patient_id).change == kept


@WRONG
def test_a_run_across_the_change_is_practised_for_no_less_than_nothing(
    store: Store, clinician: str, patient: str, patient_id: str, ahead: timedelta
) -> None:
    with clock(ahead):
        block = recognition.begin(store, patient, BROWSER, Kind.PRACTICE)
    runs.stop(store, patient, block.id)
    assert 0 <= record.review(store, clinician, patient_id).dose.minutes <= block.length


@pytest.mark.usefixtures("old_default")
@AHEAD
def test_one_sitting_is_one(store: Store, patient: str, patient_id: str, ahead: timedelta) -> None:
    def begin() -> None:
        runs.stop(store, patient, recognition.begin(store, patient, BROWSER, Kind.PRACTICE).id)

    with clock(ahead):
        begin()
    for _ in range(3):
        begin()
    with store.begin() as db:
        assert db.scalar(select(func.count()).select_from(SessionRow)) == 2


@AHEAD
def test_who_saw_whom_is_written_down(
    store: Store, clinician: str, patient: str, patient_id: str, ahead: timedelta
) -> None:
    def views() -> int:
        with store.begin() as db:
            return db.scalar(select(func.count()).where(AuditRow.act == "view")) or 0

    with clock(ahead):
        token = accounts.sign_in(store, "Dr Vega", PASSWORD)
        notes.notes(store, token, patient_id)
        notes.notes(store, token, patient_id)
        notes.add_note(store, token, patient_id, "first")
    seen = views()
    for _ in range(3):
        notes.notes(store, clinician, patient_id)
    assert views() == seen + 1
    notes.add_note(store, clinician, patient_id, "second")
    assert [one.text for one in notes.notes(store, clinician, patient_id)] == ["second", "first"]


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LEXITHYMIA_LOCAL", str(tmp_path / "own"))
    settings.cache_clear()
    yield tmp_path / "own"
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.usefixtures("local")
@WRONG
def test_the_head_of_the_log_is_kept_once_a_day(
    store: Store, clinician: str, patient: str, patient_id: str, ahead: timedelta
) -> None:
    notes.notes(store, clinician, patient_id)
    with clock(ahead):
        assert audit_heads.keep(store)
    assert bool(audit_heads.keep(store)) is (abs(ahead) == DAY or base.now().date() != (base.now() + ahead).date())
    assert audit_heads.keep(store) is None
    with clock(DAY):
        assert audit_heads.keep(store)


@pytest.mark.usefixtures("local")
@AHEAD
def test_a_restore_after_a_wrong_clock_is_no_forgery(
    store: Store, clinician: str, patient: str, patient_id: str, ahead: timedelta
) -> None:
    notes.notes(store, clinician, patient_id)
    with clock(ahead):
        audit_heads.keep(store)
    head = audit_queries.ChainHead(0, audit_queries.BEGINNING)
    line = f"{base.now():%Y-%m-%dT%H:%M:%SZ} {audit_heads.RESTORED} {head} {store}\n"
    with audit_heads.path().open("a") as file:
        file.write(line)
    assert [kept.head for kept in audit_heads.kept_heads(store)] == [head]


@AHEAD
def test_an_export_waits_for_a_day_at_most(local: Path, ahead: timedelta) -> None:
    export = waiting_exports.folder_of("somebody") / "export.zip"
    export.write_bytes(b"")
    waiting_exports.delete_expired()
    assert export.exists()
    later = (base.now() + ahead).timestamp()
    os.utime(export, (later, later))
    waiting_exports.delete_expired()
    assert not export.exists()
