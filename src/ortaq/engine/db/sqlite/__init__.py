"""Django's SQLite backend with a fair queue of writers: ``ENGINE = "ortaq.engine.db.sqlite"``."""
