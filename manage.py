#!/usr/bin/env python
"""Django's command-line entry; starts the embedded services where no server is named."""

import os
import sys

WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "startapp",
    "version",
}


def needs_servers(arguments: "list[str]") -> bool:
    """Tell whether a command works on data: not for help, nor for what only reads the code."""
    if not arguments or {"-h", "--help", "--version"} & set(arguments):
        return False
    return arguments[0] not in WITHOUT_SERVERS


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - met by whoever has an older one
        sys.exit("需要 Python 3.11 或更高版本，请先安装。\nPython 3.11 or newer is needed.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")
    from django.core.management import execute_from_command_line

    from assessment_center import embedded

    if needs_servers(sys.argv[1:]):
        try:
            embedded.ensure_started()
        except embedded.EmbeddedError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
