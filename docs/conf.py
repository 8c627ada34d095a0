"""The documentation as a site (`make docs`). Nothing is loaded from the network, now or by a reader."""

project = "l10n"
html_title = "l10n"
language = "en"
extensions = ["myst_parser"]
myst_heading_anchors = 3
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # of CSV
exclude_patterns = ["ci"]
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
