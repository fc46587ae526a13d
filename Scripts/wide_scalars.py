#!/usr/bin/env python3
"""Prints Sources/Reporting/WideScalars.swift from the Unicode data that Python carries."""
import unicodedata

ranges = []
for code in range(0x110000):
    character = chr(code)
    if unicodedata.east_asian_width(character) not in "WF":
        continue
    is_plane_of_ideographs = 0x20000 <= code <= 0x3FFFD
    if unicodedata.category(character) in ("Mn", "Me") or (
        unicodedata.category(character) == "Cn" and not is_plane_of_ideographs
    ):
        continue
    start = ranges[-1] if ranges else None
    gap_is_empty = start and all(unicodedata.category(chr(c)) in ("Cn", "Mn") for c in range(start[1] + 1, code))
    if start and gap_is_empty:
        start[1] = code
    else:
        ranges.append([code, code])

print(f"// Printed by Scripts/wide_scalars.py from Unicode {unicodedata.unidata_version}; not edited by hand.\n")
print("/// Scalars that take two columns of a terminal: East Asian Width `W` and `F`, first and last of each run.")
print("let wideScalars: [(first: UInt32, last: UInt32)] = [")
line = " "
for first, last in ranges:
    item = f" (0x{first:X}, 0x{last:X}),"
    if len(line) + len(item) > 110:
        print(line)
        line = " "
    line += item
print(line)
print("]")
