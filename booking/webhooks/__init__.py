"""The address where Wix tells us things."""
