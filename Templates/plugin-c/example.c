/*
 * A plugin in C that uses every part of the boundary: all four forms of rules, look-ups, fixes, a recipe, context,
 * settings, the date, vocabularies, claims, completion and hover. It keeps nothing between calls and allocates nothing.
 */
#include "concord_plugin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(literal) {(const uint8_t *)(literal), sizeof(literal) - 1}
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define INDICES(array) {(array), COUNT(array)}

/* ---- Tables --------------------------------------------------------------------------------------------------- */

enum { FIELD_LABEL, FIELD_INTERVAL, FIELD_ASSET, FIELD_DATE };
static const concord_bytes fields[] = {TEXT("label"), TEXT("interval"), TEXT("asset"), TEXT("date")};

enum { KIND_SEGMENT, KIND_LABEL, KIND_COUNT };
static const concord_bytes kinds[] = {TEXT("example-c/segment"), TEXT("example-c/label"), TEXT("example-c/count")};

enum { CONTEXT_LANGUAGE };
static const concord_bytes contexts[] = {TEXT("language")};

enum { SETTING_MAX_LENGTH };
static const concord_bytes settings[] = {TEXT("max-length")};

enum { VOCABULARY_LABELS };
static const concord_bytes vocabularies[] = {TEXT("labels")};

enum { LOOKUP_ASSET, LOOKUP_SAME_LABEL };
static const concord_lookup lookups[] = {
    {.by = CONCORD_LOOKUP_DEFINITION, .kind = CONCORD_NONE, .source = FIELD_ASSET},
    {.by = CONCORD_LOOKUP_FIELD, .kind = KIND_LABEL, .source = FIELD_LABEL},
};

enum { RECIPE_TRIM };
static const concord_recipe recipes[] = {{.name = TEXT("trim-labels"), .summary = TEXT("Takes spaces around labels away.")}};

static const uint32_t label_field[] = {FIELD_LABEL};
static const uint32_t segment_fields[] = {FIELD_INTERVAL, FIELD_ASSET};
static const uint32_t date_field[] = {FIELD_DATE};
static const uint32_t language_context[] = {CONTEXT_LANGUAGE};
static const uint32_t length_setting[] = {SETTING_MAX_LENGTH};
static const uint32_t labels_vocabulary[] = {VOCABULARY_LABELS};
static const uint32_t asset_lookup[] = {LOOKUP_ASSET};
static const uint32_t label_lookup[] = {LOOKUP_SAME_LABEL};
static const uint32_t segment_kind[] = {KIND_SEGMENT};
static const uint32_t label_kind[] = {KIND_LABEL};
static const uint32_t count_kind[] = {KIND_COUNT};
static const uint32_t trim_recipe[] = {RECIPE_TRIM};

/* ---- Rules ---------------------------------------------------------------------------------------------------- */

enum { RULE_SPACE, RULE_LENGTH, RULE_AFTER_END, RULE_FUTURE, RULE_RETIRED, RULE_OVERLAP, RULE_TWICE, RULE_ONE_SIDED };

static const concord_template space_messages[] = {
    {TEXT(""), TEXT("This label has a space too many at its start or end, so it counts as another label. Take it out.")},
    {TEXT("trim"), TEXT("Take the space out")},
    {TEXT("trim-all"), TEXT("Take such spaces out of the whole file")},
};
static const concord_bytes space_good[] = {TEXT("{\"label\": \"car\"}")};
static const concord_bytes space_bad[] = {TEXT("{\"label\": \xE2\x9F\xAA\" car\"\xE2\x9F\xAB}")};
static const concord_rule space_rule = {
    .size = sizeof(concord_rule), .id = TEXT("label-space"), .form = CONCORD_RECORD_RULE, .severity = CONCORD_WARNING,
    .kind = CONCORD_NONE, .among = CONCORD_NONE, .fields = INDICES(label_field), .recipes = INDICES(trim_recipe),
    .summary = TEXT("A label has no space at its start or end."),
    .why = TEXT("Programs take the two spellings for two labels."),
    .messages = space_messages, .message_count = COUNT(space_messages),
    .good = space_good, .good_count = COUNT(space_good), .bad = space_bad, .bad_count = COUNT(space_bad)};

static const concord_template length_messages[] = {
    {TEXT(""), TEXT("This label is {length} characters long; {most} is the most here ({language}). Shorten it.")}};
static const concord_rule length_rule = {
    .size = sizeof(concord_rule), .id = TEXT("label-too-long"), .form = CONCORD_RECORD_RULE, .severity = CONCORD_HINT,
    .kind = CONCORD_NONE, .among = CONCORD_NONE, .fields = INDICES(label_field), .contexts = INDICES(language_context),
    .settings = INDICES(length_setting), .summary = TEXT("A label is not longer than agreed."),
    .why = TEXT("Long labels are cut off on the labeling screen."),
    .messages = length_messages, .message_count = COUNT(length_messages)};

static const concord_template after_end_messages[] = {
    {TEXT(""), TEXT("This ends at {end} s, but the recording is {duration} s long. Correct the time.")},
    {TEXT("recording"), TEXT("The recording")}};
static const concord_rule after_end_rule = {
    .size = sizeof(concord_rule), .id = TEXT("segment-after-end"), .form = CONCORD_RECORD_RULE, .severity = CONCORD_ERROR,
    .kind = CONCORD_NONE, .among = CONCORD_NONE, .fields = INDICES(segment_fields), .lookups = INDICES(asset_lookup),
    .summary = TEXT("A segment ends before its recording does."), .why = TEXT("There is nothing to hear there."),
    .messages = after_end_messages, .message_count = COUNT(after_end_messages)};

static const concord_template future_messages[] = {
    {TEXT(""), TEXT("This date lies in the future. Check the day, month and year.")}};
static const concord_rule future_rule = {
    .size = sizeof(concord_rule), .id = TEXT("date-in-future"), .form = CONCORD_RECORD_RULE, .severity = CONCORD_WARNING,
    .kind = CONCORD_NONE, .among = CONCORD_NONE, .fields = INDICES(date_field),
    .summary = TEXT("Work is dated today or earlier."), .why = TEXT("A wrong date puts the work into the wrong delivery."),
    .messages = future_messages, .message_count = COUNT(future_messages)};

static const concord_template retired_messages[] = {
    {TEXT(""), TEXT("\"{label}\" is no longer used. Use \"{instead}\".")}, {TEXT("replace"), TEXT("Use \"{instead}\"")}};
static const concord_rule retired_rule = {
    .size = sizeof(concord_rule), .id = TEXT("label-retired"), .form = CONCORD_RECORD_RULE, .severity = CONCORD_WARNING,
    .kind = CONCORD_NONE, .among = CONCORD_NONE, .fields = INDICES(label_field), .vocabularies = INDICES(labels_vocabulary),
    .lookups = INDICES(label_lookup), .summary = TEXT("A label is in use."),
    .why = TEXT("Retired labels are not counted."),
    .messages = retired_messages, .message_count = COUNT(retired_messages)};

static const concord_template overlap_messages[] = {
    {TEXT(""), TEXT("This overlaps {count} other segment of the same recording. One of them has a wrong time.")},
    {TEXT("other"), TEXT("The other segment")}};
static const concord_rule overlap_rule = {
    .size = sizeof(concord_rule), .id = TEXT("segments-overlap"), .form = CONCORD_NEIGHBOR_RULE, .severity = CONCORD_ERROR,
    .relation = CONCORD_RELATION_OVERLAPPING, .kind = KIND_SEGMENT, .among = CONCORD_NONE, .fields = INDICES(segment_fields),
    .states = INDICES(segment_kind), .summary = TEXT("Segments of a recording do not overlap."),
    .why = TEXT("Speech in both is counted twice."),
    .messages = overlap_messages, .message_count = COUNT(overlap_messages)};

static const concord_template twice_messages[] = {
    {TEXT(""), TEXT("The same label stands here {count} times, in {bytes} characters of text. Keep one.")},
    {TEXT("first"), TEXT("The first one")}};
static const concord_rule twice_rule = {
    .size = sizeof(concord_rule), .id = TEXT("label-twice"), .form = CONCORD_GROUP_RULE, .severity = CONCORD_INFORMATION,
    .flags = CONCORD_NEEDS_RECORDS, .kind = KIND_LABEL, .among = CONCORD_NONE, .fields = INDICES(label_field),
    .states = INDICES(label_kind), .summary = TEXT("A label stands once."), .why = TEXT("Copies weigh double."),
    .messages = twice_messages, .message_count = COUNT(twice_messages)};

static const concord_template one_sided_messages[] = {
    {TEXT(""), TEXT("{share} % of the labels here are the same length. Check that they were not copied down the list.")}};
static const concord_bytes one_sided_silences[] = {TEXT("label-too-long")};
static const concord_rule one_sided_rule = {
    .size = sizeof(concord_rule), .id = TEXT("labels-alike"), .form = CONCORD_TALLY_RULE, .severity = CONCORD_INFORMATION,
    .flags = CONCORD_SENSITIVE, .kind = KIND_COUNT, .among = CONCORD_NONE, .fields = INDICES(label_field),
    .states = INDICES(count_kind), .summary = TEXT("Labels differ."), .why = TEXT("A list filled by copying tells nothing."),
    .messages = one_sided_messages, .message_count = COUNT(one_sided_messages),
    .silences = one_sided_silences, .silence_count = COUNT(one_sided_silences)};

static const concord_rule *const rules[] = {&space_rule,   &length_rule,  &after_end_rule, &future_rule,
                                            &retired_rule, &overlap_rule, &twice_rule,     &one_sided_rule};

/* ---- Reading -------------------------------------------------------------------------------------------------- */

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

static int is_space(uint8_t byte) { return byte == ' ' || byte == '\t'; }

static concord_bytes trimmed(concord_bytes text) {
  while (text.count && is_space(text.start[0])) text.start++, text.count--;
  while (text.count && is_space(text.start[text.count - 1])) text.count--;
  return text;
}

/* The number that follows `"name":` in a flat JSON object, or not a number. */
static double export_of(concord_bytes json, const char *name) {
  char key[64];
  int length = snprintf(key, sizeof key, "\"%s\":", name);
  for (size_t i = 0; i + (size_t)length < json.count; i++) {
    if (memcmp(json.start + i, key, (size_t)length) != 0) continue;
    char number[32] = {0};
    size_t rest = json.count - i - (size_t)length;
    memcpy(number, json.start + i + length, rest < sizeof number - 1 ? rest : sizeof number - 1);
    return strtod(number, NULL);
  }
  return NAN;
}

/* Days since 1970-01-01 of a `YYYY-MM-DD`, or INT32_MIN. */
static int32_t days_of(concord_bytes text) {
  char copy[11] = {0};
  int year, month, day;
  if (text.count < 10) return INT32_MIN;
  memcpy(copy, text.start, 10);
  if (sscanf(copy, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12) return INT32_MIN;
  year -= month <= 2;
  int era = (year >= 0 ? year : year - 399) / 400;
  int of_era = year - era * 400;
  int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* ---- Rules on one record -------------------------------------------------------------------------------------- */

static void report_space(const concord_host *host, const concord_record *record, uint32_t node, concord_bytes text) {
  concord_bytes inner = trimmed(text);
  if (inner.count == text.count || inner.count > 250) return;
  char json[256];
  int length = snprintf(json, sizeof json, "\"%.*s\"", (int)inner.count, (const char *)inner.start);
  concord_edit edit = {
      .action = CONCORD_REPLACE, .place = place_of(record, node), .value = {(uint8_t *)json, (size_t)length}, .index = CONCORD_NONE};
  concord_fix fixes[] = {
      {.title = {.key = text_of("trim")}, .is_certain = 1, .recipe = CONCORD_NONE, .edits = &edit, .edit_count = 1},
      {.title = {.key = text_of("trim-all")}, .recipe = RECIPE_TRIM, .scope = CONCORD_SCOPE_DOCUMENT, .argument = text_of("all")}};
  concord_finding finding = {
      .size = sizeof finding, .rule = RULE_SPACE, .place = place_of(record, node), .fixes = fixes, .fix_count = 2,
      .has_fold = 1, .fold = inner};
  /* An escaped text would have to be escaped again: leave the fix out. */
  if (record->nodes[node].flags & CONCORD_ESCAPED) finding.fix_count = 0;
  host->report(host, &finding);
}

static void report_length(const concord_host *host, const concord_record *record, uint32_t node, concord_bytes text) {
  concord_bytes setting = host->setting(host, SETTING_MAX_LENGTH);
  char number[16] = {0};
  if (!setting.start || setting.count >= sizeof number) return;
  memcpy(number, setting.start, setting.count);
  long most = strtol(number, NULL, 10);
  size_t characters = 0;
  for (size_t i = 0; i < text.count; i++) characters += (text.start[i] & 0xC0) != 0x80;
  if (most <= 0 || characters <= (size_t)most) return;
  char length[24];
  snprintf(length, sizeof length, "%zu", characters);
  concord_bytes language = host->context(host, record, CONTEXT_LANGUAGE);
  concord_argument arguments[] = {
      {text_of("length"), text_of(length)}, {text_of("most"), setting},
      {text_of("language"), language.start ? language : text_of("any language")}};
  concord_finding finding = {
      .size = sizeof finding, .rule = RULE_LENGTH, .place = place_of(record, node),
      .message = {.arguments = arguments, .argument_count = COUNT(arguments)}};
  host->report(host, &finding);
}

static void report_retired(const concord_host *host, const concord_record *record, uint32_t node, concord_bytes text) {
  concord_term term = {.size = sizeof term};
  if (!host->term(host, VOCABULARY_LABELS, text, &term) || !term.is_deprecated) return;
  concord_argument arguments[] = {{text_of("label"), text}, {text_of("instead"), term.replaced_by}};
  concord_finding finding = {
      .size = sizeof finding, .rule = RULE_RETIRED, .place = place_of(record, node),
      .message = {.arguments = arguments, .argument_count = COUNT(arguments)}};
  host->report(host, &finding);
}

static void check_label(const concord_host *host, const concord_record *record, const concord_found *found) {
  const concord_field *label = first(record, FIELD_LABEL);
  if (!label || record->nodes[label->node].kind != CONCORD_STRING) return;
  concord_bytes text = host->text(host, record, label->node);
  report_space(host, record, label->node, text);
  report_length(host, record, label->node, text);
  report_retired(host, record, label->node, text);

  concord_named_place place = {.place = place_of(record, label->node)};
  concord_statement fact = {
      .size = sizeof fact, .kind = KIND_LABEL, .key_text = text, .places = &place, .place_count = 1, .payload = text};
  if (text.count <= CONCORD_MAX_PAYLOAD) host->state(host, RULE_TWICE, &fact);

  concord_amount amount = {
      .size = sizeof amount, .kind = KIND_COUNT, .key_text = text_of("lengths"), .amount = 1,
      .bin = (uint32_t)(text.count < 64 ? text.count : 64), .place = place.place};
  host->tally(host, RULE_ONE_SIDED, &amount);

  char value[300];
  if (text.count > 250) return;
  snprintf(value, sizeof value, "\"%.*s\"", (int)text.count, (const char *)text.start);
  char others[24];
  snprintf(others, sizeof others, "%zu", found[LOOKUP_SAME_LABEL].total);
  concord_bytes subject[] = {text_of("label"), text_of(others)};
  concord_claim claim = {
      .size = sizeof claim, .place = place.place, .subject = subject, .subject_count = 2, .property = text_of("class"),
      .value = text_of(value), .modality = text_of("text"), .origin = text_of("human"), .confidence = 0.5};
  host->claim(host, &claim);
}

static void check_segment(const concord_host *host, const concord_record *record, const concord_found *found) {
  const concord_field *interval = first(record, FIELD_INTERVAL);
  const concord_field *asset = first(record, FIELD_ASSET);
  if (!interval || interval->number_count != 2 || !asset) return;
  double start = record->numbers[interval->number_start];
  double end = record->numbers[interval->number_start + 1];

  const concord_found *definition = &found[LOOKUP_ASSET];
  double duration = definition->fact_count ? export_of(definition->facts[0].payload, "duration") : NAN;
  if (end > duration) {
    char texts[2][32];
    snprintf(texts[0], sizeof texts[0], "%g", end);
    snprintf(texts[1], sizeof texts[1], "%g", duration);
    concord_argument arguments[] = {{text_of("end"), text_of(texts[0])}, {text_of("duration"), text_of(texts[1])}};
    concord_related related = {.place = definition->facts[0].places[0].place, .message = {.key = text_of("recording")}};
    concord_finding finding = {
        .size = sizeof finding, .rule = RULE_AFTER_END, .place = place_of(record, interval->node),
        .message = {.arguments = arguments, .argument_count = 2}, .related = &related, .related_count = 1};
    host->report(host, &finding);
  }

  concord_named_place places[] = {
      {.place = place_of(record, interval->node)}, {.name = text_of("asset"), .place = place_of(record, asset->node)}};
  concord_statement fact = {
      .size = sizeof fact, .kind = KIND_SEGMENT, .key_text = host->text(host, record, asset->node), .places = places,
      .place_count = 2, .extent = {.form = CONCORD_EXTENT_INTERVAL, .min_x = start, .max_x = end}};
  host->state(host, RULE_OVERLAP, &fact);
}

static void check_date(const concord_host *host, const concord_record *record) {
  const concord_field *date = first(record, FIELD_DATE);
  if (!date || record->nodes[date->node].kind != CONCORD_STRING) return;
  if (days_of(host->text(host, record, date->node)) <= host->as_of) return;
  concord_finding finding = {.size = sizeof finding, .rule = RULE_FUTURE, .place = place_of(record, date->node)};
  host->report(host, &finding);
}

static void check(void *instance, const concord_host *host, const concord_record *record, const concord_found *found) {
  (void)instance;
  check_label(host, record, found);
  check_segment(host, record, found);
  check_date(host, record);
}

/* ---- Rules on facts ------------------------------------------------------------------------------------------- */

static void relate(void *instance, const concord_host *host, uint32_t relation, uint32_t among, const concord_fact *fact,
                   const concord_fact *related, size_t count) {
  (void)instance;
  if (relation != CONCORD_RELATION_OVERLAPPING || among != KIND_SEGMENT || count == 0) return;
  /* Of two that overlap, the later one is marked. */
  if (fact->order < related[0].order) return;
  char text[24];
  snprintf(text, sizeof text, "%zu", count);
  concord_argument argument = {text_of("count"), text_of(text)};
  concord_related other = {.place = related[0].places[0].place, .message = {.key = text_of("other")}};
  concord_finding finding = {
      .size = sizeof finding, .rule = RULE_OVERLAP, .place = fact->places[0].place,
      .message = {.arguments = &argument, .argument_count = 1}, .related = &other, .related_count = 1};
  host->report(host, &finding);
}

static void group(void *instance, const concord_host *host, uint32_t kind, concord_key key, const concord_fact *facts,
                  size_t count, const concord_record *const *records, size_t record_count) {
  (void)instance;
  (void)key;
  if (kind != KIND_LABEL || count < 2) return;
  size_t bytes = 0;
  for (size_t i = 0; i < record_count; i++) bytes += records[i]->bytes.count;
  char texts[2][24];
  snprintf(texts[0], sizeof texts[0], "%zu", count);
  snprintf(texts[1], sizeof texts[1], "%zu", bytes);
  concord_argument arguments[] = {{text_of("count"), text_of(texts[0])}, {text_of("bytes"), text_of(texts[1])}};
  concord_related first = {.place = facts[0].places[0].place, .message = {.key = text_of("first")}};
  concord_finding finding = {
      .size = sizeof finding, .rule = RULE_TWICE, .place = facts[count - 1].places[0].place,
      .message = {.arguments = arguments, .argument_count = 2}, .related = &first, .related_count = 1};
  host->report(host, &finding);
}

static void totals(void *instance, const concord_host *host, uint32_t kind, concord_key key, const concord_total *totals,
                   size_t count) {
  (void)instance;
  (void)key;
  if (kind != KIND_COUNT) return;
  int64_t all = 0;
  const concord_total *most = NULL;
  for (size_t i = 0; i < count; i++) {
    all += totals[i].amount;
    if (!most || totals[i].amount > most->amount) most = &totals[i];
  }
  if (all < 4 || most->amount * 4 < all * 3 || most->place_count == 0) return;
  char text[24];
  snprintf(text, sizeof text, "%lld", (long long)(most->amount * 100 / all));
  concord_argument argument = {text_of("share"), text_of(text)};
  concord_finding finding = {
      .size = sizeof finding, .rule = RULE_ONE_SIDED, .severity = CONCORD_HINT, .place = most->places[0],
      .message = {.arguments = &argument, .argument_count = 1}};
  host->report(host, &finding);
}

/* ---- On request ----------------------------------------------------------------------------------------------- */

static void fix(void *instance, const concord_host *host, const concord_record *record, uint32_t recipe,
                concord_bytes argument) {
  (void)instance;
  const concord_field *label = first(record, FIELD_LABEL);
  if (recipe != RECIPE_TRIM || argument.count == 0 || !label) return;
  const concord_node *node = &record->nodes[label->node];
  if (node->kind != CONCORD_STRING || node->flags & CONCORD_ESCAPED) return;
  concord_bytes text = host->text(host, record, label->node);
  concord_bytes inner = trimmed(text);
  if (inner.count == text.count || inner.count > 250) return;
  char json[256];
  int length = snprintf(json, sizeof json, "\"%.*s\"", (int)inner.count, (const char *)inner.start);
  concord_edit edit = {
      .action = CONCORD_REPLACE, .place = place_of(record, label->node), .value = {(uint8_t *)json, (size_t)length}, .index = CONCORD_NONE};
  host->edit(host, &edit);
}

static void complete(void *instance, const concord_host *host, const concord_record *record, uint32_t node) {
  (void)instance;
  concord_bytes text = host->text(host, record, node);
  concord_found known = host->members(host, KIND_LABEL, text);
  for (size_t i = 0; i < known.fact_count; i++) {
    concord_bytes payload = known.facts[i].payload;
    char json[300];
    if (payload.count > 250) continue;
    int length = snprintf(json, sizeof json, "\"%.*s\"", (int)payload.count, (const char *)payload.start);
    concord_completion offer = {.size = sizeof offer, .label = payload, .value = {(uint8_t *)json, (size_t)length}};
    host->offer(host, &offer);
  }
}

static void hover(void *instance, const concord_host *host, const concord_record *record, uint32_t node) {
  (void)instance;
  concord_bytes key = host->key(host, record, node);
  if (!key.start) {
    host->complain(host, text_of("asked about a value without a name"));
    return;
  }
  char text[300];
  int length = snprintf(text, sizeof text, "**%.*s**", (int)(key.count < 200 ? key.count : 200), (const char *)key.start);
  host->show(host, (concord_bytes){(uint8_t *)text, (size_t)length});
}

/* ---- The plugin ----------------------------------------------------------------------------------------------- */

static int instance;
static void *create(void *data) {
  (void)data;
  return &instance;
}
static void destroy(void *given) { (void)given; }

static const concord_plugin_v1 plugin = {
    .size = sizeof(concord_plugin_v1), .abi_version = CONCORD_ABI_VERSION, .id = TEXT("example-c"), .version = TEXT("1.0.0"),
    .fields = fields, .field_count = COUNT(fields), .kinds = kinds, .kind_count = COUNT(kinds),
    .contexts = contexts, .context_count = COUNT(contexts), .settings = settings, .setting_count = COUNT(settings),
    .vocabularies = vocabularies, .vocabulary_count = COUNT(vocabularies), .lookups = lookups, .lookup_count = COUNT(lookups),
    .recipes = recipes, .recipe_count = COUNT(recipes), .rules = rules, .rule_count = COUNT(rules),
    .create = create, .destroy = destroy, .check = check, .relate = relate, .group = group, .totals = totals, .fix = fix,
    .complete = complete, .hover = hover};

const concord_plugin_v1 *concord_plugin_entry_v1(void) { return &plugin; }
