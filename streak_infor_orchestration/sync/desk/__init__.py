"""What a person decides, with who it was."""
