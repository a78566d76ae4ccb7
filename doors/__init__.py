"""Doors to Parallax from other programs: a browser's extension, a newsroom's plugin, a prose linter's style."""
