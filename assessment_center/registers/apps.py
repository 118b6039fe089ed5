from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "assessment_center.registers"
    label = "registers"
    verbose_name = "登记簿"
