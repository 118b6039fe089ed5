"""Why a backup or a restore did not come about, in one sentence for the person at the terminal."""


class BackupError(Exception):
    """What went wrong and what to do; nothing was changed."""


class WrongPassphraseError(BackupError):
    def __init__(self) -> None:
        super().__init__("口令不对，或者文件开头被改动过；什么都没有改变。")


class DamagedError(BackupError):
    def __init__(self, what: str = "文件不完整或被改动过") -> None:
        super().__init__(f"{what}，不能用来恢复；什么都没有改变。")
