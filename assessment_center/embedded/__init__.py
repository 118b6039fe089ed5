"""PostgreSQL and Valkey from wheels, for the demo and the tests, when no real servers are named."""

from assessment_center.embedded.addresses import (
    APP_ROLE,
    DATABASE,
    OWNER_ROLE,
    Endpoints,
    endpoints,
    needs_embedded,
    parse_database_url,
    redis_client_url,
)
from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.servers import ensure_started, keeper_runs, release, stop

__all__ = [
    "APP_ROLE",
    "DATABASE",
    "OWNER_ROLE",
    "EmbeddedError",
    "Endpoints",
    "endpoints",
    "ensure_started",
    "keeper_runs",
    "needs_embedded",
    "parse_database_url",
    "redis_client_url",
    "release",
    "stop",
]
