"""The one error of this package: what went wrong, in a sentence for the person at the terminal."""


class EmbeddedError(RuntimeError):
    """A start that cannot go on, told first in Chinese and then in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
        self.chinese = chinese
        self.english = english
