from django.urls import path

from archives import office, office_years

app_name = "archives_office"
urlpatterns = [
    path("", office.batches, name="list"),
    path("batch/<str:code>/", office.batch_page, name="batch"),
    path("batch/<str:code>/file/", office.file_now, name="file"),
    path("batch/<str:code>/check/", office.check_now, name="check"),
    path("batch/<str:code>/finish/", office.finish, name="finish"),
    path("year/<int:year>/", office_years.page, name="year"),
    path("year/<int:year>/file/", office_years.file_now, name="file_year"),
    path("year/<int:year>/check/", office_years.check_now, name="check_year"),
    path("year/<int:year>/catalogue/", office_years.print_catalogue, name="catalogue_year"),
    path("volume/<uuid:pk>/close/", office.close, name="close"),
    path("item/<uuid:pk>/", office.read, name="read"),
    path("item/<uuid:pk>/hold/", office.hold_item, name="hold"),
]
