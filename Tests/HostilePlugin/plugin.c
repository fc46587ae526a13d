#include "hostile.h"

#include <string.h>

#define TEXT(literal) {(const uint8_t *)(literal), sizeof(literal) - 1}
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define INDICES(array) {(array), COUNT(array)}

static const concord_bytes fields[] = {TEXT("command")};
static const concord_bytes kinds[] = {TEXT("hostile/fact")};
static const uint32_t first_index[] = {0};
static const concord_template messages[] = {{TEXT(""), TEXT("{what}")}};

static const concord_rule attempt_rule = {
    .size = sizeof(concord_rule), .id = TEXT("attempt"), .form = CONCORD_RECORD_RULE, .severity = CONCORD_INFORMATION,
    .kind = CONCORD_NONE, .among = CONCORD_NONE, .fields = INDICES(first_index), .states = INDICES(first_index),
    .summary = TEXT("Says what came of an attempt."), .why = TEXT("For tests."),
    .messages = messages, .message_count = COUNT(messages)};
static const concord_rule *const rules[] = {&attempt_rule};

concord_bytes text_of(const char *text) { return (concord_bytes){(const uint8_t *)text, strlen(text)}; }

void report(const concord_host *host, concord_place place, uint32_t rule, concord_bytes what) {
  concord_argument argument = {text_of("what"), what};
  concord_finding finding = {
      .size = sizeof finding, .rule = rule, .place = place, .message = {.arguments = &argument, .argument_count = 1}};
  host->report(host, &finding);
}

static void check(void *instance, const concord_host *host, const concord_record *record, const concord_found *found) {
  (void)instance;
  (void)found;
  char command[128] = {0};
  for (size_t i = 0; i < record->field_count; i++) {
    uint32_t node = record->fields[i].node;
    concord_place place = {record->index, record->nodes[node].start, record->nodes[node].end};
    concord_bytes text = host->text(host, record, node);
    memcpy(command, text.start, text.count < sizeof command ? text.count : sizeof command - 1);
    const char *outcome = attempt(command);
    if (outcome) {
      report(host, place, RULE_ATTEMPT, text_of(outcome));
    } else {
      misbehave(command, host, record);
      report(host, place, RULE_ATTEMPT, text_of(command));
    }
    return;
  }
}

static int instance;
static void *create(void *data) {
  (void)data;
  return &instance;
}
static void destroy(void *given) { (void)given; }

static const concord_plugin_v1 plugin = {
    .size = sizeof(concord_plugin_v1), .abi_version = CONCORD_ABI_VERSION, .id = TEXT("hostile"), .version = TEXT("1.0.0"),
    .fields = fields, .field_count = COUNT(fields), .kinds = kinds, .kind_count = COUNT(kinds), .rules = rules,
    .rule_count = COUNT(rules), .create = create, .destroy = destroy, .check = check};

const concord_plugin_v1 *concord_plugin_entry_v1(void) { return &plugin; }
