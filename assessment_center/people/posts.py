"""For which departments an account works, and which person signs in with it."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.people.models import Department, DepartmentPost, Person, StaffIdentity
from assessment_center.registry import Actor, RefusedError

MANAGING = (Act.STAFF_DECIDE, Act.ACCOUNT_MANAGE)


def departments_of(user: User) -> list[DepartmentPost]:
    """The posts an account holds now, with their departments."""
    return list(user.department_posts.filter(is_active=True).select_related("department"))


def _require(actor: Actor, user: User) -> None:
    if not any(actor.may(act) for act in MANAGING):
        raise RefusedError(_("院系任职和账号本人由主任或系统管理员指定。"))
    if actor.user_id == user.pk:
        raise RefusedError(_("不能给自己指定，请由另一位办理。"))
    if user.kind != Kind.STAFF:
        raise RefusedError(_("考生账号不在这里指定。"))


@transaction.atomic
def identify(*, actor: Actor, user: User, person: Person) -> StaffIdentity:
    """Record which person a staff account is, so that his ties keep him from what he may not do."""
    _require(actor, user)
    taken = StaffIdentity.objects.filter(person=person).exclude(user=user).first()
    if taken is not None:
        raise RefusedError(_("这个人已是账号“%(user)s”的本人。") % {"user": taken.user})
    made, _new = StaffIdentity.objects.update_or_create(user=user, defaults={"person": person})
    record(
        actor=actor,
        verb="account.identify",
        subject=user.subject,
        payload={"person": str(person.pk)},
    )
    return made


@transaction.atomic
def set_post(
    *, actor: Actor, user: User, department: Department | None, active: bool = True
) -> DepartmentPost:
    """Tie an account to a department (None: the whole college), or end that tie.

    The head or who manages accounts does it, nobody for himself, and for staff only.
    """
    _require(actor, user)
    if active and department is not None and not department.is_active:
        raise RefusedError(_("这个院系已停用。"))
    post, created = DepartmentPost.objects.get_or_create(
        user=user, department=department, defaults={"is_active": active}
    )
    if not created and post.is_active == active:
        return post
    if not created:
        post.is_active = active
        post.save(update_fields=["is_active"])
    record(
        actor=actor,
        verb="department_post.give" if active else "department_post.end",
        subject=user.subject,
        payload={"department": department.code if department else "*"},
    )
    return post
