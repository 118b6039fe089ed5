"""Who the demo's writers, managers and head are in person, each with his signed promise."""

from datetime import date

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.demo import Demo
from assessment_center.people.demo_data import DemoPerson, demo_people
from assessment_center.people.models import Department, StaffIdentity
from assessment_center.people.posts import identify
from assessment_center.people.services import ensure_person
from assessment_center.personnel import services
from assessment_center.personnel.enums import Education, Employment, Grade, UndertakingKind
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.texts import PROMISES
from assessment_center.registry import SYSTEM, Actor

WRITERS = (Role.ITEM_WRITER, "second_item_writer")
KEYS = (Role.HEAD, Role.BANK_MANAGER, "second_bank_manager", *WRITERS)
GROWN_UP = date(1996, 1, 1)
SIGNED = date(2025, 1, 1)
CARD = (date(2025, 1, 1), date(2027, 12, 31))
CROWD, SEED = 400, 1896


def people(demo: Demo) -> None:
    """Tie the accounts that handle items and papers to their people; once for all rulebooks."""
    grown = (who for who in demo_people(CROWD, SEED) if who.birth < GROWN_UP)
    known = set(StaffIdentity.objects.values_list("user", flat=True))
    for key, who in zip(KEYS, grown, strict=False):
        user = demo.users.get(str(key))
        if user is not None and user.pk not in known:
            _introduce(demo, user, who, writes=key in WRITERS)


def _introduce(demo: Demo, user: User, who: DemoPerson, *, writes: bool) -> None:
    clerk = demo.actor(Role.CLERK)
    person = ensure_person(
        actor=clerk,
        name=user.display_name,
        id_kind="resident",
        id_number=who.id_number,
        phone=who.phone,
    )
    member = services.save_member(
        actor=clerk,
        person=person,
        department=Department.objects.order_by("code").first(),
        title="副教授",
    )
    services.save_facts(
        actor=clerk, member=member, employment=Employment.REGULAR, education=Education.MASTER
    )
    if writes:
        _appoint(clerk, member)
    services.record_undertaking(
        actor=clerk,
        member=member,
        kind=UndertakingKind.SECRECY,
        text=str(PROMISES[UndertakingKind.SECRECY]),
        signed_name=person.name,
        signed_on=SIGNED,
    )
    identify(actor=SYSTEM, user=user, person=person)


def _appoint(clerk: Actor, member: StaffMember) -> None:
    """Card and letter of one who writes questions."""
    services.add_qualification(
        actor=clerk,
        member=member,
        grade=Grade.ITEM_WRITER,
        card_number=services.next_card_number(Grade.ITEM_WRITER, CARD[0]),
        valid_from=CARD[0],
        valid_until=CARD[1],
    )
    services.hire(
        actor=clerk,
        member=member,
        grade=Grade.ITEM_WRITER,
        starts=CARD[0],
        ends=CARD[1],
        signed_on=SIGNED,
        speciality="命题",
    )
