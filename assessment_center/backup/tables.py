"""The rows: read in one snapshot and in one order, hashed one by one, laid into fresh tables."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

# Sessions are not data: after a restore everybody signs in again.
LEFT_OUT = ("django_session",)
PIECE = 1 << 18
Connection = psycopg.Connection[tuple[Any, ...]]

PLAIN = """
SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0;
SET client_encoding = 'UTF8'; SET search_path = public;
"""

TABLES = """
SELECT c.relname,
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND a.attgenerated = '' ORDER BY a.attname),
       ARRAY(SELECT a.attname::text || CASE WHEN a.attcollation <> 0 THEN '*' ELSE '' END
             FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
             WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = k.attnum
             ORDER BY k.place)
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its columns in the order of their names, and the order of its rows."""

    name: str
    columns: tuple[str, ...]
    order: tuple[str, ...]

    def reading(self) -> sql.Composed:
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
            names, sql.Identifier(self.name), self._ordering()
        )

    def writing(self) -> sql.Composed:
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.name), names)

    def _ordering(self) -> sql.Composable:
        """By the key, letters by their bytes; a table without one by the whole row."""
        if not self.order:
            return sql.SQL('{}::text COLLATE "C"').format(sql.Identifier(self.name))
        return sql.SQL(", ").join(
            sql.SQL('{} COLLATE "C"').format(sql.Identifier(column[:-1]))
            if column.endswith("*")
            else sql.Identifier(column)
            for column in self.order
        )


class RowHash:
    """Rows in their order, each hashed by itself and all together; `rows` counts them."""

    def __init__(self) -> None:
        self.rows = 0
        self._all = hashlib.sha256()
        self._begun = b""

    def take(self, data: bytes) -> None:
        *whole, self._begun = (self._begun + data).split(b"\n")
        for row in whole:
            self._all.update(hashlib.sha256(row).digest())
        self.rows += len(whole)

    def facts(self) -> dict[str, Any]:
        return {"rows": self.rows, "digest": self._all.hexdigest()}


def alias() -> str:
    """The connection of whoever owns the tables."""
    return "owner" if "owner" in settings.DATABASES else "default"


def parameters(database: str = "") -> dict[str, Any]:
    """How the owner reaches a database of the same server; the site's own when none is named."""
    found = dict(connections[alias()].get_connection_params())
    for ours in ("cursor_factory", "context", "prepare_threshold", "server_side_binding"):
        found.pop(ours, None)
    if database:
        found["dbname"] = database
    return found


def connect(database: str = "", *, autocommit: bool = True) -> Connection:
    return psycopg.connect(**parameters(database), autocommit=autocommit)


def live_name() -> str:
    return str(connections[alias()].settings_dict["NAME"])


def snapshot(connection: Connection) -> None:
    """From here on the connection sees the rows of one moment."""
    connection.execute(PLAIN)
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def tables_of(connection: Connection) -> list[Table]:
    rows = connection.execute(TABLES).fetchall()
    found = (Table(name, tuple(columns), tuple(order)) for name, columns, order in rows)
    return [table for table in found if table.name not in LEFT_OUT]


def read(connection: Connection, table: Table, hashed: RowHash) -> Iterator[bytes]:
    """The rows of a table as COPY writes them, in pieces, hashed as they pass."""
    waiting = bytearray()
    with connection.cursor() as cursor, cursor.copy(table.reading()) as copy:
        for portion in copy:
            data = bytes(portion)
            hashed.take(data)
            waiting += data
            if len(waiting) >= PIECE:
                yield bytes(waiting)
                waiting.clear()
    yield bytes(waiting)


def write(connection: Connection, table: Table, data: Iterable[bytes]) -> None:
    with connection.cursor() as cursor, cursor.copy(table.writing()) as copy:
        for piece in data:
            copy.write(piece)


def digests(connection: Connection, tables: Sequence[Table]) -> dict[str, dict[str, Any]]:
    """Count and digest of every table as it stands now."""
    found = {}
    for table in tables:
        hashed = RowHash()
        for _piece in read(connection, table, hashed):
            pass
        found[table.name] = hashed.facts()
    return found


def sequences(connection: Connection) -> dict[str, list[Any]]:
    """Where every sequence stands: its last number and whether that was given out."""
    names = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    found = {}
    for (name,) in names:
        query = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
        row = connection.execute(query).fetchone()
        found[name] = list(row or ())
    return found


def set_sequences(connection: Connection, values: dict[str, list[Any]]) -> None:
    for name, (last, called) in values.items():
        quoted = sql.Identifier(name).as_string(connection)
        connection.execute("SELECT setval(%s::regclass, %s, %s)", (quoted, last, called))


FOREIGN = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conname
"""


def lay_open(connection: Connection, tables: Sequence[Table]) -> list[tuple[str, str, str]]:
    """Empty the tables and set ties and triggers aside; returns the ties, to be tied again."""
    ties: list[tuple[str, str, str]] = connection.execute(FOREIGN).fetchall()
    for name, owner, _definition in ties:
        connection.execute(f"ALTER TABLE {owner} DROP CONSTRAINT {_quoted(connection, name)}")
    for table in tables:
        named = sql.Identifier(table.name)
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(named))
        connection.execute(sql.SQL("TRUNCATE {}").format(named))
    return ties


def close_up(
    connection: Connection, tables: Sequence[Table], ties: Sequence[tuple[str, str, str]]
) -> None:
    """Tie the tables again, which checks every reference, and let the triggers work."""
    for name, owner, definition in ties:
        quoted = _quoted(connection, name)
        connection.execute(f"ALTER TABLE {owner} ADD CONSTRAINT {quoted} {definition}")
    for table in tables:
        named = sql.Identifier(table.name)
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(named))


def _quoted(connection: Connection, name: str) -> str:
    return sql.Identifier(name).as_string(connection)
