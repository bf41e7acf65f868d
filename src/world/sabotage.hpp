#pragma once
// Faults that can be compiled in, so that the simulation can show that it would catch them (tests/simulation). Off in
// every product build.
#ifndef AIDLEDGER_SABOTAGE
#define AIDLEDGER_SABOTAGE 0
#endif

namespace aidledger::world {

enum class Sabotage {
  none,
  answer_before_sync,
  answer_before_fold,
  refuse_while_in_doubt,
  key_after_record,
  position_outside_batch,
  global_action_id,
  ladder_counts_objected_grade,
  accept_unsigned,
  accept_revoked_key,
  decide_before_the_end,
  dedupe_in_a_cache,
  skip_identity_check,
};

inline constexpr bool sabotaged(Sabotage which) { return AIDLEDGER_SABOTAGE == static_cast<int>(which); }

}  // namespace aidledger::world
