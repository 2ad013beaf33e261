"""The choke point of all writes: the protocol of what is done once, and every write there is."""
