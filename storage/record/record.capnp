@0xaa6a912f6dff66ee;

# One stored event (docs/format.md). Framed as Cap'n Proto's standard stream framing with exactly one segment, never
# packed, so that `capnp decode storage/record/record.capnp Record` reads it and the program reads it in place.
# Numbers are never reused; a field is only ever added at the end.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("anjie::record_format");

struct Record {
  position @0 :UInt64;          # place in the whole log: 1, 2, 3 ...
  caseHigh @1 :UInt64;          # the 16 bytes of the case id, as two big-endian numbers
  caseLow @2 :UInt64;
  commandHigh @3 :UInt64;       # the 16 bytes of the command id, likewise
  commandLow @4 :UInt64;
  occurredAt @5 :Int64;         # microseconds since 1970-01-01T00:00Z
  recordedAt @6 :Int64;
  version @7 :UInt32;           # place in its case: 1, 2, 3 ...
  workflow @8 :UInt16;
  type @9 :UInt16;              # event type within the workflow
  schema @10 :UInt16;           # version of the payload's layout
  occurredDayOnly @11 :Bool;    # only the day of occurredAt is known
  actor @12 :Text;
  organisation @13 :Text;
  ruleVersion @14 :Text;
  payload @15 :Data;            # the workflow's own message; a multiple of 8 bytes, so it starts on an 8-byte boundary
  sealed @16 :Data;             # the personal part, encrypted (docs/format.md); absent when there is none
}
