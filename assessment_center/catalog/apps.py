from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "assessment_center.catalog"
    label = "catalog"
    verbose_name = "职业目录"
