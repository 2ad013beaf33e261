"""From an empty folder to a running integration: the administrator's first afternoon, and every change after it."""
