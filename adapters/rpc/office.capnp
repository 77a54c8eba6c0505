@0xf020ff4d246c575e;

# An office over Cap'n Proto RPC (docs/rpc.md). Ordinals are part of the protocol: add fields and methods at the end,
# never change or reuse one.
#
# What never changes shape is typed: ids, versions, positions, times, money, references. Commands, the state of a case
# and figures are JSON texts, the very same as over HTTP: a workflow has some fifty commands that grow with the law, and
# a second description of each here would be one more place to forget. They are read once, at the edge.
#
# No exception says what a rule, a right or the world says: that is a `Trouble` in the answer. An exception means that
# the protocol itself was broken, or the connection.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("anjie::rpc::schema");

using Position = UInt64;  # Place of an event in the whole log: 1, 2, 3 ... 0: before the first.
using Version = UInt32;   # Place of an event in its case: 1, 2, 3 ... 0: the case does not exist yet.
using Json = Text;        # One JSON value.

struct Uuid {  # 16 bytes as two big-endian numbers.
  high @0 :UInt64;
  low @1 :UInt64;
}

struct Instant {
  microseconds @0 :Int64;  # Since 1970-01-01T00:00Z.
}

struct OccurredAt {
  microseconds @0 :Int64;
  dayOnly @1 :Bool;  # Only the day is known; then it is that day's first moment in China.
}

struct Day {
  days @0 :Int32;  # Since 1970-01-01, in China.
}

struct Money {
  fen @0 :Int64;
}

struct Words {  # The same sentence for both kinds of reader.
  zh @0 :Text;
  en @1 :Text;
}

struct Trouble {  # Why something came to nothing. Absent from an answer: it did not.
  kind @0 :Kind;
  code @1 :Text;       # Stable: "outside_organisation", "agreement_before_acceptance", "not_found".
  message @2 :Words;
  retryable @3 :Bool;  # The same again later may succeed.
  retryAfterSeconds @4 :UInt32;  # 0: nothing is said.
  rule @5 :Rule;       # Of a rejection, as all that follow.
  facts @6 :List(Version);  # The events of the case that it rests on.
  remedy @7 :Words;    # What would make the order acceptable.
  currentVersion @8 :Version;  # Of the case, with "stale_version".

  enum Kind {
    refusal @0;    # The rights say no.
    rejection @1;  # The rules of the workflow say no.
    clash @2;      # It met another order: stale_version, key_reused, key_in_progress.
    error @3;      # The world says no: not_found, conflict, unavailable, corrupt, invalid.
  }
}

struct Rule {
  id @0 :Text;      # "PML-29"
  mark @1 :Text;    # "C" read in the law, "S" secondary source, "M" local configuration and never law.
  title @2 :Words;
}

struct Credentials {
  union {
    token @0 :Text;  # Of a machine.
    person :group {
      name @1 :Text;
      password @2 :Text;
    }
  }
  program @3 :Text;  # What the client calls itself; for the journal.
  purpose @4 :Text;  # What for; stands in the journal beside every sealed text that is read.
}

enum Office {
  caseWorker @0;
  supervisor @1;
  auditor @2;
  feed @3;
}

struct Who {
  id @0 :Text;
  displayName @1 :Text;
  roles @2 :List(Text);
  organisations @3 :List(Text);
  offices @4 :List(Office);  # Those that are open to the rights of now.
}

# The bootstrap capability.
interface Gate {
  logIn @0 (credentials :Credentials)
      -> (trouble :Trouble, who :Who, caseWorker :CaseWorker, supervisor :Supervisor, auditor :Auditor, feed :Feed);
  # All four can be called at once, without waiting for this answer. One that the rights do not open, or all of them
  # when the credentials are wrong, answers every call with that trouble. Who asks is looked up again for every call,
  # so a revoked token or a changed role holds from the next call on.
}

# ---- reading

struct CaseQuery {
  organisation @0 :Text;  # With all below it. Empty, here and below: does not matter.
  type @1 :Text;
  phase @2 :Text;
  holder @3 :Text;
  openedFrom @4 :Day;
  openedTo @5 :Day;
  state @6 :State;
  words @7 :Text;   # Looks into sealed texts, so it is recorded.
  after @8 :Uuid;   # The cursor of the page before.
  limit @9 :UInt32;
  waitFor @10 :Position;  # Lists follow the log; this waits until they are so far, to read what oneself wrote.

  enum State {
    all @0;
    open @1;
    closed @2;
  }
}

struct DueDay {
  raw @0 :Int32;     # As computed: days since 1970-01-01.
  rolled @1 :Int32;  # The next worked day.
  provisional @2 :Bool;
}

struct Deadline {
  kind @0 :UInt16;  # The workflow's number.
  item @1 :UInt16;
  due @2 :DueDay;
}

struct CaseRow {
  id @0 :Uuid;
  workflow @1 :UInt16;
  version @2 :Version;
  number @3 :Text;
  organisation @4 :Text;
  type @5 :Text;
  phase @6 :Text;
  holder @7 :Text;
  opened @8 :Day;
  closed @9 :Day;
  amount @10 :Money;
  deadlines @11 :List(Deadline);
}

struct CaseRequest {
  reference @0 :Text;  # Number, id, or the first digits of an id.
  until @1 :Text;      # A version or a time; empty: now.
  sealed @2 :Bool;     # With personal text: needs the right, and is recorded before it is answered.
  diff @3 :Bool;       # Of a history: with what each event changed.
}

struct CaseAnswer {
  id @0 :Uuid;
  version @1 :Version;
  view @2 :Json;
}

struct DueQuery {
  within @0 :Text;  # "7d", "5wd", "1m"; empty: "7d".
  overdue @1 :Bool;
  organisation @2 :Text;
  holder @3 :Text;
  on @4 :Day;  # As seen on this day; absent: today.
  limit @5 :UInt32;
  waitFor @6 :Position;
}

struct DueRow {
  case @0 :CaseRow;
  deadline @1 :Deadline;
}

interface Reading {
  list @0 (query :CaseQuery) -> (trouble :Trouble, rows :List(CaseRow), next :Uuid);  # next absent: that was all.
  show @1 (request :CaseRequest) -> (trouble :Trouble, answer :CaseAnswer);
  history @2 (request :CaseRequest) -> (trouble :Trouble, answer :CaseAnswer);
  due @3 (query :DueQuery) -> (trouble :Trouble, today :Day, rows :List(DueRow));
}

# ---- writing

struct SealedText {  # Personal data or narrative, kept apart from what decides.
  subject @0 :UInt16;  # 0: the narrative; n: the party with that number.
  field @1 :UInt16;
  text @2 :Text;
}

struct Order {
  command @0 :Json;  # By its name and fields: {"command": "give_consent", "party": 2}
  sealed @1 :List(SealedText);
  occurredAt @2 :OccurredAt;  # Absent: now.
  organisation @3 :Text;      # On whose behalf; empty: the case's.
  expects @4 :Expects;
  key @5 :Text;  # The same order sent again has the same key and gets the same answer; empty: it is a new one.

  struct Expects {
    version @0 :Version;  # Refuse with conflict unless the case is at this version.
  }
}

struct Receipt {  # The events are durable.
  id @0 :Uuid;
  number @1 :Text;
  first @2 :Version;  # Versions of the events, both included; first > last: it yielded none.
  last @3 :Version;
  position @4 :Position;  # Of the last event.
  repeated @5 :Bool;      # Sent before: this is the first answer again.
}

# Orders of one connection are given to the log in the order in which they were sent, whichever capability they were
# sent to; the answers come in any order. Reads run beside them.
interface CaseWorker extends(Reading) {
  registerCase @0 (order :Order) -> (trouble :Trouble, receipt :Receipt, case :Case);
  # register_case. The case can be called at once; if the registration comes to nothing, so does every such call, with
  # the same trouble.
  submit @1 (reference :Text, order :Order) -> (trouble :Trouble, receipt :Receipt);
  actions @2 (reference :Text) -> (trouble :Trouble, version :Version, actions :Json);
  # What may be done next, and why not the rest.
  open @3 (reference :Text) -> (case :Case);
  # A case to be called again and again. Nothing is looked up: a wrong reference shows at the first call.
}

interface Case {
  submit @0 (order :Order) -> (trouble :Trouble, receipt :Receipt);
  show @1 (until :Text, sealed :Bool) -> (trouble :Trouble, answer :CaseAnswer);
  actions @2 () -> (trouble :Trouble, version :Version, actions :Json);
}

# ---- figures and approvals

struct ReportRequest {
  year @0 :UInt16;
  half @1 :UInt8;
  quarter @2 :UInt8;
  month @3 :UInt8;
  from @4 :Text;
  to @5 :Text;
  organisation @6 :Text;
  asOf @7 :Text;
  publicView @8 :Bool;
  waitFor @9 :Position;
}

struct FindingsRequest {
  from @0 :Day;
  to @1 :Day;
  organisation @2 :Text;
  kinds @3 :List(Text);
}

interface Figures {
  report @0 (request :ReportRequest) -> (trouble :Trouble, report :Json);
  findings @1 (request :FindingsRequest) -> (trouble :Trouble, findings :Json);
}

struct Approval {  # What one person alone may not do.
  id @0 :Text;
  kind @1 :Text;   # "erasure", "full_export"
  target @2 :Text;
  reason @3 :Text;
  state @4 :Text;  # "open", "approved", "refused", "carried_out", "failed", "expired"
  requestedBy @5 :Text;
  decidedBy @6 :Text;
  carriedOutBy @7 :Text;
  organisation @8 :Text;
  requested @9 :Instant;
  expires @10 :Instant;
}

interface Supervisor extends(CaseWorker, Figures) {
  approvals @0 () -> (trouble :Trouble, approvals :List(Approval));
  approve @1 (id :Text) -> (trouble :Trouble, approval :Approval);
  refuse @2 (id :Text) -> (trouble :Trouble, approval :Approval);
  requestErasure @3 (reference :Text, subjects :List(UInt16), reason :Text) -> (trouble :Trouble, approval :Approval);
  carryOutErasure @4 (id :Text) -> (trouble :Trouble, approval :Approval);
}

# ---- proofs

interface Auditor extends(Reading, Figures) {
  checkpoint @0 () -> (trouble :Trouble, note :Text, size :UInt64);
  logKeys @1 () -> (trouble :Trouble, keys :List(Text));  # As C2SP writes verifier keys.
  proveEvent @2 (position :Position) -> (trouble :Trouble, proof :Text);
  dossier @3 (reference :Text) -> (trouble :Trouble, zip :Data);
  tile @4 (path :Text) -> (trouble :Trouble, bytes :Data);
  entries @5 (path :Text) -> (trouble :Trouble, bytes :Data);
  # The records of a tile of level 0 as they are stored, each with its length before it.
}

# ---- the feed

struct FeedFilter {
  organisation @0 :Text;
  types @1 :List(Text);  # Names of events; empty: all.
}

struct FeedOptions {
  filter @0 :FeedFilter;
  json @1 :Bool;           # Each event as JSON too.
  withoutPayload @2 :Bool;
  batchEventsMax @3 :UInt32;   # 0, here and below: the server's own limit, which these can only lower.
  windowBytes @4 :UInt32;      # Pushed and not answered yet, at the most. Holds for the whole connection.
  heartbeatSeconds @5 :UInt32; # A batch without events at least so often.
}

struct FeedEvent {
  position @0 :Position;
  case @1 :Uuid;
  version @2 :Version;
  workflow @3 :UInt16;
  type @4 :UInt16;
  schema @5 :UInt16;
  occurredAt @6 :OccurredAt;
  recordedAt @7 :Instant;
  command @8 :Uuid;
  actor @9 :Text;
  organisation @10 :Text;
  ruleVersion @11 :Text;
  workflowName @12 :Text;
  name @13 :Text;        # "agreement_effective"
  caseNumber @14 :Text;
  payload @15 :Data;     # The stored bytes of the clear part (workflows/dispute/dispute.capnp).
  json @16 :Json;
}

struct FeedBatch {
  events @0 :List(FeedEvent);  # In log order. Empty: only to say that the feed is alive, or how far it has looked.
  next @1 :Position;  # Subscribe after this one to go on; what the filter or the rights left out is passed too.
  head @2 :Position;  # Of the whole log.
}

# What a subscriber gives: the batches are pushed to it.
interface FeedSink {
  push @0 (batch :FeedBatch) -> stream;
  # One at a time; the answer makes room for more. Who answers slowly only falls behind.
  ended @1 (trouble :Trouble, next :Position) -> ();
  # There will be no more: the rights have gone, or the office is closing. Subscribe after `next` to go on.
}

interface Feed {
  subscribe @0 (after :Position, options :FeedOptions, sink :FeedSink)
      -> (trouble :Trouble, subscription :Subscription);
  # From any position, again and again; after 0 is everything.
}

# Dropping it ends the pushing.
interface Subscription {
  status @0 () -> (next :Position, head :Position);
}
