"""Entry, check, results, publicity and reviews of a batch."""

from django.urls import path

from scoring.office import checking, entry, publicity, recognition, reviews

app_name = "scoring_office"
SHEET = "<str:code>/{}/<uuid:offering>/<slug:subject>/"
urlpatterns = [
    path("", checking.home, name="home"),
    path("<str:code>/", checking.overview, name="batch"),
    path(SHEET.format("entry"), entry.entry_page, name="entry"),
    path(SHEET.format("template"), entry.entry_template, name="template"),
    path(SHEET.format("import"), entry.entry_import, name="import"),
    path("<str:code>/correct/<uuid:pk>/", entry.correct, name="correct"),
    path(SHEET.format("check"), checking.check_page, name="check"),
    path("<str:code>/compile/", checking.compile_now, name="compile"),
    path("<str:code>/recognition/", recognition.worklist, name="recognition"),
    path("<str:code>/recognition/<uuid:pk>/", recognition.one, name="recognition_one"),
    path("<str:code>/report/", checking.report, name="report"),
    path("<str:code>/report/file/", checking.report_file, name="report_file"),
    path("<str:code>/results/", checking.results, name="results"),
    path("<str:code>/publicity/", publicity.publicity_page, name="publicity"),
    path("<str:code>/publicity/open/", publicity.publish, name="publish"),
    path("<str:code>/publicity/evidence/", publicity.evidence, name="evidence"),
    path("<str:code>/publicity/evidence/file/", publicity.evidence_file, name="evidence_file"),
    path("<str:code>/publicity/final/", publicity.finalise, name="finalise"),
    path("<str:code>/reviews/", reviews.review_list, name="reviews"),
    path("<str:code>/reviews/<uuid:pk>/", reviews.answer_page, name="review"),
]
