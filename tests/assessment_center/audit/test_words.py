"""Every act that the trail keeps is told in words."""

import gc
import re
from pathlib import Path

from assessment_center.audit.labels import act_word
from assessment_center.workflow import Machine

ROOT = Path(__file__).resolve().parents[3]
LITERAL = re.compile(r'verb="([a-z_.]+)"')


def _literal_verbs() -> set[str]:
    found: set[str] = set()
    for package in (
        "assessment_center",
        "candidates",
        "exams",
        "questionbank",
        "scoring",
        "certificates",
        "archives",
    ):
        for path in (ROOT / package).rglob("*.py"):
            found |= set(LITERAL.findall(path.read_text()))
    return found


def test_every_verb_has_its_word() -> None:
    moves = {
        f"{machine.name}.{move.name}"
        for machine in gc.get_objects()
        if type(machine) is Machine and not machine.name.startswith("test")
        for move in machine.moves
    }
    verbs = _literal_verbs() | moves
    assert len(verbs) > 100
    assert sorted(verb for verb in verbs if act_word(verb) == verb) == []
