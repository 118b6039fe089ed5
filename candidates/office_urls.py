"""The office's pages of registration, review, fees and department sheets."""

from django.urls import path

from candidates.office import bulk, cases, fees, finance, papers, queue, review, sheets, statistics

app_name = "candidates_office"
ONE = "applications/<uuid:pk>/"
urlpatterns = [
    path("", queue.home, name="home"),
    path("packages/<uuid:pk>/", sheets.package, name="package"),
    path("evidence/<uuid:pk>/", papers.evidence, name="evidence"),
    path("evidence/<uuid:pk>/<int:number>/", papers.evidence_page, name="evidence_page"),
    path("samples/<uuid:pk>/pass/", bulk.pass_rest, name="pass_rest"),
    path(ONE, review.page, name="application"),
    path(f"{ONE}first-review/", review.first_review, name="first_review"),
    path(f"{ONE}return/", review.send_back, name="return"),
    path(f"{ONE}confirm/", review.confirm, name="confirm"),
    path(f"{ONE}refuse/", review.refuse, name="refuse"),
    path(f"{ONE}cancel/", review.cancel, name="cancel"),
    path(f"{ONE}original/", review.original, name="original"),
    path(f"{ONE}correct/", review.correct, name="correct"),
    path(f"{ONE}photo/", review.photo, name="photo"),
    path(f"{ONE}form/", review.form, name="form"),
    path(f"{ONE}fee/", fees.record, name="fee"),
    path(f"{ONE}waive/", fees.waive, name="waive"),
    path("waivers/<uuid:pk>/take-back/", fees.take_back, name="take_back_waiver"),
    path(f"{ONE}receipt/", fees.correct_receipt, name="correct_receipt"),
    path(f"{ONE}subsidise/", fees.subsidise, name="subsidise"),
    path("<str:code>/queue/", queue.queue, name="queue"),
    path("<str:code>/export/", queue.export, name="export"),
    path("<str:code>/statistics/", statistics.page, name="statistics"),
    path("<str:code>/bulk/", bulk.bulk, name="bulk"),
    path("<str:code>/bulk/<str:stage>/draw/", bulk.draw, name="draw"),
    path(f"{ONE}refund/", finance.ask_refund, name="ask_refund"),
    path("refunds/<uuid:pk>/", finance.decide_refund, name="decide_refund"),
    path("expenses/<uuid:pk>/strike/", finance.strike, name="strike_expense"),
    path("receipts/<uuid:pk>/", finance.line, name="finance_line"),
    path("receipts/template/", finance.list_template, name="finance_template"),
    path("reissue-fees/", finance.reissue, name="reissue_fees"),
    path("<str:code>/fees/", fees.page, name="fees"),
    path("<str:code>/receipts/", finance.lines, name="finance"),
    path("<str:code>/accounts/", finance.accounts, name="accounts"),
    path("<str:code>/accounts/place/", finance.place, name="expense_place"),
    path("<str:code>/template/", sheets.sheet_template, name="template"),
    path("<str:code>/import/", sheets.page, name="import"),
    path("<str:code>/import/<uuid:pk>/", sheets.job_page, name="import_job"),
    path("<str:code>/import/<uuid:pk>/commit/", sheets.commit, name="commit"),
    path("fraud/<uuid:pk>/decide/", cases.decide, name="fraud_decide"),
    path("<str:code>/fraud/", cases.fraud, name="fraud"),
    path("<str:code>/safety/", cases.safety, name="safety"),
    path("<str:code>/packages/", sheets.packages, name="packages"),
]
