"""The client and the sandbox, written apart from the same documentation, understand each other."""
