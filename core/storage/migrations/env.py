"""What Alembic runs: the migrations of this folder on the engine it was handed, in one transaction."""

from alembic import context

from core.storage.migrate import alone
from core.storage.tables import Base

engine = context.config.attributes["engine"]
with engine.connect() as connection, alone(connection):
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    context.run_migrations()
