from assessment_center.batches.selectors import batch_by_code
from assessment_center.conformance.printing import report
from assessment_center.jobs.running import JobRun, handler


@handler("conformance.report")
def print_report(run: JobRun) -> None:
    """Look at every rule of a batch and keep the printed report."""
    batch = batch_by_code(run.params["batch"])
    run.attach(f"{batch.code} 规程符合性报告.pdf", report(batch))
    run.progress(1, 1)
