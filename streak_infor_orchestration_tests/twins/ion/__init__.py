"""The ION API Gateway as literal exchanges (contract, section A), and the twin held against them."""
