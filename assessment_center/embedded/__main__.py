"""``python -m assessment_center.embedded run [--empty] [--with-parent] | stop``.

``--empty`` loads no demo; ``--with-parent`` ends with the process that started it (make).
"""

import os
import signal
import sys

from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.keeper import daemonise, keep
from assessment_center.embedded.places import find_places
from assessment_center.embedded.processes import die_with_parent
from assessment_center.embedded.servers import stop


def main(arguments: list[str]) -> int:
    match arguments:
        case ["keep", ready]:
            places = find_places()
            daemonise(str(places.logs / "keeper.log"))
            keep(places, int(ready))
        case ["stop"]:
            return 0 if stop(force=True) else 1
        case ["run", *options] if set(options) <= {"--empty", "--with-parent"}:
            from assessment_center.embedded.supervisor import run

            if "--with-parent" in options:
                die_with_parent(signal.SIGTERM, parent=os.getppid())()
            return run(demo="--empty" not in options)
        case _:
            print("python -m assessment_center.embedded run [--empty] | stop", file=sys.stderr)  # noqa: T201
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except EmbeddedError as problem:
        sys.exit(str(problem))
