"""Who signs in at the demo centre. These accounts exist only where `load_demo` was run."""

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.accounts.services import create_staff
from assessment_center.registry import SYSTEM

PASSWORD = "demo-2026"  # noqa: S105 - printed by demo_signins; a real centre has no demo users

DEMO_USERS: tuple[tuple[str, str, Role], ...] = (
    ("head", "陈明远", Role.HEAD),
    ("clerk", "周晓梅", Role.CLERK),
    ("second_clerk", "吴建国", Role.CLERK),
    ("reviewer", "林静", Role.REVIEWER),
    ("department", "何志强", Role.DEPARTMENT),
    ("department_clerk", "田雨", Role.DEPARTMENT),
    ("item_writer", "孙立平", Role.ITEM_WRITER),
    ("second_item_writer", "郭海燕", Role.ITEM_WRITER),
    ("bank_manager", "赵文博", Role.BANK_MANAGER),
    ("second_bank_manager", "冯雅琴", Role.BANK_MANAGER),
    ("assessor", "刘振华", Role.ASSESSOR),
    ("second_assessor", "黄丽华", Role.ASSESSOR),
    ("third_assessor", "马国庆", Role.ASSESSOR),
    ("score_clerk", "徐敏", Role.SCORE_CLERK),
    ("second_score_clerk", "胡晓峰", Role.SCORE_CLERK),
    ("certificate_clerk", "朱婷", Role.CERTIFICATE_CLERK),
    ("archivist", "高秀英", Role.ARCHIVIST),
    ("supervisor", "罗建平", Role.SUPERVISOR),
    ("administrator", "梁伟", Role.ADMINISTRATOR),
    ("inspector", "宋志明", Role.INSPECTOR),
)


def ensure_demo_users() -> dict[str, User]:
    """The demo accounts by their key, opened now where they are missing."""
    found = {user.username: user for user in User.objects.filter(username__in=_names())}
    for username, name, role in DEMO_USERS:
        if username not in found:
            found[username] = create_staff(
                actor=SYSTEM,
                username=username,
                display_name=name,
                password=PASSWORD,
                roles=[role],
            )
            # the demo is looked at without a telephone beside it
            User.objects.filter(pk=found[username].pk).update(is_demo=True)
            found[username].is_demo = True
    return found


def _names() -> list[str]:
    return [username for username, _name, _role in DEMO_USERS]
