"""Orders that were typed in the ERP: linked to the deal whose reference they bear, or a box is made of each."""
