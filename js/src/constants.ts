// The enumerations of piste.h, for TypeScript. tests/abi compares them with the header.

/** See PISTE_ABI_VERSION. */
export const ABI_VERSION = 1;
/** See PISTE_MAX_EVENT_BYTES. */
export const MAX_EVENT_BYTES = 500_000;

export const enum Key {
  TrackerVersion = 0,
  Namespace = 1,
  AppId = 2,
  Platform = 3,
  CookiesEnabled = 4,
  Charset = 5,
  Language = 6,
  Resolution = 7,
  ColorDepth = 8,
  Timezone = 9,
  Viewport = 10,
  DocumentSize = 11,
  UserId = 12,
  PageReferrer = 13,
  PageUrl = 14,
  PageTitle = 15,
  Collector = 16,
  PostPath = 17,
  Method = 18,
  Base64 = 19,
  Anonymous = 20,
  WebPage = 21,
  PingFirstMs = 22,
  PingEveryMs = 23,
  BatchBytes = 24,
  BatchWaitMs = 25,
  TimeoutMs = 26,
  KeepaliveTaken = 27,
  Count = 28,
}

export const enum EventKind {
  PageView = 0,
  Structured = 1,
  SelfDescribing = 2,
  PagePing = 3,
  Count = 4,
}

export const enum Signal {
  Flush = 0,
  Online = 1,
  Visible = 2,
  Leaving = 3,
  Close = 4,
  Gone = 5,
  ProbeGranted = 6,
  ProbeLost = 7,
  Away = 8,
}

export const enum Action {
  Idle = 0,
  Wait = 1,
  Store = 2,
  Erase = 3,
  Send = 4,
  ClaimProbe = 5,
  YieldProbe = 6,
}

export const enum Field {
  Id = 0,
  WaitMs = 1,
  Anonymous = 2,
  Keepalive = 3,
  TimeoutMs = 4,
  Url = 5,
  Body = 6,
  Row = 7,
  Stats = 8,
  Lasting = 9,
  Why = 10,
  Outcome = 11,
  Accepted = 12,
  Restored = 13,
  Delivered = 14,
  Rejected400 = 15,
  Rejected401 = 16,
  Rejected403 = 17,
  Rejected410 = 18,
  Rejected413 = 19,
  Rejected422 = 20,
  DroppedInvalid = 21,
  DroppedTooLarge = 22,
  DroppedUnserialisable = 23,
  DroppedQueueFull = 24,
  DroppedClosed = 25,
  DroppedUnreadable = 26,
  DroppedEvicted = 27,
  DroppedExpired = 28,
  DroppedNoMemory = 29,
  Pending = 30,
  Stored = 31,
  InFlight = 32,
  Failures = 33,
  RetryInMs = 34,
}

export const enum Outcome {
  Ok = 0,
  Failed = -1,
  Offline = -2,
}

export const enum Status {
  Ok = 0,
  InvalidArgument = 100,
  InvalidUtf8 = 101,
  InvalidValue = 102,
  MissingField = 103,
  InvalidNumber = 104,
  MalformedEvent = 105,
  TooLarge = 106,
  Unserialisable = 107,
  QueueFull = 200,
  Closed = 201,
  Rejected = 202,
  Evicted = 203,
  Expired = 204,
  NoMemory = 300,
  UnreadableRow = 301,
  Internal = 900,
}
