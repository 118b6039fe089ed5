from assessment_center.batches.printing import render, zipped
from assessment_center.batches.selectors import batch_by_code
from assessment_center.jobs.running import JobRun, handler


@handler("printed.print")
def print_kind(run: JobRun) -> None:
    """Print one form of a batch: a PDF, or an archive of its parts."""
    batch = batch_by_code(run.params["batch"])
    parts = render(batch, run.params["kind"], run.actor)
    run.progress(len(parts), len(parts))
    if len(parts) == 1:
        run.attach(f"{parts[0][0]}.pdf", parts[0][1])
    else:
        run.attach(f"{run.params['kind']}.zip", zipped(parts))
    run.tell(parts=len(parts))
