"""What is done with each article, and who does it: one process, several, or a cluster; with one result."""
