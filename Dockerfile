# The server, without what trains networks: it runs the shipped one on ai-edge-litert.
FROM python:3.11.15-slim-trixie@sha256:db3ff2e1800a8581e2c48a27c3995339d47bdf046da21c7627accd3d51053a93 AS built
COPY requirements-serve.lock ./
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-serve.lock
WORKDIR /app
COPY .streamlit .streamlit
COPY app.py pyproject.toml ./
COPY pages pages
COPY core core
COPY data data
RUN chmod -R a+rX .

FROM python:3.11.15-slim-trixie@sha256:db3ff2e1800a8581e2c48a27c3995339d47bdf046da21c7627accd3d51053a93
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --home-dir /tmp --no-create-home lexithymia \
 && install --directory --owner=10001 --group=10001 /data
COPY --from=built /venv /venv
WORKDIR /app
COPY --from=built /app ./
RUN ln -s /secrets/secrets.toml .streamlit/secrets.toml
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 ADDRESS=0.0.0.0 PORT=8501 LEXITHYMIA_LOCAL=/data
RUN python -m compileall -q app.py pages core
USER 10001:10001
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://localhost:8501/livez', timeout=4)"]
CMD ["python", "-m", "core", "serve"]
