"""Who does the work on the articles: this process, several, or a cluster; with the same result."""
