"""Orders that were typed in the ERP: linked to their deals, or made into boxes."""
