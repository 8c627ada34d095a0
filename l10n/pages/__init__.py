"""Pages for reviewers: each article in both languages, side by side, with the state of every unit.

`page_job` makes a page in any process, `site` the index, the search page and the report. Law 5: an article,
a PO file and a file name are untrusted. Nothing of them runs in a page, and no page loads anything.
"""
