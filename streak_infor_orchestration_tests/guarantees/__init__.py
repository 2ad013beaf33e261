"""`docs/guarantees.md`: its tables come from `docs/figures/*.json` (`make figures`), and every test, command and target
it names exists. What the files hold is written by `streak-infor proof --figures` and `… bench --figures`."""
