"""The Infor façade contract as literal exchanges, and the twin held against them."""
