"""The journey map as a document: the hypothesis a team writes, checks and draws."""
