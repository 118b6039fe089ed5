"""The office's pages of certificates, under /admin/work/certificates/."""

from django.urls import path

from certificates.office import batch, earlier, ledger, outside

app_name = "certificates_office"
ONE = "certificate/<uuid:pk>/"
EARLIER = "earlier/<uuid:pk>/"
OF = "batch/<str:code>/"
urlpatterns = [
    path("", ledger.index, name="index"),
    path(ONE, ledger.certificate, name="certificate"),
    path(f"{ONE}file/", ledger.file, name="file"),
    path(f"{ONE}hand-out/", ledger.hand_out, name="hand_out"),
    path(f"{ONE}revoke/", ledger.revoke, name="revoke"),
    path("earlier/", earlier.index, name="earlier_index"),
    path(EARLIER, earlier.certificate, name="earlier"),
    path(f"{EARLIER}revoke/", earlier.revoke, name="revoke_earlier"),
    path(OF, batch.batch_page, name="batch"),
    path(f"{OF}number/", batch.number, name="number"),
    path(f"{OF}issue/", batch.issue, name="issue"),
    path(f"{OF}print/", batch.print_all, name="print_all"),
    path(f"{OF}data/", batch.data, name="data"),
    path(f"{OF}approve/", batch.approve, name="approve"),
    path(f"{OF}upload/", batch.upload, name="upload"),
    path(f"{OF}request/", outside.ask, name="ask"),
    path(f"{OF}receive/", outside.receive, name="receive"),
    path("requests/<uuid:pk>/", outside.sheet, name="request_sheet"),
    path(f"{OF}complete/", batch.complete, name="complete"),
]
