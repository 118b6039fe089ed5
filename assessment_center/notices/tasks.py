from assessment_center.jobs.running import JobRun, handler
from assessment_center.notices.services import send_email


@handler("notices.email")
def email(run: JobRun) -> None:
    send_email(**run.params)
