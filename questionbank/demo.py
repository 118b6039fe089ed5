"""Demo banks with their items, and the sealed papers of every demo batch that reaches them."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.enums import Subject
from assessment_center.demo import Demo
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.entries import demo_steps
from questionbank.demo_items import DemoItem, facts_of, tasks_of, theory_items
from questionbank.demo_opening import bring_papers
from questionbank.demo_people import people
from questionbank.enums import ItemKind, PaperStatus
from questionbank.models import Bank, KeyHolder, Paper
from questionbank.policies import first_start, own_bank_demands, release_moment
from questionbank.selectors import bank_for, papers_of
from questionbank.services import banks, items, papers, sealing
from questionbank.services.usage import record_item_usage

# Only the demo's holders open with these; a real holder chooses his own and tells nobody.
PASSPHRASES = {Role.BANK_MANAGER: "demo bank manager 2026", Role.HEAD: "demo head of centre 2026"}
HOLDERS = (Role.BANK_MANAGER, Role.HEAD)
FORMS = 3
WHOLE = Decimal(100)
CENT = Decimal("0.01")
EXPERTS = 6
SEED = 2026


def step(demo: Demo) -> None:
    """Fill the banks, then assemble, approve and seal the papers of the batches."""
    batches = demo.reaching("papers")
    keys = _holders(demo) if batches else []
    for batch in batches:
        for offering, subject in own_bank_demands(batch):
            _bank(demo, offering, subject)
            _papers(demo, batch, offering, subject, keys)
    sealed = Paper.objects.filter(batch__in=batches, status=PaperStatus.SEALED).count()
    demo.say(f"题库 {Bank.objects.count()} 个，封存试卷 {sealed} 套")


def _bank(demo: Demo, offering: Offering, subject: str) -> Bank:
    found = bank_for(offering, subject)
    if found is not None:
        return found
    manager = demo.actor(Role.BANK_MANAGER)
    bank = banks.create_bank(
        actor=manager,
        occupation=offering.occupation,
        job=offering.job,
        level=offering.level,
        subject=subject,
    )
    written = _written(offering.occupation.name, subject)
    _fill(demo, bank, written[0], written[1])
    items.accept_items(
        actor=manager,
        bank=bank,
        experts=_experts(),
        opinion="要素齐全，题干准确，同意入库。",
        rules=offering.batch.rules,
    )
    theory = subject == Subject.THEORY
    counts = {ItemKind.SINGLE: 40, ItemKind.TRUE_FALSE: 10} if theory else {ItemKind.PRACTICAL: 4}
    marks = {ItemKind.SINGLE: 2, ItemKind.TRUE_FALSE: 2} if theory else {ItemKind.PRACTICAL: 25}
    banks.create_blueprint(
        actor=manager,
        bank=bank,
        name="标准组卷",
        counts={str(kind): n for kind, n in counts.items()},
        marks={str(kind): n for kind, n in marks.items()},
        minutes=int(offering.standard.durations.get(subject, 90)),
    )
    return bank


def _written(occupation: str, subject: str) -> tuple[list[tuple[str, str]], list[DemoItem]]:
    """(area, topic) of every point, and the items."""
    if subject != Subject.THEORY:
        tasks = tasks_of(occupation)
        return [(topic, topic) for topic in dict.fromkeys(t.topic for t in tasks)], tasks
    facts = facts_of(occupation)
    rng = random.Random(SEED)  # noqa: S311 - the demo is the same each time
    return [(fact.area, fact.topic) for fact in facts], theory_items(facts, rng)


def _fill(
    demo: Demo, bank: Bank, table: Sequence[tuple[str, str]], made: Sequence[DemoItem]
) -> None:
    """Breakdown table, items by one writer, review by the other."""
    weight = (WHOLE / len(table)).quantize(CENT)
    areas = list(dict.fromkeys(area for area, _topic in table))
    rows = [
        banks.PointRow(f"{areas.index(area) + 1:02d}-{number:03d}", area, topic, weight)
        for number, (area, topic) in enumerate(table, start=1)
    ]
    points = banks.add_points(actor=demo.actor(Role.BANK_MANAGER), bank=bank, rows=rows)
    by_topic = {point.name: point for point in points}
    writer, reviewer = demo.actor(Role.ITEM_WRITER), demo.actor("second_item_writer")
    drafts = [
        items.ItemDraft(
            point=by_topic[item.topic],
            kind=item.kind,
            stem=item.stem,
            answer=item.answer,
            options=item.options,
            difficulty=item.difficulty,
        )
        for item in made
    ]
    items.write_items(actor=writer, bank=bank, drafts=drafts)
    items.submit_all(actor=writer, bank=bank)
    items.review_all(actor=reviewer, bank=bank)


def _experts() -> list[StaffMember]:
    skilled = (Grade.EXPERT, Grade.SENIOR_ASSESSOR)
    rows = StaffMember.objects.filter(qualifications__grade__in=skilled, is_active=True)
    return list(rows.order_by("pk").distinct()[:EXPERTS])


def _holders(demo: Demo) -> list[KeyHolder]:
    return [_holder(demo.users[role], PASSPHRASES[role]) for role in HOLDERS]


def _holder(user: User, passphrase: str) -> KeyHolder:
    found = KeyHolder.objects.filter(user=user, is_active=True).first()
    return found or sealing.register_key(actor=user.as_actor(), user=user, passphrase=passphrase)


def _papers(
    demo: Demo, batch: AssessmentBatch, offering: Offering, subject: str, keys: list[KeyHolder]
) -> None:
    """Two forms and a spare, approved by the head and sealed five days before."""
    if papers_of(batch).filter(offering=offering, subject=subject).exists():
        return
    manager = demo.actor(Role.BANK_MANAGER)
    starts = first_start(batch)
    made = papers.assemble(
        actor=manager,
        batch=batch,
        offering=offering,
        subject=subject,
        forms=FORMS,
        draw_key=f"{batch.code} {offering} {subject}",
    )
    for paper in made:
        sealing.seal(
            actor=manager,
            paper=papers.approve(actor=demo.actor(Role.HEAD), paper=paper),
            first=keys[0],
            second=keys[1],
            not_before=release_moment(batch, starts),
            at=starts - timedelta(days=5),
        )


def release_for_demo(demo: Demo, batch: AssessmentBatch) -> dict[Paper, bytes]:
    """Open the sealed forms of a demo batch (not the spares) on the morning of its examination.

    Returns the master of each, after noting which items it used; nothing when none is sealed.
    """
    closed = papers_of(batch).filter(status=PaperStatus.SEALED, is_spare=False)
    if not closed:
        return {}
    morning = datetime.combine(batch.exam_starts, time(8, 40))
    manager = demo.actor(Role.BANK_MANAGER)
    first, second = ((demo.users[role], PASSPHRASES[role]) for role in HOLDERS)
    masters = sealing.release(
        actor=manager,
        papers=list(closed),
        first=first,
        second=second,
        at=timezone.make_aware(morning),
    )
    for paper, master in masters.items():
        record_item_usage(actor=manager, paper=paper, master=master)
    return masters


demo_steps.register("questionbank.people", people, order=104)
demo_steps.register("questionbank.opening", bring_papers, order=105)
demo_steps.register("questionbank.papers", step, order=300)
