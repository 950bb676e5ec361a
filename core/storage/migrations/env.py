"""What Alembic runs: the migrations of this folder on the engine it was handed."""

from alembic import context

from core.storage.tables import Base

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
