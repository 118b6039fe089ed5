"""The people of a sheet by their documents: one name for one number, in file and books."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.people import crypto
from assessment_center.people.labels import ID_KIND_LABELS
from assessment_center.people.models import Person
from assessment_center.people.rules import id_document, names
from assessment_center.people.rules.id_document import IdKind
from assessment_center.spreadsheets import ColumnSpec, Kind, Row, RowFaultError

NAME, NUMBER = WHO = "name", "id_number"


def person_columns(*, number_required: bool = True) -> tuple[ColumnSpec, ...]:
    """The columns by which a sheet names a person."""
    return (
        ColumnSpec(
            NAME,
            "姓名",
            required=True,
            width=14,
            example="张三",
            max_length=80,
            validate=names.validate,
        ),
        ColumnSpec(
            "id_kind",
            "证件类型",
            kind=Kind.CHOICE,
            choices=tuple((key, str(label)) for key, label in ID_KIND_LABELS.items()),
            help="不填即为居民身份证",
            example="居民身份证",
            width=18,
        ),
        ColumnSpec(
            NUMBER,
            "证件号码",
            required=number_required,
            kind=Kind.ID_NUMBER,
            width=24,
            help="此列已设为文本格式；从别处粘贴时请用“选择性粘贴－数值”，以免末几位变成 0",
            validate=id_document.normalise,
        ),
    )


@dataclass(frozen=True, slots=True)
class Identified:
    """Whom a row speaks of: the spelled name, the document, and the person if he is known."""

    name: str
    document: id_document.ParsedId
    person: Person | None


class KnownPeople:
    """Reads once who of a sheet is known; then tells for every row who it is."""

    def __init__(self, rows: Sequence[Row], *related: str) -> None:
        self.today = timezone.localdate()
        numbers = [id_document.normalise(v) for row in rows if (v := row.values[NUMBER])]
        keys = [key for number in numbers for key in crypto.lookups(number)]
        found = Person.objects.filter(id_lookup__in=keys).select_related(*related)
        self.people = {(person.id_kind, bytes(person.id_lookup)): person for person in found}

    def identify(self, row: Row) -> Identified:
        """Who this is; a number known under another name is refused naming both."""
        name = row.values[NAME]
        document = self._document(row.values)
        keys = ((document.kind.value, key) for key in crypto.lookups(document.number))
        person = next((self.people[key] for key in keys if key in self.people), None)
        if person is not None and person.name != name:
            raise RowFaultError(
                _("姓名"),
                _("这个证件号码已登记为“%(known)s”，这里写作“%(name)s”；请对照证件改正")
                % {"known": person.name, "name": name},
            )
        return Identified(name, document, person)

    def _document(self, values: dict[str, Any]) -> id_document.ParsedId:
        kind = values["id_kind"] or IdKind.RESIDENT
        try:
            return id_document.validate(values[NUMBER], kind, today=self.today)
        except id_document.IdDocumentError as fault:
            raise RowFaultError(_("证件号码"), fault.message) from fault


class Once:
    """Refuses what stands in a file twice, naming both rows and whom they speak of."""

    def __init__(self) -> None:
        self.seen: dict[Any, tuple[int, str]] = {}

    def take(self, key: Any, row: Row, who: str, header: str, what: str) -> None:
        first = self.seen.setdefault(key, (row.number, who))
        if first[0] == row.number:
            return
        words = {"row": first[0], "first": first[1], "who": who, "what": what}
        if first[1] == who:
            message = _("“%(who)s”的%(what)s在第 %(row)d 行已有，请删去一行") % words
        else:
            message = _("%(what)s与第 %(row)d 行“%(first)s”相同，这里是“%(who)s”；请核对") % words
        raise RowFaultError(header, message)
