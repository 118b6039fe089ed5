"""``python -m assessment_center.backup.inside migrate | finish | note``.

Run by a restore with the environment of the scratch database, so that migrations and checks work
on that one and under the backup's own key.
"""

import json
import os
import sys
from collections.abc import Sequence


def migrate(recorded: Sequence[tuple[str, str]]) -> None:
    """Make the tables as they were when the backup was made, whatever came since."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from assessment_center.backup.tables import alias
    from assessment_center.registry.migrating import rendered_once

    executor = MigrationExecutor(connections[alias()])
    known = set(executor.loader.graph.nodes)
    wanted = [(app, name) for app, name in recorded]
    strange = [f"{app}.{name}" for app, name in wanted if (app, name) not in known]
    if strange:
        sys.exit(f"备份来自更新的版本（{strange[0]}），请先升级本系统再恢复")
    recorded_nodes = set(wanted)
    nodes = executor.loader.graph.node_map
    ends = [key for key in wanted if not {c.key for c in nodes[key].children} & recorded_nodes]
    with rendered_once():
        executor.migrate(ends)


def main(what: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")
    import django

    django.setup()
    from django.core.management import CommandError, call_command

    if what == "migrate":
        migrate([(app, name) for app, name in json.load(sys.stdin)])
    elif what == "finish":  # what came since the backup was made, and then the trail
        call_command("migrate", interactive=False, verbosity=0)
        try:
            call_command("verify_audit", stdout=sys.stdout)
        except CommandError as fault:
            sys.exit(str(fault))
    elif what == "note":
        from assessment_center.backup.services import note_restored

        note_restored(json.load(sys.stdin))


if __name__ == "__main__":
    main(sys.argv[1])
