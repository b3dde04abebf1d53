"""Names for the identifiers that cross the system, so that one cannot pass for another."""

from typing import NewType

ServiceId = NewType("ServiceId", str)
StaffId = NewType("StaffId", str)
"""A staff member's *resource* id: the one that slots, services and bookings use at Wix."""
LocationId = NewType("LocationId", str)
ScheduleId = NewType("ScheduleId", str)
EventId = NewType("EventId", str)
"""One session of a class. Opaque, 36 to 250 characters, no GUID."""
WixBookingId = NewType("WixBookingId", str)
ResourceId = NewType("ResourceId", str)
"""Anything that must be free for a service; a staff member's is a ``StaffId``."""
ResourceTypeId = NewType("ResourceTypeId", str)
CategoryId = NewType("CategoryId", str)
PolicyId = NewType("PolicyId", str)
AddOnId = NewType("AddOnId", str)
AddOnGroupId = NewType("AddOnGroupId", str)
FormId = NewType("FormId", str)
FormSubmissionId = NewType("FormSubmissionId", str)
CheckoutId = NewType("CheckoutId", str)
"""A cart's or a checkout's id at Wix: whichever of the two the site uses."""
OrderId = NewType("OrderId", str)
PaymentId = NewType("PaymentId", str)
PaymentRequestId = NewType("PaymentRequestId", str)
PlanId = NewType("PlanId", str)
PlanOrderId = NewType("PlanOrderId", str)
"""One member's purchase of a plan: what pays for a booking."""
MemberId = NewType("MemberId", str)
