"""Facts about a program; nothing here changes a tree."""
