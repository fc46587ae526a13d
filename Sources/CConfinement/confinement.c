#include "parts.h"

uint32_t cf_all_parts(void) { return CF_RIGHTS | CF_LIMITS | CF_MEMORY | CF_FILES | CF_CALLS; }

static void note(cf_outcome *outcome, uint32_t part, int result) {
  if (result == 0) {
    outcome->parts |= part;
  } else {
    outcome->error = -result;
  }
}

cf_outcome cf_confine(const cf_wishes *wishes) {
  cf_outcome outcome = {0};
  note(&outcome, CF_RIGHTS, cf_give_up_rights(wishes));
  note(&outcome, CF_LIMITS, cf_limit(wishes));
  note(&outcome, CF_FILES, cf_guard_files(wishes, &outcome.landlock_abi));
  note(&outcome, CF_MEMORY, cf_limit_memory(wishes));
  /* The last one: it forbids what the others are made with. */
  note(&outcome, CF_CALLS, cf_guard_calls(wishes));
  return outcome;
}
