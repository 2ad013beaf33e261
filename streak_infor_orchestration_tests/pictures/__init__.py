"""docs/deal.svg: which rooms one deal enters, drawn from what it really ran through."""
