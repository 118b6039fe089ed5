"""What each setting means, for the user who asks why."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from assessment_center.rulebooks.rules.convert import build
from assessment_center.rulebooks.rules.errors import UnknownSettingError


@dataclass(frozen=True, slots=True)
class Summary:
    """A short label and one sentence of explanation."""

    label: str
    text: str


@lru_cache(maxsize=1)
def summaries() -> Mapping[str, Summary]:
    """Return the summaries of all settings by key."""
    path = files("assessment_center.rulebooks") / "data" / "summaries.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType({key: build(Summary, each, key) for key, each in raw.items()})


def summary(key: str) -> Summary:
    """Return what a setting means; raises `UnknownSettingError`."""
    if key not in summaries():
        raise UnknownSettingError(key)
    return summaries()[key]
