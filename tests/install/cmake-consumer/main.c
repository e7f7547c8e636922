/* Links libpiste as a shared library, and prints what it says of itself. */
#include <piste/piste.h>
#include <stdio.h>

int main(void) {
  piste_tracker* tracker = piste_create();
  if (tracker == NULL) return 1;
  printf("abi %d, %.*s\n", (int)piste_abi_version(), (int)piste_text_size(tracker, PISTE_FIELD_STATS),
         piste_text(tracker, PISTE_FIELD_STATS));
  piste_destroy(tracker);
  return 0;
}
