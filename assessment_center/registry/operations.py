"""Migration operations by which the database itself refuses a change."""

from django.db import migrations

REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_ARGV[0];
END $$;
"""


def protect(
    table: str, message: str, *, when: str = "", on: str = "UPDATE OR DELETE", name: str = "protect"
) -> migrations.RunSQL:
    """Refuse `on` for rows of `table`; `when` is a condition over OLD (and NEW on updates).

    `ERRCODE restrict_violation` reaches Django as `IntegrityError` with `message`.
    A condition that reads NEW needs `on="UPDATE"`. TRUNCATE is refused by grants, not here.
    """
    condition = f"WHEN ({when})" if when else ""
    create = (
        f"{REFUSE_FUNCTION}"
        f"CREATE TRIGGER {table}_{name} BEFORE {on} ON {table} FOR EACH ROW {condition} "
        f"EXECUTE FUNCTION refuse_change('{message}');"
    )
    return migrations.RunSQL(create, f"DROP TRIGGER IF EXISTS {table}_{name} ON {table};")
