// Links libpiste statically, and prints what it says of itself.
#include <piste/piste.h>

#include <iostream>
#include <memory>
#include <string_view>

int main() {
  const std::unique_ptr<piste_tracker, decltype(&piste_destroy)> tracker(piste_create(), &piste_destroy);
  if (tracker == nullptr) return 1;
  const std::string_view stats(piste_text(tracker.get(), PISTE_FIELD_STATS),
                               piste_text_size(tracker.get(), PISTE_FIELD_STATS));
  std::cout << "abi " << piste_abi_version() << ", " << stats << '\n';
}
