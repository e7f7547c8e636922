// The sentences for people behind status codes. Not part of the wasm.
#include "piste/piste.h"

const char* piste_status_message(piste_status status) {
  switch (status) {
    case PISTE_OK:
      return "Done.";
    case PISTE_INVALID_ARGUMENT:
      return "An argument is null, or not one of the values that it may have.";
    case PISTE_INVALID_UTF8:
      return "The text is not UTF-8.";
    case PISTE_INVALID_VALUE:
      return "The value is outside of what this option allows.";
    case PISTE_MISSING_FIELD:
      return "A required field of the event is empty.";
    case PISTE_INVALID_NUMBER:
      return "A field that must be a number is not one.";
    case PISTE_MALFORMED_EVENT:
      return "The event cannot be read, or its entities are no array.";
    case PISTE_TOO_LARGE:
      return "The event is too large.";
    case PISTE_UNSERIALISABLE:
      return "The data of the event cannot be written as JSON.";
    case PISTE_QUEUE_FULL:
      return "The outbox is full; the event was not taken.";
    case PISTE_CLOSED:
      return "The tracker is closed; the event was not taken.";
    case PISTE_REJECTED:
      return "The collector refused the events for good.";
    case PISTE_EVICTED:
      return "The outbox was full; the event made room for one of higher priority.";
    case PISTE_EXPIRED:
      return "The stored event is too old to be sent.";
    case PISTE_DENIED:
      return "The visitor does not want to be tracked; the event was not taken.";
    case PISTE_HELD:
      return "Nobody knows yet whether the visitor wants to be tracked; the event was not taken.";
    case PISTE_NO_MEMORY:
      return "Memory ran out.";
    case PISTE_UNREADABLE_ROW:
      return "A stored row is broken or of an unknown version.";
    case PISTE_INTERNAL:
      return "A mistake in Piste.";
  }
  return "An unknown status.";
}
