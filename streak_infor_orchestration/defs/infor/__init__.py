"""What the ERP holds, as tables."""
