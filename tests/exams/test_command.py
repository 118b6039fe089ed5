"""`arrange_seats` in the shapes of the independent checker."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessment_center.registry import SYSTEM
from exams import services
from exams.models import SeatAssignment
from tests.exams import build

pytestmark = pytest.mark.django_db
CHECKER = Path(__file__).resolve().parents[3] / "shared" / "bench" / "seating_check.py"


def test_it_arranges_exports_and_tells(tmp_path, capsys):
    theory, _ = build.planned()
    code = theory.batch.code
    call_command("arrange_seats", code, draw_key="摇号", export=tmp_path, json=True)
    told = json.loads(capsys.readouterr().out)
    figures = told["sittings"][0]
    assert told["batch"] == code
    assert (figures["sitting"], figures["seats"]) == (f"{code}-01", 11)
    assert SeatAssignment.objects.count() == 11
    files = [tmp_path / f"{code}-01.{kind}.json" for kind in ("instance", "result")]
    assert len(json.loads(files[0].read_text())["candidates"]) == 11
    if CHECKER.exists():
        out = subprocess.check_output([sys.executable, str(CHECKER), *map(str, files)])
        checked = json.loads(out)
        assert checked["problems"] == []
        assert checked["pairs"] == figures["pairs"]
        assert checked["diagonal"] == figures["diagonal"]


def test_it_speaks_in_words_without_json(capsys):
    theory, _ = build.planned()
    call_command("arrange_seats", theory.batch.code)
    assert "11 个座位" in capsys.readouterr().out


def test_bad_input_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="没有批次号"):
        call_command("arrange_seats", "NONE")
    batch = build.batch_with()
    with pytest.raises(CommandError, match="还没有理论考试场次"):
        call_command("arrange_seats", batch.code)
    theory, _ = build.planned(batch)
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(CommandError, match="无法写入"):
        call_command("arrange_seats", batch.code, export=blocker)
    assert not SeatAssignment.objects.exists()
    services.commit_draw(actor=SYSTEM, sitting=theory, draw_key="甲")
    with pytest.raises(CommandError, match="不能更换"):
        call_command("arrange_seats", batch.code, draw_key="乙")
