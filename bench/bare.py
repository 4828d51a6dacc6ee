"""The least a Flask page can be, on the same server: what every ratio divides by."""

from flask import Flask

app = Flask(__name__)
PAGE = "<!doctype html><html lang=en><title>Bare</title><h1>Bare</h1>" + "<p>text</p>" * 400


@app.get("/")
def page() -> str:
    """Answer a page of about 5 KB."""
    return PAGE


@app.post("/")
def sent() -> str:
    """Answer a form."""
    return PAGE
