"""What is known before a department's sheet is judged, read in a few queries a chunk."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import in_scope
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Job, Occupation
from assessment_center.catalog.selectors import counted_as
from assessment_center.people import crypto
from assessment_center.people.models import Department, Person, SchoolClass, StudentRecord
from assessment_center.people.rules import id_document
from assessment_center.registry import Refused
from assessment_center.spreadsheets import Row
from candidates import policies, selectors
from candidates.enums import LIVE
from candidates.models import Application, HeldCertificate, SubjectPass
from candidates.rules.eligibility import prepare

Line = tuple[str, str | None, int | None, str]
Key = tuple[Any, Any, Any, int | None]


class Known:
    """The batch's offerings, the college's classes, and the people of the rows read so far."""

    def __init__(self, batch: AssessmentBatch) -> None:
        self.batch = batch
        self.offerings: dict[Line, Offering] = {}
        for each in batch.offerings.select_related("occupation", "job", "standard"):
            each.batch = batch
            job = each.job.name if each.job else None
            for name in (each.occupation.name, each.occupation.code):
                self.offerings.setdefault((name, job, each.level, each.route), each)
        offered = {each.pk: each for each in self.offerings.values()}
        self.majors = {pk: selectors.majors_for(each, batch) for pk, each in offered.items()}
        self.prepared = {
            pk: prepare(selectors.conditions_for(each, batch)) for pk, each in offered.items()
        }
        self.counted = {pk: counted_as(each.standard) for pk, each in offered.items()}
        self.scopes = {pk: policies.offering_allowed(each, batch) for pk, each in offered.items()}
        classes = SchoolClass.objects.select_related("department")
        self.classes = {each.name: each for each in classes}
        self.departments = {each.name: each for each in Department.objects.filter(is_active=True)}
        self.keys: dict[str, list[bytes]] = {}
        self.people: dict[bytes, Person] = {}
        self.standing: dict[Key, Application] = {}
        self.given_up: dict[Key, Application] = {}
        self.held: dict[Any, list[HeldCertificate]] = {}
        self.passed: set[Any] = set()
        self.banned: set[Any] = set()
        self.numbered: dict[str, Any] = {}

    def read(self, rows: Sequence[Row]) -> None:
        """Read the people of these rows and what bears on them."""
        numbers = {id_document.normalise(row.values["id_number"]) for row in rows}
        self.keys = {number: crypto.lookups(number) for number in numbers}
        keys = [key for each in self.keys.values() for key in each]
        found = Person.objects.filter(id_lookup__in=keys)
        people = list(found.select_related("student__school_class__department", "staff_member"))
        for person in people:
            nothing_more_of(person)
            self.people[bytes(person.id_lookup)] = person
        by_id = {person.pk: person for person in people}
        rows_of = Application.objects.filter(batch=self.batch, person__in=by_id)
        for each in rows_of.select_related("commitment", "school_class").order_by("created_at"):
            each.batch, each.person = self.batch, by_id[each.person_id]
            kept = self.standing if each.status in LIVE else self.given_up
            kept[(each.person_id, each.occupation_id, each.job_id, each.level)] = each
        for held in HeldCertificate.objects.filter(person__in=by_id):
            self.held.setdefault(held.person_id, []).append(held)
        passes = SubjectPass.objects.filter(person__in=by_id)
        self.passed |= set(passes.values_list("person_id", flat=True))
        banned = Person.objects.filter(pk__in=by_id, bans__isnull=False)
        self.banned |= set(banned.values_list("pk", flat=True))
        given = {row.values["student_number"] for row in rows} - {None}
        registered = StudentRecord.objects.filter(student_number__in=given)
        self.numbered |= dict(registered.values_list("student_number", "person_id"))

    def person(self, number: str) -> Person | None:
        """Who holds this document, of those read or met before."""
        return next((self.people[k] for k in self.keys[number] if k in self.people), None)

    def meet(self, person: Person) -> None:
        """Somebody new: a further row of his finds him."""
        nothing_more_of(person)
        self.people[bytes(person.id_lookup)] = person

    def not_offered(self, line: Line) -> str:
        """Why it cannot be applied for: unknown, outside the filed scope, or not in this batch."""
        name, job, level, _route = line
        named = Occupation.objects.filter(is_active=True)
        occupation = named.filter(name=name).first() or named.filter(code=name).first()
        if occupation is None:
            return _("“%(name)s”不在职业分类大典中，请核对名称。") % {"name": name}
        branch = Job.objects.filter(occupation=occupation, name=job).first() if job else None
        if job and branch is None:
            return _("“%(name)s”没有工种“%(job)s”。") % {"name": name, "job": job}
        scope = in_scope(self.batch.centre, occupation, branch, level, self.batch.exam_starts)
        if isinstance(scope, Refused):
            return str(scope)
        shown = " ".join(str(p) for p in (name, job, LEVEL_LABELS.get(level or 0)) if p)
        return str(
            Refused(
                _("本批次公告没有“%(offering)s”。") % {"offering": shown},
                policies.announcement_citations(self.batch),
                _("请改报公告中的项目。"),
            )
        )


def nothing_more_of(person: Person) -> None:
    """What was not read with the person is not there: it is not asked for row by row."""
    for name in ("student", "staff_member"):
        person._state.fields_cache.setdefault(name, None)  # noqa: SLF001 - Django's place for it
