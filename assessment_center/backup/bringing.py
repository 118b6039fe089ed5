"""A restore from beginning to end."""

import json
import os
from pathlib import Path

from django.conf import settings
from psycopg import sql

from assessment_center.backup import making, restoring, swapping, tables
from assessment_center.backup.errors import BackupError

# Any of these with a row in it is a centre that somebody works in.
SIGNS_OF_LIFE = ("accounts_user", "organization_assessmentcentre", "people_person")


def is_in_use() -> bool:
    """Whether the live database holds a centre already."""
    with tables.connect() as connection:
        for name in SIGNS_OF_LIFE:
            row = connection.execute("SELECT to_regclass(%s)", (f"public.{name}",)).fetchone()
            if row is None or row[0] is None:
                continue
            query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name))
            found = connection.execute(query).fetchone()
            if found and found[0]:
                return True
    return False


def restore(
    path: Path, passphrase: str, *, replace: bool, drop_former: bool, say: restoring.Say
) -> swapping.Plan:
    """Bring the centre back; raises `BackupError`, having changed nothing, when it cannot."""
    with swapping.alone():
        if not replace and is_in_use():
            raise BackupError(
                "这里已有一个在用的中心，不能覆盖；确要替换请加 --replace（原数据会保留在一旁）。"
            )
        scratch = restoring.build_scratch(path, passphrase, say=say)
        try:
            _check_key(scratch)
            _note(scratch, path)
            plan = swapping.swap(scratch)
        except BaseException:
            if not swapping.journal().exists():
                scratch.discard()
            raise
        if drop_former:
            swapping.drop_former(plan)
        return plan


def _check_key(scratch: restoring.Scratch) -> None:
    """A key given by the environment stands above any file: it must be the backup's."""
    given = os.environ.get("ASSESSMENT_KEY")
    if given and bytes.fromhex(given) != scratch.contents.centre_key:
        raise BackupError(
            "环境变量 ASSESSMENT_KEY 不是这份备份的中心密钥；"
            f"请把它设为备份时的值，或取消它（恢复后密钥会写到 {settings.KEY_DIR}）。"
            "什么都没有改变。"
        )


def _note(scratch: restoring.Scratch, path: Path) -> None:
    """Have the restored centre know from what it came; after every row was compared."""
    facts = {
        "file_name": path.name[:255],
        "size": path.stat().st_size,
        "digest": making.digest_of(path),
        "rows": sum(each["rows"] for each in scratch.contents.tail["tables"].values()),
        "files": len(scratch.contents.files),
    }
    restoring.inside(scratch, "note", json.dumps(facts))
