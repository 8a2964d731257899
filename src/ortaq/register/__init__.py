"""The state list as of a day, and the record card: outputs of kinds that have a status and register entries."""
