import sys

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "assessment_center.backup"
    label = "backup"
    verbose_name = "备份"

    def ready(self) -> None:
        """Finish or undo a restore that was killed at its swap, before anything reads the data."""
        from assessment_center.backup import swapping

        if swapping.journal().exists() and "restore" not in sys.argv[1:2]:
            with swapping.alone():
                pass
