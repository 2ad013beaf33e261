"""SyteLine's IDO REST service as literal exchanges (contract, section C), and the twin held against them."""
