"""Worlds that tests stand in are built once by each worker and laid into the database again.

A builder marked `@remembered` runs in earnest the first time it is called in a state. The rows it
changed are kept; a test that begins in the same way gets them by COPY, in a tenth of the time. It
is so only inside the transaction of a test, as long as nothing but such builders has written, with
plain arguments, and never where the test replaces parts of the program or settings, or counts what
follows a commit. Everywhere else the builder simply runs.

Keys of remembered rows are the same in several tests of a worker; everything else is as built.
"""

import dataclasses
import functools
import threading
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import time_machine
from django.conf import UserSettingsHolder, settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, models
from django.utils import timezone
from django.utils.functional import cached_property

CHANGED = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""
PLAIN = (str, bytes, int, bool, float, Decimal, date, timedelta, UUID, Enum, type(None))
NEVER = {"monkeypatch", "django_capture_on_commit_callbacks"}
OF_PYTEST = {"django_mail_patch_dns", "_template_string_if_invalid_marker"}  # in every test
OWN_PLACES = {"MEDIA_ROOT"}  # settings of a test that change nothing of what is built


class NotPlainError(Exception):
    """An argument or result that cannot be told apart or given again."""


@dataclasses.dataclass
class Built:
    """What one call of a builder left behind."""

    tables: dict[str, bytes]
    files: dict[str, bytes]
    after: list[tuple[Callable[[], Any], bool]]
    result: Any
    refreshed: list[int]


class Memory:
    """What has been built in this process, and in which state the present transaction stands."""

    def __init__(self) -> None:
        self.known: dict[Any, Built] = {}
        self.state: Any = None  # None: something else has written
        self.mark: Any = None
        self.building = False

    def begin(self, item: Any) -> None:
        """Begin a test; nothing is remembered where it or a fixture replaces something."""
        asked = getattr(item, "_fixtureinfo", None)
        names = set(asked.argnames) if asked else set()
        for name, made in asked.name2fixturedefs.items() if asked else ():
            if name not in OF_PYTEST:
                names |= {each for one in made for each in one.argnames}
        self.state = None if NEVER & names else NEW

    @functools.cached_property
    def possible(self) -> bool:
        """Only a superuser may lay rows down without the triggers of their tables."""
        with connection.cursor() as cursor:
            cursor.execute("SHOW is_superuser")
            return bool(cursor.fetchone()[0] == "on")

    def usable(self) -> bool:
        return (
            not self.building
            and self.state is not None
            and threading.current_thread() is threading.main_thread()
            and connection.in_atomic_block
            and self.possible
            and overridden() <= OWN_PLACES
        )


NEW = "new"
MEMORY = Memory()


def overridden() -> set[str]:
    """Names of the settings that the running test has replaced."""
    names: set[str] = set()
    layer = settings._wrapped
    while isinstance(layer, UserSettingsHolder):
        names |= set(vars(layer)) - {"default_settings", "_deleted", "SETTINGS_MODULE"}
        layer = layer.default_settings
    return names


def remembered(build: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a builder of tests; see the module."""

    @functools.wraps(build)
    def builder(*args: Any, **kwargs: Any) -> Any:
        if not MEMORY.usable():
            return build(*args, **kwargs)
        counts = changed()
        if (_mark(counts) != MEMORY.mark) if MEMORY.state is not NEW else counts:
            MEMORY.state = None
            return build(*args, **kwargs)
        try:
            asked = tuple(_told(each) for each in (*args, *sorted(kwargs.items())))
        except NotPlainError:
            MEMORY.state = None
            return build(*args, **kwargs)
        key = (MEMORY.state, build.__module__, build.__qualname__, asked, _moment())
        given = [each for each in (*args, *kwargs.values()) if isinstance(each, models.Model)]
        if key not in MEMORY.known:
            return _build(key, build, args, kwargs, counts, given)
        result = _lay(MEMORY.known[key], given)
        _stand(key, changed())
        return result

    return builder


def _moment() -> datetime:
    """The second of a clock that stands still, the hour of one that runs."""
    now = timezone.now().replace(microsecond=0)
    return now if time_machine.escape_hatch.is_travelling() else now.replace(minute=0, second=0)


def _build(key: Any, build: Any, args: Any, kwargs: Any, before: dict[str, int], given: Any) -> Any:
    held = [dict(vars(each)) for each in given]
    waiting = len(connection.run_on_commit)
    MEMORY.building = True
    try:
        with _files_watched() as files:
            result = build(*args, **kwargs)
    except BaseException:
        MEMORY.state = None
        raise
    finally:
        MEMORY.building = False
    now = changed()
    tables = sorted(name for name, count in now.items() if before.get(name) != count)
    try:
        kept = _kept(result)
    except NotPlainError:
        MEMORY.state = None
        return result
    MEMORY.known[key] = Built(
        tables={name: _read(name) for name in tables},
        files={name: Path(default_storage.path(name)).read_bytes() for name in files},
        after=[(func, robust) for _ids, func, robust in connection.run_on_commit[waiting:]],
        result=kept,
        refreshed=[at for at, each in enumerate(given) if _moved(held[at], vars(each))],
    )
    _stand(key, now)
    return result


def _lay(built: Built, given: list[models.Model]) -> Any:
    """The rows, files and waiting acts of the first time, and the same result read anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name, content in built.tables.items():
            table = connection.ops.quote_name(name)
            cursor.execute(f"DELETE FROM {table}")
            if content:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(content)
        cursor.execute("SET LOCAL session_replication_role = origin")
    for name, content in built.files.items():
        path = Path(default_storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ids = set(connection.savepoint_ids)
    connection.run_on_commit += [(ids, func, robust) for func, robust in built.after]
    for at in built.refreshed:
        given[at].refresh_from_db()
    return _again(built.result)


def _stand(key: Any, counts: dict[str, int]) -> None:
    """Remember where the transaction stands now."""
    MEMORY.state, MEMORY.mark = hash(key), _mark(counts)


def changed() -> dict[str, int]:
    """How many rows of each table this transaction has written."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED)
        return dict(cursor.fetchall())


def _mark(counts: dict[str, int]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()::text")
        return cursor.fetchone()[0], sum(counts.values())


def _read(table: str) -> bytes:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} TO STDOUT") as copy:
        return b"".join(bytes(each) for each in copy)


def _moved(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return any(before.get(name) != value for name, value in after.items() if name[0] != "_")


def _told(value: Any) -> Any:
    """By what an argument is told apart; refuses what may differ without showing it."""
    if isinstance(value, PLAIN):
        return (type(value).__name__, value)
    if isinstance(value, models.Model):
        return _row(value)
    if isinstance(value, list | tuple):
        return tuple(_told(each) for each in value)
    if isinstance(value, dict):
        return tuple((_told(name), _told(each)) for name, each in value.items())
    if dataclasses.is_dataclass(value) and not list(_models_in(vars_of(value))):
        return repr(value)
    raise NotPlainError


def _row(value: models.Model) -> Any:
    """A saved row by its key, as long as nothing was hung on it by hand."""
    columns = {field.attname for field in value._meta.concrete_fields}
    for name, held in vars(value).items():
        if name in columns or name.startswith("_"):
            continue
        lazy = getattr(type(value), name, None)
        if not isinstance(lazy, cached_property) or lazy.func(value) is not held:
            raise NotPlainError
    fields = tuple((name, repr(vars(value)[name])) for name in sorted(columns))
    return (value._meta.label, fields)


def _kept(value: Any) -> Any:
    """A result as it is kept: rows by their keys."""
    if isinstance(value, models.Model):
        return _Row(type(value), value.pk)
    if type(value) in (list, tuple):
        return type(value)(_kept(each) for each in value)
    if type(value) is dict:
        return {_kept(name): _kept(each) for name, each in value.items()}
    if isinstance(value, PLAIN) or (
        dataclasses.is_dataclass(value) and not list(_models_in(vars_of(value)))
    ):
        return value
    raise NotPlainError


def vars_of(value: Any) -> list[Any]:
    return [getattr(value, field.name) for field in dataclasses.fields(value)]


def _again(value: Any) -> Any:
    if isinstance(value, _Row):
        return value.model._base_manager.get(pk=value.pk)
    if type(value) in (list, tuple):
        return type(value)(_again(each) for each in value)
    if type(value) is dict:
        return {_again(name): _again(each) for name, each in value.items()}
    return value


@dataclasses.dataclass(frozen=True)
class _Row:
    model: type[models.Model]
    pk: Any


def _models_in(value: Any) -> Iterable[models.Model]:
    if isinstance(value, models.Model):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _models_in(each)
    elif isinstance(value, dict):
        yield from _models_in([*value, *value.values()])


@contextmanager
def _files_watched() -> Any:
    """The names of files put into the default storage meanwhile."""
    names: list[str] = []
    save = FileSystemStorage._save

    def noted(storage: FileSystemStorage, name: str, content: Any) -> str:
        saved = save(storage, name, content)
        names.append(saved)
        return saved

    FileSystemStorage._save = noted  # type: ignore[method-assign]
    try:
        yield names
    finally:
        FileSystemStorage._save = save  # type: ignore[method-assign]
