# Parallax for web, worker and clock: the same image, another command (compose.yaml).
FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /opt/parallax \
    && /opt/parallax/bin/pip install --no-cache-dir --disable-pip-version-check --compile --require-hashes \
       --requirement requirements.txt

FROM python:3.11-slim
# Nobody's account: it owns nothing but its data, and the rest may be mounted read-only.
RUN useradd --system --uid 10001 --user-group --home-dir /data --create-home --shell /usr/sbin/nologin parallax
COPY --from=packages /opt/parallax /opt/parallax
WORKDIR /srv/parallax
COPY . .
RUN /opt/parallax/bin/python -m compileall -q models workers service
ENV PATH="/opt/parallax/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 PORT=8000 PARALLAX_DATA_DIR=/data
USER 10001
VOLUME /data
EXPOSE 8000
# Alone it brings its own store and runs everything, as `make run` does.
CMD ["python", "-m", "workers", "run"]
