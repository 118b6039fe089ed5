"""Printed forms of examinations, registered for the batch page and `print_documents`."""

from exams.documents import draws, rooms, tickets, venue

venue.register()
tickets.register()
rooms.register()
draws.register()
