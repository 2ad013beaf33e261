"""What keeps looking when nobody tells us: sweeps and feeds, what was left out, alerts, retention."""
