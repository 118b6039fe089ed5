"""The web server's own log under the same law: its lines name every address that was asked for."""

from typing import Any

from gunicorn.glogging import Logger

from assessment_center.masked_log import MaskedFormatter


class ServerLogger(Logger):  # type: ignore[misc]
    """Named to gunicorn by `--logger-class`; masks its access and its error lines."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            for handler in log.handlers:
                form = handler.formatter
                if form is not None:
                    handler.setFormatter(MaskedFormatter(form._fmt, form.datefmt))  # noqa: SLF001
