"""Where the database and the queue are reached: read from the environment, or computed."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.places import find_places

OWNER_ROLE = "assessment_owner"
APP_ROLE = "assessment_app"
DATABASE = "assessment_center"
POSTGRES_PORT = 5432


@dataclass(frozen=True)
class Endpoints:
    """The addresses this process uses; ``embedded`` tells whether the database is our own."""

    database_url: str
    migrate_database_url: str
    redis_url: str
    embedded: bool

    @property
    def redis_client_url(self) -> str:
        """The queue's address as redis-py spells it (Celery writes sockets differently)."""
        return redis_client_url(self.redis_url)


def endpoints() -> Endpoints:
    """Tell every process of a run the same addresses, without starting anything.

    ``DATABASE_URL``, ``MIGRATE_DATABASE_URL`` and ``REDIS_URL`` win, each for itself; of the two
    database addresses one alone serves for both. What is not set is served by the embedded
    servers under ``ASSESSMENT_VAR``.
    """
    database = os.environ.get("DATABASE_URL", "")
    migrate = os.environ.get("MIGRATE_DATABASE_URL", "")
    redis = os.environ.get("REDIS_URL", "")
    if not needs_embedded():
        return Endpoints(database or migrate, migrate or database, redis, embedded=False)
    sockets = find_places().sockets
    return Endpoints(
        database_url=database or migrate or postgres_url(sockets, APP_ROLE),
        migrate_database_url=migrate or database or postgres_url(sockets, OWNER_ROLE),
        redis_url=redis or f"redis+socket://{quote(str(sockets / 'valkey.sock'))}",
        embedded=not (database or migrate),
    )


def needs_embedded() -> bool:
    """Tell whether any of the two servers has to be ours."""
    database = os.environ.get("DATABASE_URL") or os.environ.get("MIGRATE_DATABASE_URL")
    return not (database and os.environ.get("REDIS_URL"))


def postgres_url(sockets: Path, role: str, database: str = DATABASE) -> str:
    """Write the address of the embedded PostgreSQL for a role."""
    return f"postgresql:///{database}?host={quote(str(sockets))}&port={POSTGRES_PORT}&user={role}"


def redis_client_url(url: str) -> str:
    """Turn Celery's ``redis+socket://`` into redis-py's ``unix://``; leave every other address."""
    if not url.startswith("redis+socket://"):
        return url
    parts = urlsplit(url)
    number = dict(parse_qsl(parts.query)).get("virtual_host", "0")
    return f"unix://{parts.path}?db={number}"


def parse_database_url(url: str) -> dict[str, object]:
    """Turn a ``postgresql://`` address into one entry of Django's ``DATABASES``.

    Query parameters ``host``, ``port``, ``user``, ``password`` stand in for the parts of the
    address, as libpq has it; all others become connection options.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise EmbeddedError(
            "数据库地址的格式应为 postgresql://用户:密码@主机:端口/库名，请检查 DATABASE_URL。",
            "A database address reads postgresql://user:password@host:port/name.",
        )
    try:
        port = parts.port
    except ValueError as error:
        raise EmbeddedError(
            "数据库地址里的端口不是数字，请检查 DATABASE_URL。",
            "The port in the database address is not a number.",
        ) from error
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": options.pop("password", unquote(parts.password or "")),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
    }
