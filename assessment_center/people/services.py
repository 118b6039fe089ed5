"""People and where they study: found or entered once, never shown unmasked without a trace."""

import uuid
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.accounts.services import create_candidate_account
from assessment_center.audit.services import record
from assessment_center.people import crypto, reach, selectors
from assessment_center.people.enums import StudentStatus, TieKind
from assessment_center.people.models import (
    Department,
    Person,
    SchoolClass,
    StudentRecord,
    TeachingAssignment,
    Tie,
)
from assessment_center.people.rules import id_document, names
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.blanks import Blank

ENTERING = (Act.PEOPLE_MANAGE, Act.APPLICATION_ENTER, Act.CENTRE_MANAGE)
READING = (Act.PEOPLE_VIEW, Act.APPLICATION_VIEW)


def _require(actor: Actor, *acts: Act) -> None:
    if not any(actor.may(act) for act in acts):
        raise RefusedError(_("您的角色不能办理人员登记。"), remedy=_("请找考务员办理。"))


@transaction.atomic
def ensure_person(
    *,
    actor: Actor,
    name: str,
    id_kind: str,
    id_number: str,
    phone: str = "",
    email: str = "",
) -> Person:
    """The person of this identity document, entered now if he is not known yet.

    Birth and sex are read from the number where it tells them. Refuses an impossible name or
    number, and a name that differs from the one entered for the same number before.
    """
    _require(actor, *ENTERING)
    spelled, parsed = _checked(name, id_kind, id_number)
    found = selectors.find_by_id(parsed.kind, parsed.number)
    if found is None:
        try:
            with transaction.atomic():
                return _enter(actor, spelled, parsed, phone, email)
        except IntegrityError:
            found = selectors.find_by_id(parsed.kind, parsed.number)
            if found is None:
                raise
    if found.name != spelled:
        raise RefusedError(
            _("这个证件号码已用另一个姓名登记。"),
            remedy=_("请对照证件核对姓名；确需更正的，请联系考务员。"),
        )
    _complete(found, phone, email)
    return found


def _checked(name: str, id_kind: str, id_number: str) -> tuple[str, id_document.ParsedId]:
    try:
        spelled = names.validate(name)
        parsed = id_document.validate(id_number, id_kind, today=timezone.localdate())
    except names.PersonNameError as fault:
        raise RefusedError(fault.message) from fault
    except id_document.IdDocumentError as fault:
        raise RefusedError(fault.message) from fault
    except ValueError as fault:
        raise RefusedError(_("没有这种证件类型。")) from fault
    return spelled, parsed


def require_entering(actor: Actor) -> None:
    """Refuse who may not enter people."""
    _require(actor, *ENTERING)


def new_person(name: str, id_kind: str, id_number: str, phone: str = "") -> Person:
    """A person checked and sealed but not yet saved; refuses an impossible name or number."""
    spelled, parsed = _checked(name, id_kind, id_number)
    return _build(spelled, parsed, phone, "")


def build_person(name: str, parsed: id_document.ParsedId, phone: str = "") -> Person:
    """A person sealed but not yet saved, of a name and a number that were found in order."""
    return _build(name, parsed, phone, "")


def _enter(actor: Actor, name: str, parsed: id_document.ParsedId, phone: str, email: str) -> Person:
    person = _build(name, parsed, phone, email)
    person.save(force_insert=True)
    record(actor=actor, verb="person.enter", subject=person.subject, payload={"kind": parsed.kind})
    return person


BLANK = Blank(Person)


def _build(name: str, parsed: id_document.ParsedId, phone: str, email: str) -> Person:
    key = uuid.uuid4()
    pinyin = names.pinyin_key(name)
    return BLANK(
        id=key,
        name=name,
        pinyin=pinyin.full,
        initials=pinyin.initials,
        id_kind=parsed.kind.value,
        id_sealed=crypto.seal_value(parsed.number, row_id=key),
        id_lookup=crypto.lookup(parsed.number),
        id_masked=id_document.mask(parsed.number),
        sex=parsed.sex.value if parsed.sex else "",
        birth=parsed.birth,
        phone=phone,
        email=email,
    )


def _complete(person: Person, phone: str, email: str) -> None:
    """Fill in an address that was empty; what is there stays."""
    fresh = {
        field: value
        for field, value in (("phone", phone), ("email", email))
        if value and not getattr(person, field)
    }
    if fresh:
        for field, value in fresh.items():
            setattr(person, field, value)
        person.save(update_fields=list(fresh))


@transaction.atomic
def set_particulars(
    *,
    actor: Actor,
    person: Person,
    birth: date | None = None,
    sex: str = "",
    phone: str = "",
    email: str = "",
) -> Person:
    """Enter what the document does not tell; a birth or sex that the number tells stays."""
    _require(actor, *ENTERING)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    numbered = locked.id_kind in id_document.NUMBERED
    if numbered and ((birth and birth != locked.birth) or (sex and sex != locked.sex)):
        raise RefusedError(_("出生日期和性别以证件号码为准，不能另填。"))
    changed = {"birth": birth, "sex": sex, "phone": phone, "email": email}
    changed = {field: value for field, value in changed.items() if value}
    for field, value in changed.items():
        setattr(locked, field, value)
    locked.save(update_fields=list(changed))
    record(
        actor=actor,
        verb="person.complete",
        subject=locked.subject,
        payload={"fields": sorted(changed)},
    )
    return locked


@transaction.atomic
def reveal_id(*, actor: Actor, person: Person, reason: str) -> str:
    """The full number, for one who needs it and says why; every look is in the trail.

    The clerk of a department sees those of its students only.
    """
    _require(actor, *READING)
    if not actor.may(Act.PEOPLE_VIEW):
        reach.require_student(actor, Act.APPLICATION_VIEW, person)
    if not reason.strip():
        raise RefusedError(_("请写明查看完整证件号码的原因。"))
    facts = {"reason": reason.strip()}
    record(actor=actor, verb="person.reveal_id", subject=person.subject, payload=facts)
    return selectors.id_number(person)


@transaction.atomic
def open_candidate_account(*, actor: Actor, person: Person, password: str) -> User:
    """Open the person's own sign-in; the user name is the keyed hash of the number."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.user_id is not None:
        raise RefusedError(_("该证件号码已注册过，请直接登录。"))
    user = create_candidate_account(
        actor=actor,
        username=bytes(locked.id_lookup).hex(),
        display_name=locked.name,
        password=password,
        phone=locked.phone,
    )
    locked.user = user
    locked.save(update_fields=["user"])
    person.user = user
    return user


@transaction.atomic
def save_department(
    *, actor: Actor, name: str, code: str, is_active: bool = True, row: Department | None = None
) -> Department:
    """Enter a department, or change the one given."""
    _require(actor, Act.PEOPLE_MANAGE, Act.CENTRE_MANAGE)
    department = row or Department()
    department.name, department.code = name.strip(), code.strip()
    department.is_active = is_active
    department.full_clean()
    department.save()
    record(actor=actor, verb="department.save", subject=department.subject, payload={"name": name})
    return department


@transaction.atomic
def save_class(
    *,
    actor: Actor,
    department: Department,
    name: str,
    major: str,
    enrolled_year: int,
    graduation_year: int,
    schooling: str = "higher_vocational",
    row: SchoolClass | None = None,
) -> SchoolClass:
    """Enter a class, or change the one given; it graduates after it was enrolled."""
    _require(actor, Act.PEOPLE_MANAGE, Act.CENTRE_MANAGE)
    if graduation_year <= enrolled_year:
        raise RefusedError(_("毕业年份应晚于入学年份。"))
    school_class = row or SchoolClass()
    school_class.department = department
    school_class.name, school_class.major = name.strip(), major.strip()
    school_class.schooling = schooling
    school_class.enrolled_year, school_class.graduation_year = enrolled_year, graduation_year
    school_class.full_clean()
    school_class.save()
    record(actor=actor, verb="class.save", subject=school_class.subject, payload={"name": name})
    return school_class


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    person: Person,
    school_class: SchoolClass,
    student_number: str,
    status: StudentStatus = StudentStatus.ENROLLED,
) -> StudentRecord:
    """Record that the person studies in this class; a student number belongs to one person."""
    _require(actor, Act.PEOPLE_MANAGE, Act.APPLICATION_ENTER)
    if not actor.may(Act.PEOPLE_MANAGE):
        reach.require_class(actor, Act.APPLICATION_ENTER, school_class)
    number = student_number.strip()
    other = StudentRecord.objects.filter(student_number=number).exclude(person=person).first()
    if other is not None:
        raise RefusedError(_("学号 %(number)s 已属于另一名学生。") % {"number": number})
    student, _created = StudentRecord.objects.update_or_create(
        person=person,
        defaults={
            "school_class": school_class,
            "student_number": number,
            "status": status,
        },
    )
    record(actor=actor, verb="student.enrol", subject=student.subject, payload={"status": status})
    return student


@transaction.atomic
def assign_teaching(
    *, actor: Actor, teacher: Person, school_class: SchoolClass, term: str, course: str = ""
) -> TeachingAssignment:
    """Record who teaches a class in a term, so that he neither assesses nor proctors it."""
    _require(actor, Act.PEOPLE_MANAGE)
    teaching, created = TeachingAssignment.objects.get_or_create(
        teacher=teacher, school_class=school_class, term=term, course=course
    )
    if created:
        record(actor=actor, verb="teaching.assign", subject=teaching.subject)
    return teaching


@transaction.atomic
def declare_tie(*, actor: Actor, one: Person, other: Person, kind: TieKind, note: str = "") -> Tie:
    """Record a tie between two people, once, whichever of them declares it."""
    if one.pk == other.pk:
        raise RefusedError(_("回避关系应在两个人之间。"))
    first, second = sorted((one, other), key=lambda person: person.pk)
    tie, created = Tie.objects.get_or_create(
        first=first, second=second, kind=kind, defaults={"note": note}
    )
    if created:
        record(actor=actor, verb="tie.declare", subject=tie.subject, payload={"kind": kind})
    return tie
