"""Two small ERPs behind the port, unlike the façade in kind, so that the products to come will fit.

`three_call` makes an order by head, lines and confirm, under a temporary number (as Infor M3 does).
`two_hundred` answers 200 to everything and says `Success: false` inside (as Infor SyteLine does).
"""
