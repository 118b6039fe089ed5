"""Printed forms of examinations, registered for the batch page and `print_documents`.

Within a scope the set is bound in the order of these calls.
"""

from exams.documents import (
    authority,
    badges,
    draws,
    handbook,
    incidents,
    posting,
    preparation,
    rooms,
    staff_papers,
    supply,
    tickets,
    timetable,
    venue,
)
from exams.equipment import documents as equipment

authority.register()
handbook.register()
venue.register()
timetable.register()
posting.register()
staff_papers.register()
tickets.register()
preparation.register()
rooms.register()
incidents.register()
draws.register()
supply.register()
equipment.register()
badges.register()
