"""The web server's own log under the same law: its lines name every address that was asked for."""

from typing import Any

from gunicorn.glogging import Logger

from assessment_center.masked_log import mask_handlers


class ServerLogger(Logger):  # type: ignore[misc]
    """Named to gunicorn by `--logger-class`; masks its access and its error lines."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            mask_handlers(log)
