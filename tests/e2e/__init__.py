"""The product as people meet it: a real browser against a real server with its worker."""
