# The site, its worker and its commands are one image; what runs is the command.
# docker build --build-arg REQUIREMENTS=sandbox makes the image of the emulated Wix.

FROM python:3.13-slim AS build
ARG REQUIREMENTS=site
WORKDIR /app
COPY requirements/${REQUIREMENTS}.txt requirements.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY . .
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
RUN if [ -d locale ]; then pybabel --quiet compile --directory locale --domain django; fi
RUN SECRET_KEY=only-for-building PUBLIC_URL=http://localhost:8000 \
    python manage.py collectstatic --noinput --verbosity 0

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin booking
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
COPY --from=build --chown=booking /app/var /app/var
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=8000
USER booking
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "python:bookingsite.gunicorn"]
