import pytest

from assessment_center import embedded
from assessment_center.embedded import addresses

REAL = "postgresql://clerk:secret@db:5433/centre"
OWNER = "postgresql://owner:secret@db:5433/centre"
QUEUE = "redis://queue:6379/0"


@pytest.fixture(autouse=True)
def no_named_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSESSMENT_VAR", "/srv/office/var")


def entry(**parts: object) -> dict[str, object]:
    blank = {"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}}
    return {"ENGINE": "django.db.backends.postgresql"} | blank | parts


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            REAL,
            entry(NAME="centre", USER="clerk", PASSWORD="secret", HOST="db", PORT="5433"),
        ),
        ("postgres://db/centre", entry(NAME="centre", HOST="db")),
        (
            "postgresql://a%40b:p%2Fw%3A1@db/%E8%AE%A4%E5%AE%9A",
            entry(NAME="认定", USER="a@b", PASSWORD="p/w:1", HOST="db"),
        ),
        (
            "postgresql:///centre?host=/run/a%20b&user=clerk&port=5432",
            entry(NAME="centre", USER="clerk", HOST="/run/a b", PORT="5432"),
        ),
        (
            "postgresql://[::1]:5432/centre?sslmode=require&connect_timeout=3",
            entry(
                NAME="centre",
                HOST="::1",
                PORT="5432",
                OPTIONS={"sslmode": "require", "connect_timeout": "3"},
            ),
        ),
    ],
)
def test_an_address_becomes_a_database_entry(url: str, expected: dict[str, object]) -> None:
    assert embedded.parse_database_url(url) == expected


@pytest.mark.parametrize(
    "url", ["", "centre", "mysql://db/centre", "postgresql://db", "postgresql://db:x/centre"]
)
def test_a_wrong_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(embedded.EmbeddedError, match="DATABASE_URL"):
        embedded.parse_database_url(url)


def test_without_named_servers_all_addresses_are_ours() -> None:
    sockets = "/srv/office/var/run"
    assert embedded.endpoints() == embedded.Endpoints(
        database_url=addresses.postgres_url(_sockets(), "assessment_app"),
        migrate_database_url=addresses.postgres_url(_sockets(), "assessment_owner"),
        redis_url=f"redis+socket://{sockets}/valkey.sock",
        embedded=True,
    )
    assert embedded.parse_database_url(embedded.endpoints().database_url) == entry(
        NAME="assessment_center", USER="assessment_app", HOST=sockets, PORT="5432"
    )


def _sockets():
    return addresses.find_places().sockets


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"DATABASE_URL": REAL}, (REAL, REAL, False, True)),
        ({"MIGRATE_DATABASE_URL": OWNER}, (OWNER, OWNER, False, True)),
        (
            {"DATABASE_URL": REAL, "MIGRATE_DATABASE_URL": OWNER, "REDIS_URL": QUEUE},
            (REAL, OWNER, False, False),
        ),
        ({"DATABASE_URL": REAL, "REDIS_URL": QUEUE}, (REAL, REAL, False, False)),
    ],
)
def test_a_named_server_is_used(
    monkeypatch: pytest.MonkeyPatch,
    named: dict[str, str],
    expected: tuple[str, str, bool, bool],
) -> None:
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    found = embedded.endpoints()
    assert (
        found.database_url,
        found.migrate_database_url,
        found.embedded,
        embedded.needs_embedded(),
    ) == expected
    assert found.redis_url == named.get(
        "REDIS_URL", "redis+socket:///srv/office/var/run/valkey.sock"
    )


@pytest.mark.parametrize(
    ("celery", "client"),
    [
        (QUEUE, QUEUE),
        ("redis+socket:///run/valkey.sock", "unix:///run/valkey.sock?db=0"),
        ("redis+socket:///run/valkey.sock?virtual_host=3", "unix:///run/valkey.sock?db=3"),
    ],
)
def test_the_queue_as_its_client_spells_it(celery: str, client: str) -> None:
    assert embedded.redis_client_url(celery) == client


def test_named_servers_need_no_account_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DATABASE_URL", REAL), ("REDIS_URL", QUEUE)):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(addresses, "find_places", lambda: pytest.fail("looked for folders"))
    assert embedded.endpoints().redis_client_url == QUEUE
    embedded.ensure_started()
