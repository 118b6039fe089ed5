"""What a handler sees of its job, and the table of handlers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.utils import timezone

from assessment_center.jobs.models import Job
from assessment_center.registry import SYSTEM, Actor, OpenSet


class JobRun:
    """One run of a job: its parameters, who ordered it, and where progress and results go.

    Progress is written outside the handler's own transaction only when the handler is not in
    one; handlers therefore work in short transactions and report between them.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.params: dict[str, Any] = dict(job.params)

    @property
    def actor(self) -> Actor:
        user = self.job.ordered_by
        return user.as_actor() if user else SYSTEM

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Rows done of rows in all, and a short word on what is being done."""
        Job.objects.filter(pk=self.job.pk).update(
            done=done, total=total, message=message[:200], heartbeat_at=timezone.now()
        )

    def attach(self, name: str, content: bytes | IO[bytes]) -> None:
        """Keep the result file under the job's own folder (a second run replaces it).

        A large result comes as an open file and is copied without being read whole.
        """
        kept = ContentFile(content) if isinstance(content, bytes) else File(content)
        self.job.result_file.save(f"{self.job.pk}/{name}", kept, save=False)
        Job.objects.filter(pk=self.job.pk).update(result_file=self.job.result_file.name)

    def tell(self, **result: Any) -> None:
        """Facts of the result, JSON values only."""
        self.job.result = {**self.job.result, **result}
        Job.objects.filter(pk=self.job.pk).update(result=self.job.result)


handlers: OpenSet[Callable[[JobRun], None]] = OpenSet("job_handlers")
around: OpenSet[Callable[[JobRun], AbstractContextManager[None]]] = OpenSet("around_jobs")


@contextmanager
def surrounded(run: JobRun) -> Iterator[None]:
    """Everything that parts have laid around all jobs."""
    with ExitStack() as stack:
        for wrap in around:
            stack.enter_context(wrap(run))
        yield


def handler(name: str) -> Callable[[Callable[[JobRun], None]], Callable[[JobRun], None]]:
    """Register a function as the handler of the jobs of this name; it must be safe to run twice."""

    def register(function: Callable[[JobRun], None]) -> Callable[[JobRun], None]:
        return handlers.register(name, function)

    return register
