"""A million stored trials: a thousand patients with a thousand answers each, made by the database itself."""

from sqlalchemy import text

from core.storage.database import Store

BLOCKS = 25
FACES = 40


def store_trials(store: Store, patients: int = 1000) -> int:
    """Give `patients` invented people, and every person there is, BLOCKS practices of FACES answers; returns the sum."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) "
    with store.begin() as db:
        db.execute(
            text(
                "INSERT INTO people (id, code, code_key, role, administrator, language, active, created_at) "
                + numbers.format(most=patients)
                + "SELECT printf('bench%027d', i), 'bench-' || i, 'bench-' || i, 'patient', 0, 'en', 1, "
                "'2026-01-01 00:00:00' FROM n"
            )
        )
        db.execute(
            text(
                "INSERT INTO sessions (id, person_id, started_at, last_at, language, device, software) "
                "SELECT 's' || substr(id, 2), id, '2026-01-01 00:00:00', '2026-01-01 00:00:00', 'en', 'computer', '0' "
                "FROM people WHERE role = 'patient' AND id LIKE 'bench%'"
            )
        )
        db.execute(
            text(
                "INSERT INTO blocks (id, person_id, session_id, set_id, task, kind, design, seed, length, started_at, "
                "ended_at, stopped) "
                + numbers.format(most=BLOCKS)
                + "SELECT 'b' || printf('%04d', n.i) || substr(p.id, 6), p.id, 's' || substr(p.id, 2), 1, 'recognition', "
                "'practice', '{}', n.i, :faces, '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0 "
                "FROM n, people p WHERE p.id LIKE 'bench%'"
            ),
            {"faces": FACES},
        )
        db.execute(
            text(
                "INSERT INTO trials (block_id, number, stimulus_id, session_id, target, answered_at, painted_at, response, "
                "response_time_ms, earlier_face, earlier_identity) "
                + numbers.format(most=FACES)
                + "SELECT b.id, n.i, 1 + (n.i * 31) % 1488, b.session_id, 'fear', '2026-01-01 00:00:00', "
                "'2026-01-01 00:00:00', 'fear', 900, 0, 0 FROM n, blocks b WHERE b.id LIKE 'b0%'"
            )
        )
        return int(db.execute(text("SELECT count(*) FROM trials")).scalar_one())
