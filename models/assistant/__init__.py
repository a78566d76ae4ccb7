"""Parallax for assistants: a language model that talks about framing gets evidence that can be checked (MCP)."""
