"""The sign-ins of the demo centre, as a table."""

from typing import Any

from django.core.management.base import BaseCommand

from assessment_center.accounts.demo_users import DEMO_USERS, PASSWORD
from assessment_center.accounts.labels import ROLE_LABELS
from assessment_center.accounts.models import User
from assessment_center.people.models import Person
from assessment_center.people.selectors import id_number
from questionbank.demo import PASSPHRASES

SHOWN = 2


class Command(BaseCommand):
    help = "Print the sign-ins of the demo centre."

    def handle(self, *_args: Any, **_options: Any) -> None:
        known = set(User.objects.values_list("username", flat=True))
        rows = [row for row in DEMO_USERS if row[0] in known]
        if not rows:
            self.stdout.write("没有演示账号。先运行 manage.py load_demo。")
            return
        self.stdout.write(f"演示账号（密码都是 {PASSWORD}）：办公室从 /admin/ 登录")
        for username, name, role in rows:
            self.stdout.write(f"  {username:20} {ROLE_LABELS[role]}　{name}")
        self.stdout.write("考生从 /portal/ 用证件号码登录：")
        people = Person.objects.filter(user__isnull=False, staff_member=None)
        for person in people.order_by("user__created_at")[:SHOWN]:
            self.stdout.write(f"  {id_number(person):20} 考生　{person.name}")
        self.stdout.write("试卷钥匙口令：")
        for holder, passphrase in PASSPHRASES.items():
            self.stdout.write(f"  {passphrase:20} {ROLE_LABELS[holder]}")
