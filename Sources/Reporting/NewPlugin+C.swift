/// What a plugin with a rule in C has besides.
extension NewPlugin {
  static let cPlugin = #"""
    /* A plugin with one rule: a note that begins with another number than the count. It keeps nothing between calls. */
    #include "concord_plugin.h"

    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>

    #define TEXT(literal) {(const uint8_t *)(literal), sizeof(literal) - 1}
    #define COUNT(array) (sizeof(array) / sizeof((array)[0]))

    /* What the plugin reads, by number. */
    enum { FIELD_NOTE, FIELD_COUNT };
    static const concord_bytes fields[] = {TEXT("note"), TEXT("quantity")};

    /* ---- The rule's page ---- */

    enum { RULE_NOTE };
    static const uint32_t note_fields[] = {FIELD_NOTE, FIELD_COUNT};
    static const concord_template note_messages[] = {
        {TEXT(""), TEXT("The note says {said}, the count says {count}. One of them is wrong: look at the picture again.")},
        {TEXT("use"), TEXT("Make the count {said}")}};
    static const concord_bytes note_good[] = {
        TEXT("{\"format\": \"NAME\", \"items\": [{\"id\": \"1\", \"picture\": \"1.jpg\", \"label\": \"cat\", \"count\": 2, \"note\": \"2 of them\"}]}")};
    static const concord_bytes note_bad[] = {
        TEXT("{\"format\": \"NAME\", \"items\": [{\"id\": \"1\", \"picture\": \"1.jpg\", \"label\": \"cat\", \"count\": 2, \"note\": ⟪\"3 of them\"⟫}]}")};
    static const concord_rule note_rule = {
        .size = sizeof(concord_rule), .id = TEXT("note-says-otherwise"), .form = CONCORD_RECORD_RULE,
        .severity = CONCORD_WARNING, .kind = CONCORD_NONE, .among = CONCORD_NONE, .fields = {note_fields, COUNT(note_fields)},
        .summary = TEXT("A note that begins with a number names the one in `count`."),
        .why = TEXT("Where the two differ one of them is wrong, and later nobody can tell which."),
        .messages = note_messages, .message_count = COUNT(note_messages), .good = note_good, .good_count = COUNT(note_good),
        .bad = note_bad, .bad_count = COUNT(note_bad)};
    static const concord_rule *const rules[] = {&note_rule};

    /* ---- The rule ---- */

    static concord_bytes text_of(const char *text) { return (concord_bytes){(const uint8_t *)text, strlen(text)}; }

    static const concord_field *first(const concord_record *record, uint32_t field) {
      for (size_t i = 0; i < record->field_count; i++) {
        if (record->fields[i].field == field) return &record->fields[i];
      }
      return NULL;
    }

    static concord_place place_of(const concord_record *record, uint32_t node) {
      return (concord_place){record->index, record->nodes[node].start, record->nodes[node].end};
    }

    /* The number that a text is, or that it begins with if a space follows; -1 if there is none. */
    static long number_of(concord_bytes text) {
      char digits[16] = {0};
      size_t count = 0;
      while (count < text.count && count < sizeof digits - 1 && text.start[count] >= '0' && text.start[count] <= '9') {
        digits[count] = (char)text.start[count];
        count++;
      }
      int is_word = count > 0 && (count == text.count || text.start[count] == ' ');
      return is_word ? strtol(digits, NULL, 10) : -1;
    }

    static void check(void *instance, const concord_host *host, const concord_record *record, const concord_found *found) {
      (void)instance;
      (void)found;
      const concord_field *note = first(record, FIELD_NOTE);
      const concord_field *count = first(record, FIELD_COUNT);
      if (!note || !count || record->nodes[note->node].kind != CONCORD_STRING) return;
      if (record->nodes[count->node].kind != CONCORD_NUMBER) return;
      const concord_node *node = &record->nodes[count->node];
      long said = number_of(host->text(host, record, note->node));
      long counted = number_of((concord_bytes){record->bytes.start + node->start, node->end - node->start});
      if (said < 0 || counted < 0 || said == counted) return;
      char texts[2][24];
      snprintf(texts[0], sizeof texts[0], "%ld", said);
      snprintf(texts[1], sizeof texts[1], "%ld", counted);
      concord_argument arguments[] = {{text_of("said"), text_of(texts[0])}, {text_of("count"), text_of(texts[1])}};
      concord_edit edit = {
          .action = CONCORD_REPLACE, .place = place_of(record, count->node), .value = text_of(texts[0]), .index = CONCORD_NONE};
      concord_fix use = {
          .title = {.key = text_of("use"), .arguments = arguments, .argument_count = 1}, .edits = &edit, .edit_count = 1,
          .recipe = CONCORD_NONE};
      concord_finding finding = {
          .size = sizeof finding, .rule = RULE_NOTE, .place = place_of(record, note->node),
          .message = {.arguments = arguments, .argument_count = COUNT(arguments)}, .fixes = &use, .fix_count = 1};
      host->report(host, &finding);
    }

    /* ---- The plugin ---- */

    static int instance;
    static void *create(void *data) {
      (void)data;
      return &instance;
    }
    static void destroy(void *given) { (void)given; }

    static const concord_plugin_v1 plugin = {
        .size = sizeof(concord_plugin_v1), .abi_version = CONCORD_ABI_VERSION, .id = TEXT("NAME"), .version = TEXT("0.1.0"),
        .fields = fields, .field_count = COUNT(fields), .rules = rules, .rule_count = COUNT(rules),
        .create = create, .destroy = destroy, .check = check};

    const concord_plugin_v1 *concord_plugin_entry_v1(void) { return &plugin; }

    """#

  static let cBuild = #"""
    #!/bin/sh
    # Builds the plugin's code, puts it beside plugin.json, and has it say which rules it holds.
    set -eu
    cd "$(dirname "$0")"
    concord=${CONCORD:-concord}
    command -v "$concord" >/dev/null || concord='PROGRAM'
    headers=${CONCORD_INCLUDE:-'HEADERFOLDER'}

    ${CC:-cc} -std=c11 -O2 -Wall -Wextra -fPIC -shared -fvisibility=hidden -Wl,-z,defs -I "$headers" plugin.c -o libLIBRARY.so.new
    mv libLIBRARY.so.new libLIBRARY.so
    "$concord" plugin describe .

    """#
}
