# NEXUS for production. The packages are built in one stage and copied into another that has no compiler.
FROM python:3.13-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /opt/nexus
COPY requirements.lock .
RUN /opt/nexus/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY core core
COPY workers workers
COPY migrations migrations
RUN /opt/nexus/bin/pip install --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm

# Debian keeps one version of ffmpeg a release, so there is none to pin.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 nexus && useradd --no-create-home --uid 10001 --gid 10001 nexus \
    && mkdir /data && chown 10001:10001 /data
COPY --from=build /opt/nexus /opt/nexus
ENV PATH=/opt/nexus/bin:$PATH PYTHONUNBUFFERED=1 NEXUS_HOME=/data NEXUS_HOST=0.0.0.0 LOG_FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8085
STOPSIGNAL SIGTERM
ENTRYPOINT ["nexus"]
CMD ["run"]
