"""How the tests are run: which make up the quick loop, what fails a run, what a machine may lack."""
