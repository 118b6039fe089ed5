from django.apps import AppConfig


class BatchesConfig(AppConfig):
    name = "assessment_center.batches"
    label = "batches"
    verbose_name = "批次"
