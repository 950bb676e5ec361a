"""The list of a clinician's patients: whose they are, in which order, with what in each line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from core.domain.days import day_of, zone_or_utc
from core.domain.patient.attention import Concern
from core.domain.patient.caseload import CaseloadFilter, CaseloadOptions, CaseloadSort
from core.domain.people import NotAllowed, Role
from core.domain.statistics.change import VerdictKind
from core.services.accounts import accounts
from core.services.clinic import care
from core.services.clinic.caseload import CaseloadLine, caseload
from core.services.clinic.record import in_care, review
from core.services.exercise import recognition
from core.storage.database import Store
from core.storage.tables import CareRow, ErasureRequestRow, PersonRow, SummaryRow, TrainingDayRow, now
from tests.support import BROWSER, new_clinician, new_patient


@pytest.fixture
def vega(demo: Store) -> str:
    """The sign-in of the demonstration's first clinician, in whose care all are, with dates that end today."""
    from core.services.accounts.sign_in import NOWHERE, new_sign_in

    with demo.begin() as db:
        row = db.scalars(select(PersonRow).where(PersonRow.code == "Dr. Vega")).one()
        cared = set(db.scalars(select(CareRow.patient_id).where(CareRow.clinician_id == row.id)))
        for person_id in db.scalars(select(PersonRow.id).where(PersonRow.role == Role.PATIENT)):
            if person_id not in cared:
                db.add(CareRow(clinician_id=row.id, patient_id=person_id))
        return new_sign_in(db, row, NOWHERE)


def lines(store: Store, token: str, **options: object) -> tuple[CaseloadLine, ...]:
    return caseload(store, token, replace(CaseloadOptions(), **options)).lines  # type: ignore[arg-type]


def test_every_line_says_what_is_stored(demo: Store, vega: str) -> None:
    found = lines(demo, vega)
    assert [line.code for line in found] == [f"P-{place:03d}" for place in range(1, 13)]
    with demo.begin() as db:
        for line in found:
            row = db.get(SummaryRow, line.id)
            if row is None:
                assert (line.checks, line.last_practice, line.check_shares) == (0, None, ())
                continue
            assert (line.checks, line.verdict, line.gain) == (row.checks, row.verdict, row.gain)
            zone = zone_or_utc(db.get_one(PersonRow, line.id).time_zone)
            since = day_of(now(), zone) - timedelta(weeks=4)
            mine = (TrainingDayRow.person_id == line.id, TrainingDayRow.day > since)
            seconds, days = db.execute(
                select(func.coalesce(func.sum(TrainingDayRow.seconds), 0.0), func.count()).where(*mine)
            ).one()
            assert line.minutes == pytest.approx(seconds / 60)
            assert line.days == days


def test_the_dose_ages_with_the_days(store: Store, clinician: str, patient_id: str) -> None:
    today = now().date()
    with store.begin() as db:
        for ago, seconds in ((0, 60.0), (27, 120.0), (28, 600.0)):
            db.add(TrainingDayRow(person_id=patient_id, day=today - timedelta(days=ago), seconds=seconds))
    line = lines(store, clinician)[0]
    assert (line.minutes, line.days) == (3.0, 2)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(CaseloadSort))
def test_the_list_is_in_the_order_that_was_asked(demo: Store, vega: str, sort: CaseloadSort, descending: bool) -> None:
    keys = {
        CaseloadSort.CODE: lambda line: line.code,
        CaseloadSort.ATTENTION: lambda line: len(line.concerns),
        CaseloadSort.CHECKS: lambda line: line.checks,
        CaseloadSort.DOSE: lambda line: round(line.minutes, 6),
        CaseloadSort.LAST: lambda line: line.last_practice,
        CaseloadSort.CHANGE: lambda line: (RANK.index(line.verdict), line.gain or 0.0),
    }
    found = list(lines(demo, vega, sort=sort, descending=descending))
    if sort is CaseloadSort.LAST:
        assert found[-1].last_practice is None
        found = [line for line in found if line.last_practice]
    assert len(found) >= 10
    assert found == sorted(found, key=keys[sort], reverse=descending)


RANK = [
    VerdictKind.WORSE,
    VerdictKind.BASELINE_UNFINISHED,
    VerdictKind.BASELINE,
    VerdictKind.BELOW_DOSE,
    VerdictKind.CANNOT_TELL,
    VerdictKind.COULD_NOT_TELL,
    VerdictKind.NO_ROOM,
    VerdictKind.BETTER,
]


def test_a_filter_shows_those_and_only_those(demo: Store, vega: str) -> None:
    everybody = lines(demo, vega)
    for show in CaseloadFilter:
        codes = [line.code for line in lines(demo, vega, show=show)]
        if show.verdict is not None:
            assert codes == [line.code for line in everybody if line.verdict is show.verdict]
    needing = [line.code for line in everybody if line.concerns or line.erasure_asked]
    assert [line.code for line in lines(demo, vega, show=CaseloadFilter.ATTENTION)] == needing
    assert 0 < len(needing) < len(everybody)


@pytest.mark.usefixtures("old_default")
def test_every_concern_is_found_by_the_filter_on_its_own(store: Store, clinician: str, patient_id: str) -> None:
    def shown() -> tuple[CaseloadLine, ...]:
        return lines(store, clinician, show=CaseloadFilter.ATTENTION)

    long_ago, lately = now() - timedelta(days=200), now() - timedelta(days=3)
    dates = dict.fromkeys(("hard_at", "stopped_at", "check_stopped_at", "check_left_at"))
    with store.begin() as db:
        db.add(
            SummaryRow(
                person_id=patient_id,
                last_practice=lately,
                checks=0,
                checks_left=8,
                verdict="baseline_unfinished",
                change={**dict.fromkeys(CHANGE, 0)},
                line=[],
                **dates,
            )
        )
    assert shown() == ()
    for changed, concern in (
        ({"hard_at": lately}, Concern.HARD),
        ({"stopped_at": lately}, Concern.STOPPED),
        ({"check_stopped_at": lately}, Concern.CHECK_STOPPED),
        ({"check_left_at": lately}, Concern.LEFT),
        ({"last_practice": long_ago}, Concern.SILENT),
    ):
        with store.begin() as db:
            db.execute(update(SummaryRow).values(**{**dates, "last_practice": lately, **changed}))
        assert [line.concerns for line in shown()] == [(concern,)]
    with store.begin() as db:
        db.execute(update(SummaryRow).values(**dates, last_practice=long_ago, checks_left=0))
    assert shown() == (), "nobody waits for practice when the plan is done"
    with store.begin() as db:
        db.add(ErasureRequestRow(person_id=patient_id))
    assert [line.erasure_asked for line in shown()] == [True]


CHANGE = ("checks", "practised", "practices_needed", "faces_needed", "faces_before", "faces_after")


def test_who_never_began_is_noticed_after_two_weeks(store: Store, clinician: str) -> None:
    accounts.invite_patient(store, clinician, "P-09")
    assert lines(store, clinician)[0].concerns == ()
    with store.begin() as db:
        db.execute(update(PersonRow).where(PersonRow.code == "P-09").values(created_at=now() - timedelta(days=15)))
    assert lines(store, clinician)[0].concerns == (Concern.NOT_BEGUN,)
    assert len(lines(store, clinician, show=CaseloadFilter.ATTENTION)) == 1


def test_a_search_finds_a_part_of_a_code_and_takes_no_sign_for_more(store: Store, clinician: str) -> None:
    for code in ("Niño-1", "100%", "1000", "a_b", "acb"):
        accounts.invite_patient(store, clinician, code)
    for search, codes in (("niÑ", ["Niño-1"]), ("100%", ["100%"]), ("a_", ["a_b"]), (" ACB ", ["acb"]), ("zz", [])):
        assert [line.code for line in lines(store, clinician, search=search)] == codes


def test_pages_hold_everybody_once_and_a_page_that_is_gone_is_the_last(demo: Store, vega: str) -> None:
    pages = [caseload(demo, vega, CaseloadOptions(sort=CaseloadSort.CHANGE, page=page), size=5) for page in range(3)]
    assert [line.code for page in pages for line in page.lines] == [
        line.code for line in lines(demo, vega, sort=CaseloadSort.CHANGE)
    ]
    assert {(page.pages, page.matching, page.in_care) for page in pages} == {(3, 12, 12)}
    assert caseload(demo, vega, CaseloadOptions(page=99), size=5).options.page == 2
    assert caseload(demo, vega, CaseloadOptions(search="nobody")).matching == 0


def test_nobody_sees_another_clinicians_patients(store: Store, patient: str, other: str) -> None:
    assert lines(store, other) == ()
    with pytest.raises(NotAllowed):
        caseload(store, patient)


def test_an_archived_patient_leaves_the_list_is_signed_out_and_comes_back(
    store: Store, clinician: str, patient: str, patient_id: str
) -> None:
    accounts.set_active(store, clinician, patient_id, False)
    assert lines(store, clinician) == ()
    assert [line.active for line in lines(store, clinician, show=CaseloadFilter.ARCHIVED)] == [False]
    assert accounts.person_behind(store, patient) is None
    assert lines(store, clinician, show=CaseloadFilter.ARCHIVED, search="p-01") != ()
    assert in_care(store, clinician) == {}
    assert in_care(store, clinician, patient_id) == {patient_id: "P-01"}, "who cares for them can still read"
    assert not review(store, clinician, patient_id).active
    accounts.set_active(store, clinician, patient_id, True)
    assert [line.code for line in lines(store, clinician)] == ["P-01"]


def test_care_is_shared_and_ended_and_never_nobodys(store: Store, clinician: str, other: str, patient_id: str) -> None:
    def who() -> dict[str, bool]:
        return {one.code: one.cares for one in care.clinicians(store, clinician, patient_id)}

    ids = {one.code: one.id for one in care.clinicians(store, clinician, patient_id)}
    assert who() == {"Dr Luz": False, "Dr Vega": True}
    with pytest.raises(NotAllowed, match="Share the care with a colleague first"):
        care.end_care(store, clinician, patient_id, ids["Dr Vega"])
    care.share(store, clinician, patient_id, ids["Dr Luz"])
    care.share(store, clinician, patient_id, ids["Dr Luz"])
    assert [line.code for line in lines(store, other)] == ["P-01"]
    care.end_care(store, other, patient_id, ids["Dr Vega"])
    assert lines(store, clinician) == ()
    with pytest.raises(NotAllowed):
        care.clinicians(store, clinician, patient_id)
    with pytest.raises(NotAllowed):
        care.share(store, clinician, patient_id, ids["Dr Vega"])


def test_care_is_shared_with_clinicians_only(store: Store, clinician: str, patient: str, patient_id: str) -> None:
    link = accounts.invite_colleague(store, clinician, "R-1", Role.RESEARCHER)
    accounts.accept_invitation(store, link, "a quiet long sentence", "en")
    researcher = next(one.id for one in accounts.colleagues(store, clinician) if one.code == "R-1")
    for nobody in (researcher, patient_id, "made up"):
        with pytest.raises(NotAllowed, match="Only a clinician"):
            care.share(store, clinician, patient_id, nobody)
    with pytest.raises(NotAllowed):
        care.share(store, patient, patient_id, researcher)


@pytest.mark.both_databases
def test_the_list_is_the_same_on_both_databases(stocked: Store) -> None:
    clinician = new_clinician(stocked)
    for code in ("P-2", "p-10", "Á-1"):
        patient = new_patient(stocked, clinician, code)
    recognition.begin(stocked, patient, BROWSER)
    with stocked.begin() as db:
        one = db.scalars(select(PersonRow.id).where(PersonRow.code == "P-2")).one()
        db.add(TrainingDayRow(person_id=one, day=date.today(), seconds=90.0))
    orders = {
        (sort, down): [line.code for line in lines(stocked, clinician, sort=sort, descending=down)]
        for sort in CaseloadSort
        for down in (False, True)
    }
    assert orders[CaseloadSort.CODE, False] == ["p-10", "P-2", "Á-1"]
    assert orders[CaseloadSort.CODE, True] == ["Á-1", "P-2", "p-10"]
    assert orders[CaseloadSort.DOSE, True][0] == "P-2"
    assert orders[CaseloadSort.LAST, False][0] == orders[CaseloadSort.LAST, True][0] == "Á-1"
    assert [line.code for line in lines(stocked, clinician, show=CaseloadFilter.ATTENTION)] == []
    assert [line.code for line in lines(stocked, clinician, search="á")] == ["Á-1"]
