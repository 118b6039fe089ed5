"""What the application's role may do: everything but changing the trail.

The role is the one of `DATABASE_URL`; the role that migrates owns the tables. Tables made by later
migrations are covered by the default privileges, those made before by the grant on all tables.
"""

from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from assessment_center.registry.operations import protect

TRAIL = ("audit_auditentry", "audit_sealedleaf", "audit_sealedhead")
RIGHTS = "SELECT, INSERT, UPDATE, DELETE"


def grant(_apps, schema_editor):
    connection = schema_editor.connection
    role = settings.APP_DB_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        owner, exists = cursor.fetchone()
    if role == owner:
        return
    quoted = connection.ops.quote_name(role)
    if not exists:
        schema_editor.execute(
            f"DO $$ BEGIN CREATE ROLE {quoted} NOLOGIN; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
            params=None,
        )
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"GRANT {RIGHTS} ON ALL TABLES IN SCHEMA public TO {quoted}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {RIGHTS} ON TABLES TO {quoted}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {quoted}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(TRAIL)} FROM {quoted}",
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        migrations.RunPython(grant, migrations.RunPython.noop),
        *(protect(table, "审计记录不能改动") for table in TRAIL),
    ]
