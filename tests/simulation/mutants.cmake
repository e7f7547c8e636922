# Broken cores that the simulation must notice: each is one source of the core with one text replaced. Nothing of it is
# in the core itself. What a mutant does wrong is its name; README.md tells how to add one.
set(simulation_mutants "")

# piste_add_mutant(NAME FILE FIND REPLACE): builds mutant_NAME from core/src/FILE, where FIND must stand exactly once.
function(piste_add_mutant name file find replace)
  set(source ${PROJECT_SOURCE_DIR}/core/src/${file})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} text)
  string(FIND "${text}" "${find}" first)
  string(FIND "${text}" "${find}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    # Goes on, so that all of them are named at once.
    message(SEND_ERROR "Mutant ${name}: its text must stand exactly once in core/src/${file}. "
      "Bring tests/simulation/mutants.cmake up to date with it:\n${find}")
    return()
  endif()
  string(REPLACE "${find}" "${replace}" text "${text}")
  get_filename_component(source_name ${file} NAME)
  set(mutated ${CMAKE_CURRENT_BINARY_DIR}/mutants/${name}/${source_name})
  # Written only when it differs, so that nothing is compiled in vain.
  file(CONFIGURE OUTPUT ${mutated}.new CONTENT "@text@" @ONLY NEWLINE_STYLE UNIX)
  configure_file(${mutated}.new ${mutated} COPYONLY)
  piste_add_simulation(mutant_${name} ${mutated})
  target_include_directories(mutant_${name} PRIVATE
    ${PROJECT_SOURCE_DIR}/core/src
    ${PROJECT_SOURCE_DIR}/core/include)
  # As the core; but what a mutant leaves unused is no mistake.
  target_compile_options(mutant_${name} PRIVATE -fno-exceptions -fno-rtti -w)
  set(simulation_mutants ${simulation_mutants} ${name} PARENT_SCOPE)
endfunction()

# ---------------------------------------------------------------- What an answer ends

piste_add_mutant(ends_by_count policy/outbox.cpp
[[  uint32_t count = 0;
  for (Row** at = &first_; *at != nullptr;) {
    if ((*at)->batch != batch) {]]
[[  uint32_t carried = 0;
  for (const Row* row = first_; row != nullptr; row = row->next) carried += row->batch == batch ? 1 : 0;
  uint32_t count = 0;
  for (Row** at = &first_; *at != nullptr;) {
    if (count == carried) {]])

piste_add_mutant(ends_the_newest_request engine/tracker_answers.cpp
  [[ledger_.deliver(outbox_.end(id, Status::ok, outcome));]]
  [[ledger_.deliver(outbox_.end(last_id_, Status::ok, outcome));]])

piste_add_mutant(takes_errors_for_delivery policy/retry.cpp
  [[if (outcome >= 200 && outcome < 300)]]
  [[if (outcome >= 200 && outcome < 600)]])

piste_add_mutant(ends_what_failed engine/tracker_answers.cpp
  [[  outbox_.release(id);
  // Requests]]
  [[  (void)outbox_.end(id, Status::ok, 0);
  // Requests]])

piste_add_mutant(sends_what_is_under_way engine/tracker_actions.cpp
  [[  if (!row.waits()) return false;]]
  [[]])

# ---------------------------------------------------------------- Poisonous events

piste_add_mutant(divides_without_end policy/bisection.cpp
  [[event_count > 1 && refusals_ < kMaxRefusals]]
  [[event_count > 1]])

piste_add_mutant(never_divides policy/bisection.cpp
  [[event_count > 1 && refusals_ < kMaxRefusals]]
  [[false]])

piste_add_mutant(does_not_get_smaller policy/bisection.cpp
  [[(event_count + 1) / 2]]
  [[event_count]])

piste_add_mutant(forgets_what_it_divided policy/outbox.cpp
  [[    if (row->company > company) row->company = company;]]
  [[]])

# ---------------------------------------------------------------- Retry

piste_add_mutant(no_jitter policy/retry.cpp
  [[interval_ms * fraction_of(now.entropy)]]
  [[interval_ms * (1 - 1e-9)]])

piste_add_mutant(no_backoff policy/retry.cpp
  [[interval_ms *= 2;]]
  [[break;]])

piste_add_mutant(never_waits policy/retry.cpp
  [[opens_at_ms_ = now.mono_ms + interval_ms * fraction_of(now.entropy);]]
  [[opens_at_ms_ = now.mono_ms;]])

piste_add_mutant(ignores_retry_after policy/retry.cpp
  [[  if (until_ms > obeyed_until_ms_) obeyed_until_ms_ = until_ms;]]
  [[]])

piste_add_mutant(obeys_for_ever policy/retry.cpp
  [[(retry_after_ms > kLongestRetryAfterMs ? kLongestRetryAfterMs : retry_after_ms)]]
  [[retry_after_ms]])

piste_add_mutant(hurries_past_retry_after policy/retry.cpp
  [[void Retry::hurry() { opens_at_ms_ = 0; }]]
  [[void Retry::hurry() { opens_at_ms_ = obeyed_until_ms_ = 0; }]])

piste_add_mutant(never_hurries policy/retry.cpp
  [[void Retry::hurry() { opens_at_ms_ = 0; }]]
  [[void Retry::hurry() {}]])

piste_add_mutant(probes_without_right engine/tracker_actions.cpp
  [[if (retry_.is_barred() || retry_.opens_at_ms() > now.mono_ms) return false;]]
  [[if (retry_.opens_at_ms() > now.mono_ms) return false;]])

piste_add_mutant(never_gives_the_probe_up engine/tracker_actions.cpp
  [[action_.kind = wants ? ActionKind::claim_probe : ActionKind::yield_probe;]]
  [[if (!wants) return false;
  action_.kind = ActionKind::claim_probe;]])

piste_add_mutant(sends_two_at_once engine/tracker_actions.cpp
  [[return in_flight_.count() == 0 &&]]
  [[return in_flight_.count() < 2 &&]])

# ---------------------------------------------------------------- Leaving

piste_add_mutant(leaves_over_budget engine/tracker_actions.cpp
  [[  if (exiting_ && limit_bytes > keepalive_left()) limit_bytes = keepalive_left();]]
  [[]])

piste_add_mutant(overlooks_others_keepalive engine/tracker_actions.cpp
  [[settings_.keepalive_taken_bytes() + in_flight_.keepalive_bytes()]]
  [[in_flight_.keepalive_bytes()]])

piste_add_mutant(leaves_with_what_is_stored engine/tracker_actions.cpp
  [[!(retry_.failures() > 0 && row.stored) && ]]
  [[]])

piste_add_mutant(leaves_with_the_oldest engine/tracker_actions.cpp
  [[return row.worth == worth && ]]
  [[return ]])

piste_add_mutant(trusts_in_what_ends_with_the_page engine/tracker.cpp
  [[      for (double id = 0; (id = in_flight_.remove_ordinary()) != 0;) outbox_.release(id);]]
  [[]])

piste_add_mutant(gives_up_what_goes_on engine/in_flight.cpp
  [[    if (requests_[i].keepalive_bytes > 0) continue;]]
  [[]])

piste_add_mutant(forgets_what_is_not_stored policy/outbox.cpp
  [[if (!(*at)->stored) {]]
  [[if (false) {]])

piste_add_mutant(keeps_what_is_anothers engine/tracker.cpp
  [[      ledger_.release(outbox_.forget_stored());]]
  [[]])

piste_add_mutant(counts_what_is_anothers engine/tracker.cpp
  [[      ledger_.release(outbox_.forget_stored());]]
  [[      (void)outbox_.forget_stored();]])

# ---------------------------------------------------------------- Storing

piste_add_mutant(takes_refusal_for_storing engine/tracker_answers.cpp
  [[  if (outcome != static_cast<int32_t>(Outcome::ok)) return Status::ok;]]
  [[]])

piste_add_mutant(never_lasting engine/tracker_actions.cpp
  [[retry_.failures() > 0 || (at_ms != 0 && at_ms <= now.mono_ms);]]
  [[false;]])

piste_add_mutant(lasting_only_by_time engine/tracker_actions.cpp
  [[retry_.failures() > 0 || (at_ms != 0]]
  [[(at_ms != 0]])

piste_add_mutant(loses_what_it_has_no_room_for engine/tracker.cpp
  [[PISTE_TRY(outbox_.insert(last_id_ + 1, row, head, true));]]
  [[(void)outbox_.insert(last_id_ + 1, row, head, true);]])

piste_add_mutant(stores_what_is_stored policy/outbox.cpp
  [[stored ? Keeping::page : asked_of(head),]]
  [[Keeping::none,]])

piste_add_mutant(takes_over_behind_its_own policy/outbox.cpp
  [[*at != nullptr && (*at)->taken_ms <= head.taken_ms;) at]]
  [[*at != nullptr;) at]])

piste_add_mutant(takes_over_as_if_new engine/tracker.cpp
  [[fleeting_since_ms_ = -kMaxAgeMs]]
  [[fleeting_since_ms_ = now.mono_ms]])

piste_add_mutant(never_expires engine/tracker.cpp
  [[clock_.read(now) - head.taken_ms > kMaxAgeMs]]
  [[false]])

# ---------------------------------------------------------------- Room

piste_add_mutant(leaks_what_it_evicts policy/outbox.cpp
  [[    end(victim, Status::evicted, 0);]]
  [[    (void)unlink(victim);]])

piste_add_mutant(does_not_get_room_back policy/outbox.cpp
  [[    end(at, why, outcome);
    ++count;]]
  [[    bytes_ += (*at)->size;
    end(at, why, outcome);
    ++count;]])

piste_add_mutant(does_not_count_evicted engine/tracker.cpp
  [[      ledger_.drop(Status::evicted);]]
  [[]])

piste_add_mutant(evicts_the_valuable policy/outbox.cpp
  [[      if (!(*at)->waits() || (*at)->priority >= least) continue;]]
  [[      if (!(*at)->waits()) continue;]])

piste_add_mutant(evicts_what_is_under_way policy/outbox.cpp
  [[      if (!(*at)->waits() || (*at)->priority >= least) continue;]]
  [[      if ((*at)->priority >= least) continue;]])

piste_add_mutant(has_no_end_of_room policy/outbox.cpp
  [[  if (row.size > kMaxOutboxBytes - bytes_) return Status::queue_full;]]
  [[]])

# ---------------------------------------------------------------- Consent

piste_add_mutant(spares_what_is_under_way policy/outbox.cpp
  [[    if (is_impersonal ? consent.refuses(row->purposes) : consent.denies(row->purposes)) {]]
  [[    if (row->waits() && (is_impersonal ? consent.refuses(row->purposes) : consent.denies(row->purposes))) {]])

piste_add_mutant(does_not_count_denied engine/tracker_consent.cpp
  [[  for (uint32_t left = outbox_.heed(consent_); left > 0; --left) ledger_.drop(Status::denied);]]
  [[  (void)outbox_.heed(consent_);]])

piste_add_mutant(holds_what_is_denied engine/tracker_held.cpp
  [[    const bool is_denied = consent_.denies(head.purposes) || treatment == Treatment::refuse;]]
  [[    const bool is_denied = false;]])

piste_add_mutant(forgets_what_is_held engine/tracker_held.cpp
  [[  held_.shorten(kept);
  if (kept > 0) return;]]
  [[  held_.shorten(0);]])

piste_add_mutant(stores_what_is_frozen policy/outbox.cpp
  [[  while (cursor != nullptr && (cursor->asked >= keeping || cursor->is_frozen())) cursor = cursor->next;]]
  [[  while (cursor != nullptr && cursor->asked >= keeping) cursor = cursor->next;]])

piste_add_mutant(never_stores_what_was_frozen policy/outbox.cpp
  [[  cursors_[static_cast<uint32_t>(Keeping::page)] = cursors_[static_cast<uint32_t>(Keeping::lasting)] = first_;
  return count;]]
  [[  return count;]])

piste_add_mutant(sends_what_is_frozen engine/tracker_actions.cpp
  [[  if (row.is_frozen()) return false;]]
  [[]])

piste_add_mutant(stores_what_shows_nobody policy/outbox.cpp
  [[return kHasFullConsent && head.is_impersonal ? Keeping::lasting : Keeping::none;]]
  [[return Keeping::none;]])

piste_add_mutant(takes_over_what_is_denied engine/tracker.cpp
  [[  if (status == Status::ok && !consent_.grants(head.purposes)) {]]
  [[  if (status == Status::ok && !consent_.grants(head.purposes) && !consent_.denies(head.purposes)) {]])

piste_add_mutant(overlooks_entities engine/tracker_consent.cpp
  [[    if (consent_.grants(guards)) purposes |= guards;]]
  [[]])

piste_add_mutant(overlooks_ids engine/tracker_consent.cpp
  [[ | (shows_visitor ? kUsualPurposes : 0);]]
  [[;]])

piste_add_mutant(gives_ids_without_consent engine/tracker_consent.cpp
  [[  session_.permit(consent_.grants(kUsualPurposes));]]
  [[]])

piste_add_mutant(leaves_ids_outside engine/tracker_consent.cpp
  [[  if (session_.has_identity()) session_.clear(false, false);]]
  [[]])

piste_add_mutant(claims_the_probe_for_nothing policy/outbox.cpp
  [[  while (row != nullptr && row->is_frozen()) row = row->next;]]
  [[]])

# ---------------------------------------------------------------- Others

piste_add_mutant(mixes_anonymity policy/batch.cpp
  [[!(kind == kind_) || ]]
  [[]])

piste_add_mutant(overfills_requests policy/batch.cpp
  [[ || with_comma > limit_bytes_]]
  [[]])

piste_add_mutant(follows_the_clock_back policy/device_clock.cpp
  [[  return last_ms_;]]
  [[  return now.wall_ms;]])

file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/mutants.txt CONTENT "$<JOIN:${simulation_mutants},\n>\n")
add_custom_target(simulation_mutants)
foreach(name ${simulation_mutants})
  add_dependencies(simulation_mutants mutant_${name})
endforeach()
