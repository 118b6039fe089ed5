"""The layer law: imports by import-linter, string foreign keys by walking the models."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
ORDER = (
    "archives",
    "certificates",
    "scoring",
    "exams",
    "candidates",
    "questionbank",
    "first_day",
    "backup",
    "conformance",
    "deadlines",
    "batches",
    "filing",
    "opening",
    "personnel",
    "registers",
    "people",
    "organization",
    "catalog",
    "rulebooks",
    "workdays",
    "printed",
    "notices",
    "jobs",
    "accounts",
    "audit",
)
SIDE_BY_SIDE = (
    {"candidates", "questionbank"},
    {"conformance", "backup", "first_day"},
    {"personnel", "registers"},
    {"people", "organization"},
    {"rulebooks", "workdays", "printed"},
)


def test_no_import_goes_upward() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_foreign_key_points_upward() -> None:
    wrong = []
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in ORDER:
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = field.related_model._meta.app_label
            if target not in ORDER or target == label:
                continue
            beside = any({label, target} <= group for group in SIDE_BY_SIDE)
            if ORDER.index(target) < ORDER.index(label) or beside:
                wrong.append(f"{model._meta.label}.{field.name} -> {target}")
    assert wrong == []


def test_every_own_app_is_in_the_order() -> None:
    own = {
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT)
        and not Path(config.path).is_relative_to(Path(sys.prefix))
        and list(config.get_models())
    }
    assert own <= set(ORDER)


def test_only_the_rulebooks_name_a_province() -> None:
    """No code branches on a rulebook's name: its codes stand in data and demo choices only."""
    names = ("chongqing", "henan", "shandong", "fujian", "jilin")
    found = []
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT)
        if place.parts[0] in {"tests", ".venv", "var"} or "rulebooks" in place.parts:
            continue
        text = path.read_text()
        found += [
            f"{place}: {name}" for name in names if f'== "{name}"' in text or f"== '{name}'" in text
        ]
    assert found == []
