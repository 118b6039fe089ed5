"""Pages of the office for banks and papers, under /admin/work/questionbank/."""

from django.urls import path

from questionbank.office import banks, items, papers, release

app_name = "questionbank_office"
urlpatterns = [
    path("", banks.bank_list, name="list"),
    path("keys/", release.keys, name="keys"),
    path("template/", banks.sheet_template, name="template"),
    path("banks/<uuid:pk>/", banks.bank_page, name="bank"),
    path("banks/<uuid:pk>/points/", banks.add_point, name="add_point"),
    path("banks/<uuid:pk>/blueprints/", banks.add_blueprint, name="add_blueprint"),
    path("banks/<uuid:pk>/accept/", banks.accept, name="accept"),
    path("banks/<uuid:pk>/import/", banks.upload, name="import"),
    path("banks/<uuid:pk>/items/", items.write, name="write"),
    path("banks/<uuid:pk>/submit/", items.submit_mine, name="submit_mine"),
    path("items/<uuid:pk>/", items.item_page, name="item"),
    path("items/<uuid:pk>/<slug:move>/", items.move, name="move"),
    path("batches/<str:code>/", papers.batch_page, name="papers"),
    path("batches/<str:code>/assemble/", papers.assemble, name="assemble"),
    path("batches/<str:code>/seal/", papers.seal, name="seal"),
    path("batches/<str:code>/release/", release.release, name="release"),
    path("papers/<uuid:pk>/preview/", papers.preview, name="preview"),
    path("papers/<uuid:pk>/approve/", papers.approve, name="approve"),
    path("papers/<uuid:pk>/void/", papers.void, name="void"),
]
