"""The sign-ins of the demo centre, as a table."""

from typing import Any

from django.core.management.base import BaseCommand

from assessment_center.accounts.demo_users import DEMO_USERS, PASSWORD
from assessment_center.accounts.labels import ROLE_LABELS
from assessment_center.accounts.models import User


class Command(BaseCommand):
    help = "Print the sign-ins of the demo centre."

    def handle(self, *_args: Any, **_options: Any) -> None:
        known = set(User.objects.values_list("username", flat=True))
        rows = [row for row in DEMO_USERS if row[0] in known]
        if not rows:
            self.stdout.write("没有演示账号。先运行 manage.py load_demo。")
            return
        self.stdout.write(f"演示账号（密码都是 {PASSWORD}）：")
        for username, name, role in rows:
            self.stdout.write(f"  {username:20} {ROLE_LABELS[role]}　{name}")
