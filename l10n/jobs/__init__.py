"""The jobs for each article, and who runs them: one process, several, or a cluster, with the same result."""
