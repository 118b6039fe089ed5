"""Large sheets are read, and many rows signed, in the background; both are safe to run twice."""

from assessment_center.jobs.running import JobRun, handler
from assessment_center.opening import ordering, services
from assessment_center.opening.enums import DeclarationState
from assessment_center.opening.models import OpeningDeclaration, OpeningUpload


@handler(ordering.IMPORT)
def import_sheet(run: JobRun) -> None:
    """Read a waiting file; its content goes with its row once it has been judged."""
    rows = OpeningUpload.objects.select_related("declaration__centre")
    upload = rows.filter(pk=run.params["upload"]).first()
    if upload is None:
        return
    outcome = services.take_sheet(
        actor=run.actor,
        declaration=upload.declaration,
        key=upload.kind,
        content=ordering.content_of(upload),
        file_name=upload.file_name,
        progress=run.progress,
    )
    run.tell(**outcome.as_json())
    upload.delete()


@handler(ordering.SIGN)
def sign(run: JobRun) -> None:
    """Look through everything while its progress shows, then sign and write it in one go."""
    found = OpeningDeclaration.objects.select_related("centre").get(pk=run.params["declaration"])
    if found.status != DeclarationState.SIGNED:
        rows = services.look_through(found, run.progress)
        run.progress(rows, rows, "")
        services.sign(actor=run.actor, declaration=found)
        run.tell(rows=rows)
