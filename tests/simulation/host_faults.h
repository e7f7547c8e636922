// Hosts that are broken on purpose: what the judge must notice of them is a test of the judge.
#ifndef TESTS_SIMULATION_HOST_FAULTS_H
#define TESTS_SIMULATION_HOST_FAULTS_H

#include <string_view>

namespace simulation {

enum class HostFault {
  none,
  adopts_the_living,        ///< Does not ask for the lock before it takes over rows.
  keeps_what_it_releases,   ///< Gives its rows up at pagehide without telling the tracker.
  erases_what_is_refused,   ///< Erases a row that found no room in the outbox.
  moves_before_it_is_safe,  ///< Erases the page's copy when it begins the lasting one.
  trusts_the_last_moment,   ///< At pagehide reports as stored what the lasting storage has not confirmed.
  never_erases,             ///< Leaves the copies of rows that have ended.
  probes_without_right,     ///< Grants the probe to everybody.
  fills_the_page_storage,   ///< Puts as much as there is into the page storage.
  forgets_the_lasting,      ///< Says that a row is lasting and does nothing.
  watches_nobody,           ///< Learns of the death of a page only when it looks for it.
  count
};

constexpr std::string_view kHostFaultNames[] = {"none",
                                                "adopts_the_living",
                                                "keeps_what_it_releases",
                                                "erases_what_is_refused",
                                                "moves_before_it_is_safe",
                                                "trusts_the_last_moment",
                                                "never_erases",
                                                "probes_without_right",
                                                "fills_the_page_storage",
                                                "forgets_the_lasting",
                                                "watches_nobody"};

}  // namespace simulation

#endif  // TESTS_SIMULATION_HOST_FAULTS_H
