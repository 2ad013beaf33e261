"""How long it takes from a won deal to the money: here a company sees its own figures, before and after."""
