"""The wording of the product, readable by people who do not program."""
