@0xb7d1f3a0c52e9846;

# Events of the screening workflow at rest. Ordinals are part of the format: add fields and events at the end, never
# change or reuse one. A union member's ordinal is its event type minus one.
# A code is the number of the enum named beside it (codes.hpp); a day counts from 1970-01-01.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("anjie::screening::schema");

struct Event {
  union {
    campaignOpened @0 :CampaignOpened;
    roundReported @1 :RoundReported;
    leadFound @2 :LeadFound;
    leadResolvedOnSpot @3 :LeadResolvedOnSpot;
    leadOpenedAsDispute @4 :LeadOpenedAsDispute;
    leadReferred @5 :LeadReferred;
    leadWatched @6 :LeadWatched;
    leadStruckOff @7 :LeadStruckOff;
    harmPrevented @8 :HarmPrevented;
    campaignClosed @9 :CampaignClosed;
    factCorrected @10 :FactCorrected;
    alarmRaised @11 :AlarmRaised;
  }
}

struct CampaignOpened {
  number @0 :Text;
  theme @1 :Text;
  area @2 :Text;
  from @3 :Int32;
  to @4 :Int32;
  organiser @5 :Text;
  kind @6 :UInt16;  # CampaignKind
}

struct RoundReported {
  round @0 :UInt16;
  unit @1 :Text;
  on @2 :Int32;
  nilReport @3 :Bool;
  peopleCount @4 :UInt32;
}

struct LeadFound {
  lead @0 :UInt16;
  round @1 :UInt16;
  risk @2 :UInt16;  # RiskLevel
  disputeType @3 :Text;
  peopleCount @4 :UInt32;
  place @5 :Text;
}

struct LeadResolvedOnSpot {
  lead @0 :UInt16;
}

struct LeadOpenedAsDispute {
  lead @0 :UInt16;
  dispute @1 :Text;
}

struct LeadReferred {
  lead @0 :UInt16;
  to @1 :Text;
}

struct LeadWatched {
  lead @0 :UInt16;
}

struct LeadStruckOff {
  lead @0 :UInt16;
  evidence @1 :UInt16;  # Evidence
}

struct HarmPrevented {
  kind @0 :UInt16;  # HarmKind
  caseCount @1 :UInt32;
  peopleCount @2 :UInt32;
}

struct CampaignClosed {
}

struct FactCorrected {
  corrects @0 :UInt32;
  reason @1 :UInt16;  # CorrectionReason
  caseCount @2 :UInt32;
  peopleCount @3 :UInt32;
}

struct AlarmRaised {
  kind @0 :UInt16;  # DeadlineKind
  item @1 :UInt16;
  level @2 :UInt16;  # AlarmLevel
  due @3 :Int64;  # microseconds since 1970-01-01T00:00Z
}
