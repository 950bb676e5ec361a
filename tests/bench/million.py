"""A million stored trials: a thousand patients with a thousand answers each, made by the database itself."""

from sqlalchemy import text

from core.storage.database import Store

BLOCKS = 25
FACES = 40
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) "
_THEN = "'2026-01-01 00:00:00'"


def store_trials(store: Store, patients: int = 1000) -> int:
    """Add invented `patients`; they and those who were there get BLOCKS practices of FACES answers. Returns the sum."""
    people = (
        "INSERT INTO people (id, code, code_key, role, administrator, language, active, created_at) "
        + _NUMBERS.format(most=patients)
        + "SELECT printf('bench%027d', i), 'bench-' || i, 'bench-' || i, 'patient', 0, 'en', 1, "
        f"{_THEN} FROM n"
    )
    sessions = (
        "INSERT INTO sessions (id, person_id, started_at, last_at, language, device, software) "
        f"SELECT 's' || substr(id, 2), id, {_THEN}, {_THEN}, 'en', 'computer', '0' FROM people WHERE role = 'patient'"
    )
    blocks = (
        "INSERT INTO blocks (id, person_id, session_id, set_id, task, kind, design, seed, length, started_at, "
        "ended_at, stopped) "
        + _NUMBERS.format(most=BLOCKS)
        + "SELECT 'b' || printf('%04d', n.i) || substr(p.id, 6), p.id, 's' || substr(p.id, 2), 1, 'recognition', "
        f"'practice', '{{}}', n.i, {FACES}, {_THEN}, {_THEN}, 0 FROM n, people p WHERE p.role = 'patient'"
    )
    trials = (
        "INSERT INTO trials (block_id, number, stimulus_id, session_id, target, answered_at, painted_at, response, "
        "scored, correct, response_time_ms, earlier_face, earlier_identity) "
        + _NUMBERS.format(most=FACES)
        + f"SELECT b.id, n.i, 1 + (n.i * 31) % 1643, b.session_id, 'fear', {_THEN}, {_THEN}, 'fear', 'fear', 1, "
        "900, 0, 0 FROM n, blocks b WHERE b.design = '{}'"
    )
    with store.begin() as db:
        for statement in (people, sessions, blocks, trials):
            db.execute(text(statement))
        return int(db.execute(text("SELECT count(*) FROM trials")).scalar_one())
