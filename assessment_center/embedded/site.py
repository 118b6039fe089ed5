"""Ready the site in one process: migrations, static files, demo, and the sign-ins to print."""

import hashlib
import io
import os
import sys
from contextlib import suppress
from pathlib import Path

from assessment_center.embedded.places import PROJECT, find_places

# Variants of Bootstrap no page uses: to compress them takes longer than all the rest.
_UNUSED = [
    *("*.rtl.*", "bootstrap-grid.*", "bootstrap-reboot.*css*", "bootstrap-utilities.*"),
    *("bootstrap.css*", "bootstrap.esm.*", "bootstrap.bundle.js*"),
]


def main(answer: Path, *, demo: bool) -> None:
    """Do what is missing and write the demo's sign-ins to a file."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import CommandError, call_command, get_commands

    owner = "owner" if "owner" in settings.DATABASES else "default"
    if _migrations_missing(owner):
        _say("正在建立数据表…… Migrating.")
        call_command("migrate", database=owner, interactive=False, verbosity=0)
    _gather_static_files()
    commands = get_commands()
    if demo and "load_demo" in commands:
        call_command("load_demo", if_empty=True)
    if demo and "demo_signins" in commands:
        text = io.StringIO()
        call_command("demo_signins", stdout=text)
        answer.write_text(text.getvalue(), encoding="utf-8")
    elif not demo and "first_run" in commands:
        text = io.StringIO()
        with suppress(CommandError):  # somebody is registered already
            call_command("first_run", stdout=text)
        answer.write_text(text.getvalue(), encoding="utf-8")


def _migrations_missing(alias: str) -> bool:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _gather_static_files() -> None:
    """Run ``collectstatic`` when a file or a package has changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    if not settings.STATIC_ROOT:
        return
    stamp = find_places().var / "static-stamp"
    current = _fingerprint(Path(settings.STATIC_ROOT))
    if stamp.exists() and stamp.read_text() == current and Path(settings.STATIC_ROOT).is_dir():
        return
    _say("正在整理样式与脚本…… Gathering static files.")
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=_UNUSED)
    stamp.write_text(current)


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256(str(root).encode())
    digest.update((PROJECT / "requirements.lock").read_bytes())
    folders = [PROJECT / "static", *PROJECT.glob("*/static"), *PROJECT.glob("*/*/static")]
    for folder in sorted(set(folders)):
        if root.is_relative_to(folder) or not folder.is_dir():
            continue
        for path in sorted(folder.rglob("*")):
            status = path.stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - shown by make run


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")
    main(Path(sys.argv[1]), demo="--empty" not in sys.argv)
