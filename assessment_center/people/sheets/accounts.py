"""The workbook of accounts with the department each clerk works for."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.accounts.rules.role_matrix import BOUNDED_ROLES
from assessment_center.accounts.sheet import AccountJudge, account_spec
from assessment_center.people.models import Department, DepartmentPost
from assessment_center.people.posts import set_post
from assessment_center.spreadsheets import (
    Change,
    ColumnSpec,
    Kind,
    PlannedRow,
    RecordSheet,
    Row,
    RowFaultError,
    SheetSpec,
)

WHOLE = "全校"


def staff_spec(rules: Any) -> SheetSpec:
    """The sheet of accounts and, for the clerks of departments, where they work."""
    plain = account_spec(rules)
    names = Department.objects.filter(is_active=True).values_list("name", flat=True)
    department = ColumnSpec(
        "department",
        "院系",
        kind=Kind.CHOICE,
        choices=((WHOLE, WHOLE), *((name, name) for name in names)),
        width=24,
        help="院系经办人填；只看得到本院系的申报。全校经办的填“全校”",
        example=WHOLE,
    )
    notes = (
        "院系登记后再填院系列；先导入账号的，之后补上院系再导入一次即可。",
        "一人管几个院系的，每个院系一次，分次导入，或在“院系任职”页面增加。",
    )
    return replace(plain, columns=(*plain.columns, department), notes=(*plain.notes, *notes))


class StaffJudge(AccountJudge):
    def prepare(self, rows: Sequence[Row]) -> None:
        super().prepare(rows)
        self.departments = {each.name: each for each in Department.objects.all()}
        posts = DepartmentPost.objects.filter(user__in=self.known.values(), is_active=True)
        self.posts = set(posts.values_list("user__username", "department__name"))

    def judge(self, row: Row) -> PlannedRow:
        planned = super().judge(row)
        wanted = row.values["department"]
        if not wanted:
            return planned
        username = row.values["username"]
        self._bounded(row)
        name = None if wanted == WHOLE else wanted
        if (username, name) in self.posts:
            return planned
        change = Change(self.headers["department"], self._now(username), wanted)
        write = self._both(planned.write, username, name)
        if planned.standing == "new":
            return replace(planned, write=write)
        return replace(planned, standing="changed", changes=(*planned.changes, change), write=write)

    def _bounded(self, row: Row) -> None:
        """A department is asked of those whose role stops at it."""
        known = self.known.get(row.values["username"])
        roles = {Role(row.values[key]) for key in ("role", "second", "third") if row.values[key]}
        if not (roles | (known.roles if known else frozenset())) & BOUNDED_ROLES:
            raise RowFaultError(_("院系"), _("只有院系经办人才填院系；这个角色看全校"))

    def _now(self, username: str) -> str:
        return "、".join(
            name or WHOLE for who, name in sorted(self.posts, key=str) if who == username
        )

    def _both(
        self, before: Callable[[], object] | None, username: str, name: str | None
    ) -> Callable[[], object]:
        def write() -> None:
            if before is not None:
                before()
            user = User.objects.get(username=username)
            department = self.departments[name] if name else None
            set_post(actor=self.actor, user=user, department=department)

        return write


STAFF_ACCOUNTS = RecordSheet(staff_spec, StaffJudge, limit_rows=1_000)
