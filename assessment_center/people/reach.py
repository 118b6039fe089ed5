"""How far the acts of an account reach: to the departments of its posts.

A clerk of a department sees and does what is his department's. The acts of his role are marked as
bounded in the `Actor`; here they are given their bounds. An account of that role without a post
reaches nothing: it fails closed.
"""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from assessment_center.people.models import (
    DepartmentPost,
    Person,
    SchoolClass,
    StudentRecord,
)
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import DocumentKind

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Reach:
    """The departments an act extends to; `departments` None: to everybody."""

    departments: frozenset[UUID] | None = None

    @property
    def everywhere(self) -> bool:
        return self.departments is None

    def covers(self, department_id: UUID | None) -> bool:
        """Whether what belongs to this department (None: to none) is within reach."""
        return self.departments is None or department_id in self.departments

    def within(self, rows: QuerySet[M], field: str = "department") -> QuerySet[M]:
        """Of these rows those within reach, by the path to their department."""
        if self.departments is None:
            return rows
        return rows.filter(**{f"{field}__in": self.departments})


def reach_of(actor: Actor, act: str) -> Reach:
    """How far `act` reaches for this actor: his departments', or as far as there is."""
    if actor.is_system or act not in actor.bounded:
        return Reach()
    holder = actor.in_name_of.uuid if actor.in_name_of else actor.user_id
    if holder is None:
        return Reach(frozenset())
    posts = DepartmentPost.objects.filter(user_id=holder, is_active=True)
    found = set(posts.values_list("department_id", flat=True))
    return Reach() if None in found else Reach(frozenset(key for key in found if key is not None))


def prints(actor: Actor, kind: DocumentKind) -> bool:
    """Whether the actor may print a form: one of the whole batch takes sight of the whole."""
    if not kind.permission:
        return True
    if not actor.may(kind.permission):
        return False
    return kind.keeps_reach or reach_of(actor, kind.permission).everywhere


def require_class(actor: Actor, act: str, school_class: SchoolClass) -> None:
    """Refuse a class of another department than the actor's."""
    if not reach_of(actor, act).covers(school_class.department_id):
        raise RefusedError(
            _("班级“%(name)s”不属于您的院系。") % {"name": school_class},
            remedy=_("请由该院系或全校经办人办理。"),
        )


def covers_student(actor: Actor, act: str, person: Person) -> bool:
    """Whether the person studies where `act` reaches."""
    reach = reach_of(actor, act)
    if reach.everywhere:
        return True
    studies = StudentRecord.objects.filter(person=person)
    return reach.within(studies, "school_class__department").exists()


def require_student(actor: Actor, act: str, person: Person) -> None:
    """Refuse who does not study in one of the actor's departments."""
    if not covers_student(actor, act, person):
        raise RefusedError(
            _("这名考生不属于您的院系。"), remedy=_("请由考生所在院系或全校经办人办理。")
        )
