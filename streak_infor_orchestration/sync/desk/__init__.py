"""What a person sees and decides, with who it was: for the command line and the gateway alike."""
