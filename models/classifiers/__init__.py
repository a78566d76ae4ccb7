"""Small trained models over what lexicons and the reader found; plain arrays in JSON, each with its card."""
