"""Where a command takes the passphrase from: a file, the environment, or the keyboard."""

import getpass
import os
import sys
from pathlib import Path

from assessment_center.backup.errors import BackupError

VARIABLE = "ASSESSMENT_BACKUP_PASSPHRASE"


def passphrase(file: str, *, twice: bool = False) -> str:
    """The passphrase; it is never an argument, which every user of the machine could read."""
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as fault:
            message = f"读不到口令文件 {file}：{fault.strerror}。"
            raise BackupError(message) from fault
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        message = f"请用 --passphrase-file 或环境变量 {VARIABLE} 给出口令。"
        raise BackupError(message)
    word = getpass.getpass("备份口令：")
    if twice and word != getpass.getpass("再输一次："):
        raise BackupError("两次输入的口令不同。")
    return word
