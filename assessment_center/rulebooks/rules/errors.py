"""What is wrong with a rulebook file, and where."""


class RulebookError(ValueError):
    """A rulebook cannot be read; `place` is the file and the key at fault."""

    def __init__(self, place: str, problem: str) -> None:
        self.place = place
        self.problem = problem
        super().__init__(f"{place}：{problem}")


class UnknownSettingError(KeyError):
    """No setting has this key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)

    def __str__(self) -> str:
        return f"规则中没有名为“{self.key}”的设置"
