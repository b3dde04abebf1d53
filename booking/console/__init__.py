"""The console: pages for the business and its staff, the only ones with accounts and cookies."""
