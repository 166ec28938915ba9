"""What the decoder `table` is made of: rows, cells, and what a mapping says of them."""
