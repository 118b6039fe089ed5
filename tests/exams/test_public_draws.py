"""What anybody downloads suffices to repeat the draw, far from this program and its database."""

import json
import subprocess
import sys

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessment_center.registry import SYSTEM
from exams import services
from tests.exams import build

pytestmark = pytest.mark.django_db


def test_the_digest_stands_before_and_the_downloads_repeat_the_draw_after(tmp_path):
    with time_machine.travel(build.TICKETS_AT, tick=False):
        theory, practical = build.planned()
        page = reverse("draws:batch", args=[theory.batch.code])
        public = Client()
        committed = services.commit_draw(actor=SYSTEM, sitting=theory)
        before = public.get(page).text
        assert committed.draw_commitment in before
        assert "2026-05-18" in before
        assert theory.batch.name in public.get(reverse("draws:index")).text
        for sitting in (theory, *practical):
            services.arrange_seats(actor=SYSTEM, sitting=sitting)
        sitting = services.confirm_arrangement(actor=SYSTEM, sitting=theory)
        for each in practical:
            services.confirm_arrangement(actor=SYSTEM, sitting=each)
        record = reverse("draws:record", args=[theory.batch.code, 1])
        assert sitting.candidates_digest in public.get(page).text
        assert sitting.draw_key not in public.get(page).text
        assert public.get(record).status_code == 404
        services.issue_tickets(actor=SYSTEM, batch=theory.batch)
        assert sitting.draw_key in public.get(page).text
        content = public.get(record).content
    program, told = tmp_path / "seating.pyz", tmp_path / "record.json"
    program.write_bytes(public.get(reverse("draws:program")).content)

    def repeat(data):
        told.write_bytes(data)
        ordered = [sys.executable, "-I", str(program), str(told)]
        return subprocess.run(ordered, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert repeat(content).stdout == "11 seats repeated: the record is true\n"
    false = {**json.loads(content), "reserve": 0, "key": "ein anderer"}
    assert repeat(json.dumps(false).encode()).returncode == 1
    assert public.get(reverse("draws:batch", args=["NONE"])).status_code == 404
