"""The tables of docs/rules say what the program declares, for every rule, form and report."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessment_center.conformance import matrix
from assessment_center.conformance.tables import tables

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules"


def test_the_tables_are_up_to_date() -> None:
    """Run `manage.py rules_table` when this fails."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    made = tables()
    assert sorted(name for name in {*kept, *made} if kept.get(name) != made.get(name)) == []


def test_every_rule_form_and_report_has_its_line() -> None:
    made = tables()
    rules = "".join(text for name, text in made.items() if name.startswith("area-"))
    assert [row.id for row in matrix.rows() if rules.count(f"| {row.id} |") != 1] == []
    codes = [each.code for each in (*matrix.forms(), *matrix.reports())]
    assert [code for code in codes if made["forms.md"].count(f"| {code} |") != 1] == []


def test_stale_tables_are_noticed_and_written_anew(tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(CommandError, match="已过期"):
        call_command("rules_table", out=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "gone.md").write_text("x")
    call_command("rules_table", out=tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(tables())
    (tmp_path / "forms.md").write_text("x")
    with pytest.raises(CommandError, match=r"forms\.md"):
        call_command("rules_table", out=tmp_path, check=True)
    capsys.readouterr()
    call_command("rules_table", out=tmp_path, json=True)
    assert json.loads(capsys.readouterr().out)["changed"] == ["forms.md"]
