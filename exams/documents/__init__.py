"""Printed forms of examinations, registered for the batch page and `print_documents`."""

from exams.documents import badges, draws, rooms, supply, tickets, venue
from exams.equipment import documents as equipment

venue.register()
tickets.register()
rooms.register()
draws.register()
supply.register()
equipment.register()
badges.register()
