"""The Wix service module, tested alone: a stand-in takes the place of the network."""

import zoneinfo

# The pinned tzdata package, as the settings do it: a machine's own zone files may be older.
zoneinfo.reset_tzpath(to=[])
