"""Why an answer of the campus is not believed."""


class CampusError(Exception):
    """The answer is not believed, or there was none; the text is for the log, not for people."""
