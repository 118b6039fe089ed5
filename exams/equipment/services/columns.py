"""The columns of the ledger that are entered and changed."""

FIELDS = (
    "number",
    "name",
    "model",
    "quantity",
    "needed",
    "unit",
    "occupation",
    "bought_on",
    "price",
    "indexes",
    "assesses",
    "ownership",
    "room",
    "station",
    "store",
    "measuring",
)
