import re
import subprocess
import sys
from pathlib import Path

import pytest

import manage
from assessment_center.embedded.places import PROJECT

from .conftest import nothing_left, run


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        ([], False),
        (["help"], False),
        (["--version"], False),
        (["migrate", "--help"], False),
        (["collectstatic", "--noinput"], False),
        (["migrate"], True),
        (["makemigrations", "--check"], True),
        (["conformance", "B1"], True),
    ],
)
def test_servers_start_only_for_commands_that_use_data(
    arguments: list[str], *, needed: bool
) -> None:
    assert manage.needs_servers(arguments) is needed


def test_too_old_a_python_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    with pytest.raises(SystemExit) as ended:
        manage.main()
    assert str(ended.value).startswith("需要 Python 3.11 或更高版本")


def test_the_entry_can_be_read_by_an_old_python() -> None:
    source = (PROJECT / "manage.py").read_text(encoding="utf-8")
    before_check = source.split("sys.version_info", maxsplit=1)[0]
    imports = re.findall(r"^\s*(?:import|from) (\S+)", before_check, re.MULTILINE)
    assert imports == ["os", "sys"]
    assert "match " not in source
    assert "list[str]" not in source.replace('"list[str]"', "")


@pytest.mark.processes
def test_a_command_starts_and_ends_the_servers(var: Path) -> None:
    settings = "tests.assessment_center.embedded.small_site"
    outcome = run(
        var, "manage.py", "migrate", "auth", "--database", "owner", DJANGO_SETTINGS_MODULE=settings
    )
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "Applying auth.0001_initial... OK" in outcome.stdout
    assert nothing_left(var) == []


@pytest.mark.processes
def test_help_starts_nothing(var: Path) -> None:
    outcome = run(var, "manage.py", "--version")
    assert outcome.returncode == 0
    assert not (var / "pg18").exists()


def test_the_set_up_script_refuses_an_old_python(tmp_path: Path) -> None:
    """Every Python on the path says it is too old: one sentence, and no environment is made."""
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    project = tmp_path / "project"
    (project / ".ci").mkdir(parents=True)
    script = project / ".ci" / "setup"
    script.write_text((PROJECT / ".ci" / "setup").read_text(encoding="utf-8"), encoding="utf-8")
    dirname = tmp_path / "dirname"
    dirname.write_text("#!/bin/sh\nprintf '%s\\n' \"${1%/*}\"\n")
    dirname.chmod(0o755)
    outcome = subprocess.run(
        ["/bin/sh", str(script)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("需要 Python 3.11 或更高版本")
    assert not (project / ".venv").exists()
