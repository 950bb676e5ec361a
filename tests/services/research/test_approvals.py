"""A second person's yes before an export and an un-blinding: by another, once, for the same, within a week."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from core.config import settings
from core.domain.audit import Act
from core.domain.exercise.approval import APPROVAL_LASTS, ApprovalState
from core.domain.exercise.selection import Selection, Whom
from core.domain.people import NotAllowed, Refusal, Role
from core.export.package import Cancelled
from core.services.accounts import accounts, invitations, sign_in
from core.services.privacy import audit_log
from core.services.research import approvals
from core.services.research.export import export, export_by_command
from core.services.research.unblinding import key_by_command, unblind, unblind_arms
from core.storage.tables import ApprovalRow
from tests.services.research.conftest import ResearchClinic
from tests.support import PASSWORD

ALL = Selection()
REASON = "The board wants to see who dropped out."


@pytest.fixture(autouse=True)
def required(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SECOND_APPROVAL", "required")
    settings.cache_clear()
    yield
    monkeypatch.delenv("SECOND_APPROVAL")
    settings.cache_clear()


def joined(clinic: ResearchClinic, code: str, role: Role, administrator: bool = False) -> str:
    link = invitations.invite_colleague(clinic.store, clinic.clinician, code, role)
    token = accounts.accept_invitation(clinic.store, link, PASSWORD, "en")
    if administrator:
        [account] = [one for one in accounts.colleagues(clinic.store, clinic.clinician) if one.code == code]
        accounts.set_administrator(clinic.store, clinic.clinician, account.id, True)
        return sign_in.sign_in(clinic.store, code, PASSWORD)
    return token


def ask(clinic: ResearchClinic, token: str, act: Act = Act.EXPORT, whom: Whom = ALL) -> str:
    """The id of what `token` asks for."""
    approvals.ask(clinic.store, token, act, whom, REASON)
    return approvals.requests(clinic.store, token)[0].id


def approved(clinic: ResearchClinic, by: str, token: str, act: Act = Act.EXPORT, whom: Whom = ALL) -> None:
    approvals.decide(clinic.store, by, ask(clinic, token, act, whom), True)


def states(clinic: ResearchClinic, token: str) -> list[ApprovalState]:
    return [one.state for one in approvals.requests(clinic.store, token) if one.own]


def test_an_export_is_made_once_after_another_said_yes(clinic: ResearchClinic, tmp_path: Path) -> None:
    clinic.check(clinic.patient("P-1")[1])
    with pytest.raises(Refusal, match="needs the approval of a second person"):
        export(clinic.store, clinic.researcher, ALL, tmp_path / "x", lambda rows: True)
    request = ask(clinic, clinic.researcher)
    [shown] = approvals.requests(clinic.store, clinic.clinician)
    assert (shown.asked_by, shown.reason, shown.own, shown.whom) == ("R. Lind", REASON, False, ALL)
    with pytest.raises(Refusal, match="needs the approval of a second person"):
        export(clinic.store, clinic.researcher, ALL, tmp_path / "x", lambda rows: True)
    approvals.decide(clinic.store, clinic.clinician, request, True)
    with pytest.raises(Refusal, match="needs the approval of a second person"):
        export(clinic.store, clinic.researcher, Selection(first_day=0), tmp_path / "x", lambda rows: True)
    export(clinic.store, clinic.researcher, ALL, tmp_path / "x", lambda rows: True)
    assert states(clinic, clinic.researcher) == [ApprovalState.USED]
    with pytest.raises(Refusal, match="needs the approval of a second person"):
        export(clinic.store, clinic.researcher, ALL, tmp_path / "y", lambda rows: True)
    assert not (tmp_path / "y").exists()
    written = [
        (one.act, one.facts.get("approval")) for one in reversed(audit_log.latest(clinic.store, clinic.clinician))
    ]
    acts = [Act.ASK_APPROVAL, Act.APPROVE, Act.EXPORT]
    assert [one for one in written if one[0] in acts] == [(act, request) for act in acts]


def test_what_did_not_come_to_its_end_may_be_done_again(clinic: ResearchClinic, tmp_path: Path) -> None:
    clinic.check(clinic.patient("P-1")[1])
    approved(clinic, clinic.clinician, clinic.researcher)
    with pytest.raises(Cancelled):
        export(clinic.store, clinic.researcher, ALL, tmp_path / "x", lambda rows: False)
    assert states(clinic, clinic.researcher) == [ApprovalState.APPROVED]
    export(clinic.store, clinic.researcher, ALL, tmp_path / "x", lambda rows: True)
    assert states(clinic, clinic.researcher) == [ApprovalState.USED]


def test_nobody_approves_their_own_nor_what_their_role_may_not_see(clinic: ResearchClinic) -> None:
    clinic.patient("P-1")
    other, second = joined(clinic, "R. Sol", Role.RESEARCHER), joined(clinic, "Dr Mar", Role.CLINICIAN, True)
    exporting, lifting = ask(clinic, clinic.researcher), ask(clinic, clinic.clinician, Act.UNBLIND)
    for token, request in ((clinic.researcher, exporting), (clinic.clinician, lifting)):
        with pytest.raises(NotAllowed, match="yourself"):
            approvals.decide(clinic.store, token, request, True)
    with pytest.raises(NotAllowed, match="another role"):
        approvals.decide(clinic.store, other, lifting, True)
    assert [one.id for one in approvals.requests(clinic.store, other)] == [exporting]
    approvals.decide(clinic.store, other, exporting, False)
    assert states(clinic, clinic.researcher) == [ApprovalState.DECLINED]
    assert [one.id for one in approvals.requests(clinic.store, second)] == [lifting]
    approvals.decide(clinic.store, second, lifting, True)
    with pytest.raises(Refusal, match="needs the approval"):
        unblind_arms(clinic.store, clinic.clinician, ALL, REASON)
    with pytest.raises(Refusal, match="needs the approval"):
        unblind(clinic.store, second, ALL, REASON)
    assert [one.code for one in unblind(clinic.store, clinic.clinician, ALL, REASON)] == ["P-1"]


def test_single_people_are_the_same_in_any_order_and_spelling(clinic: ResearchClinic, tmp_path: Path) -> None:
    for code in ("P-1", "P-2"):
        clinic.patient(code)
    second = joined(clinic, "Dr Mar", Role.CLINICIAN, True)
    assert key_by_command(clinic.store, ALL, tmp_path / "key.csv", REASON) == 2
    one, two = [line.split(",")[0] for line in (tmp_path / "key.csv").read_text(encoding="utf-8").splitlines()[1:]]
    approved(clinic, second, clinic.clinician, Act.UNBLIND, [one, two])
    with pytest.raises(Refusal, match="needs the approval"):
        unblind(clinic.store, clinic.clinician, [one], REASON)
    assert len(unblind(clinic.store, clinic.clinician, [two.removeprefix("sub-"), one], REASON)) == 2
    with pytest.raises(Refusal, match="Nobody here is behind made-up"):
        ask(clinic, clinic.clinician, Act.UNBLIND, ["sub-made-up"])


def test_two_who_decide_at_once_decide_once_and_two_exports_use_it_once(clinic: ResearchClinic, tmp_path: Path) -> None:
    clinic.check(clinic.patient("P-1")[1])
    other, request = joined(clinic, "R. Sol", Role.RESEARCHER), ask(clinic, clinic.researcher)

    def attempt(work: int) -> str:
        try:
            if work < 4:
                approvals.decide(clinic.store, (other, clinic.clinician)[work % 2], request, True)
            else:
                export(clinic.store, clinic.researcher, ALL, tmp_path / "exports" / str(work), lambda rows: True)
        except Refusal as refusal:
            return refusal.sentence
        return "done"

    with ThreadPoolExecutor(4) as pool:
        decided = list(pool.map(attempt, range(4)))
        made = list(pool.map(attempt, range(4, 8)))
    assert decided.count("done") == 1
    assert set(decided) == {"done", "Somebody has decided on this request already. Nothing was changed."}
    assert made.count("done") == 1
    assert len(list((tmp_path / "exports").iterdir())) == 1


def test_it_is_over_after_a_week_and_nothing_of_it_stays(clinic: ResearchClinic, tmp_path: Path) -> None:
    clinic.check(clinic.patient("P-1")[1])
    approved(clinic, clinic.clinician, clinic.researcher)
    late = ask(clinic, clinic.researcher, Act.EXPORT, Selection(first_day=3))
    with clinic.store.begin() as db:
        for row in db.query(ApprovalRow):
            row.asked_at -= APPROVAL_LASTS + timedelta(minutes=2)
    with pytest.raises(Refusal, match="needs the approval"):
        export(clinic.store, clinic.researcher, ALL, tmp_path / "x", lambda rows: True)
    with pytest.raises(Refusal, match="not here any more"):
        approvals.decide(clinic.store, clinic.clinician, late, True)
    assert approvals.requests(clinic.store, clinic.clinician) == []
    ask(clinic, clinic.researcher)
    with clinic.store.begin() as db:
        assert db.query(ApprovalRow).count() == 1


def test_who_asks_is_told_what_is_wrong_with_it(clinic: ResearchClinic) -> None:
    with pytest.raises(Refusal, match="Please say in a sentence"):
        approvals.ask(clinic.store, clinic.researcher, Act.EXPORT, ALL, "soon")
    with pytest.raises(Refusal, match="no such study"):
        ask(clinic, clinic.researcher, Act.EXPORT, Selection(study="0" * 32))
    with pytest.raises(Refusal, match="Nobody else here may approve this"):
        ask(clinic, clinic.clinician, Act.UNBLIND)
    with pytest.raises(NotAllowed):
        ask(clinic, clinic.researcher, Act.UNBLIND)
    with pytest.raises(ValueError, match="needs no approval"):
        ask(clinic, clinic.researcher, Act.ERASE)
    ask(clinic, clinic.researcher)
    with pytest.raises(Refusal, match="asked for this already"):
        ask(clinic, clinic.researcher)


def test_commands_need_none_and_where_it_is_not_asked_for_nobody_does(
    clinic: ResearchClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.check(clinic.patient("P-1")[1])
    export_by_command(clinic.store, ALL, tmp_path / "x", lambda rows: True)
    monkeypatch.setenv("SECOND_APPROVAL", "optional")
    settings.cache_clear()
    export(clinic.store, clinic.researcher, ALL, tmp_path / "y", lambda rows: True)
    assert len(unblind(clinic.store, clinic.clinician, ALL, REASON)) == 1
