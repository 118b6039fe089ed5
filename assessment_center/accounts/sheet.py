"""Accounts of the staff from a workbook; nobody's password is ever in it."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Kind as UserKind
from assessment_center.accounts.enums import Role
from assessment_center.accounts.labels import ROLE_LABELS
from assessment_center.accounts.models import User
from assessment_center.accounts.services import create_staff, grant_role
from assessment_center.registry import RefusedError
from assessment_center.spreadsheets import (
    Change,
    ColumnSpec,
    Kind,
    PlannedRow,
    Row,
    RowFaultError,
    SheetJudge,
    SheetSpec,
)

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
ROLES = tuple((role.value, str(label)) for role, label in ROLE_LABELS.items())


def _username(text: str) -> str:
    if not USERNAME.fullmatch(text):
        raise ValueError(_("登录名用小写字母开头，只含字母、数字、点、横线，2 至 32 位"))
    return text


def _role(key: str, header: str, *, required: bool = False) -> ColumnSpec:
    return ColumnSpec(
        key,
        header,
        required=required,
        kind=Kind.CHOICE,
        choices=ROLES,
        width=18,
        help="" if required else "可不填",
        example="考务员" if required else "",
    )


def account_spec(_rules: Any) -> SheetSpec:
    return SheetSpec(
        title="账号和角色",
        columns=(
            ColumnSpec(
                "username",
                "登录名",
                required=True,
                width=18,
                validate=_username,
                example="zhouxm",
                help="小写字母开头，如姓名拼音",
            ),
            ColumnSpec("display_name", "姓名", required=True, max_length=80, example="周晓梅"),
            _role("role", "角色", required=True),
            _role("second", "兼任角色"),
            _role("third", "再兼角色"),
            ColumnSpec("phone", "手机号码", kind=Kind.PHONE, width=14),
            ColumnSpec("email", "电子邮箱", width=24, max_length=200),
        ),
        notes=(
            "表里不写密码：导入后打印账号条，本人凭一次性代码自己设置密码。",
            "再次导入只增加角色，不收回角色；收回请在账号页面办理。",
        ),
        key_columns=("username",),
    )  # fmt: skip


class AccountJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:
        names = [row.values["username"] for row in rows]
        found = User.objects.filter(username__in=names).prefetch_related("role_grants")
        self.known = {user.username: user for user in found}

    def judge(self, row: Row) -> PlannedRow:
        values = row.values
        name = values["display_name"]
        wanted = [Role(values[key]) for key in ("role", "second", "third") if values[key]]
        known = self.known.get(values["username"])
        if known is None:
            return PlannedRow(
                row.number, name, "new", write=lambda: self._open(values, dict.fromkeys(wanted))
            )
        if known.kind != UserKind.STAFF or known.display_name != name:
            raise RowFaultError(
                _("姓名"),
                _("登录名 %(username)s 已是“%(known)s”的，这里是“%(name)s”；请换一个登录名")
                % {"username": known.username, "known": known.display_name, "name": name},
            )
        added = [role for role in dict.fromkeys(wanted) if role not in known.roles]
        if not added:
            return PlannedRow(row.number, name, "unchanged")
        if known.pk == self.actor.user_id:
            raise RefusedError(_("不能给自己授予角色，请由另一位管理员办理。"))
        change = Change(self.headers["role"], _words(known.roles), _words({*known.roles, *added}))
        return PlannedRow(row.number, name, "changed", (change,), lambda: self._grant(known, added))

    def _open(self, values: dict[str, Any], roles: dict[Role, None]) -> None:
        """An account whose password nobody knows: it opens with the code of its slip."""
        create_staff(
            actor=self.actor,
            username=values["username"],
            display_name=values["display_name"],
            password=secrets.token_urlsafe(32),
            roles=roles,
            email=values["email"] or "",
            phone=values["phone"] or "",
            must_change_password=True,
        )

    def _grant(self, user: User, roles: Sequence[Role]) -> None:
        for role in roles:
            grant_role(actor=self.actor, user=user, role=role)


def _words(roles: Any) -> str:
    return "、".join(str(ROLE_LABELS[role]) for role in Role if role in roles)
