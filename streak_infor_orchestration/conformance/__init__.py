"""What a real Streak team and a real ERP must do for the rest to keep its promises, as checks that can be run on them.

`streak-infor conformance` runs them on the configured systems; the tests run the very same ones on the simulators.
They know the two clients and nothing above them. Reads touch nothing; writes make a few records that bear the run's
mark, tidy up what the system lets them, and say what is left.
"""
