# One image for web, worker and beat; docker-compose.yml tells each what to run.
FROM python:3.11-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock .
RUN /opt/venv/bin/pip install -r requirements.lock

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=assessment_center.settings \
    ASSESSMENT_VAR=/data
RUN groupadd --gid 10001 assessment \
    && useradd --uid 10001 --gid assessment --no-create-home --home-dir /data assessment \
    && install -d -o assessment -g assessment -m 0750 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
USER assessment
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "assessment_center.wsgi:application", "--bind=0.0.0.0:8000", "--workers=2", \
     "--threads=8", "--timeout=120", "--worker-tmp-dir=/dev/shm", "--no-control-socket", \
     "--access-logfile=-", "--logger-class=assessment_center.server_log.ServerLogger"]
