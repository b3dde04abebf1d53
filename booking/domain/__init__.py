"""The rules of booking: what a service, a slot, a hold and a booking are. Standard library only."""
