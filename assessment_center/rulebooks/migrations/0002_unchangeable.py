"""Batches rest on a kept version: neither it nor an override is ever changed or removed."""

from typing import ClassVar

from django.db import migrations

from assessment_center.registry.operations import protect


class Migration(migrations.Migration):
    dependencies: ClassVar = [("rulebooks", "0001_initial")]

    operations: ClassVar = [
        protect("rulebooks_rulebookversion", "规程版本不能修改或删除，请安装新版本。"),
        protect("rulebooks_ruleoverride", "规程调整不能修改或删除，请另作调整。"),
        protect("rulebooks_overridewithdrawal", "撤销不能修改或删除，请另作调整。"),
    ]
