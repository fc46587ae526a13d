#ifndef CONCORD_CJSONC_SHIM_H
#define CONCORD_CJSONC_SHIM_H

#include <json-c/json.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* What parsing one text gave. `error` is json_tokener_success or why there is no value. */
struct concord_json_result {
  json_object *value; /* owned by the caller; NULL is also the value `null` */
  enum json_tokener_error error;
  size_t offset; /* bytes read before the error */
};

static inline bool concord_json_is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Parses exactly one JSON text, strictly; only space may surround it. */
static inline struct concord_json_result concord_json_parse(const char *bytes, size_t count, int depth) {
  struct concord_json_result result = {NULL, json_tokener_error_size, 0};
  if (bytes == NULL) {
    bytes = "";
    count = 0;
  }
  if (count >= INT_MAX) {
    result.error = json_tokener_error_size;
    return result;
  }
  struct json_tokener *tokener = json_tokener_new_ex(depth);
  if (tokener == NULL) return result;
  json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS);
  json_object *value = json_tokener_parse_ex(tokener, bytes, (int)count);
  result.error = json_tokener_get_error(tokener);
  result.offset = json_tokener_get_parse_end(tokener);
  if (result.error == json_tokener_continue && result.offset == count) {
    /* A number at the very end is complete only once something follows it. */
    value = json_tokener_parse_ex(tokener, "", 1);
    result.error = json_tokener_get_error(tokener);
    result.offset = count;
  }
  json_tokener_free(tokener);
  if (result.error == json_tokener_success) {
    while (result.offset < count && concord_json_is_space(bytes[result.offset])) result.offset++;
    if (result.offset < count) result.error = json_tokener_error_parse_unexpected;
  }
  if (result.error == json_tokener_success) {
    result.value = value;
  } else if (value != NULL) {
    json_object_put(value);
  }
  return result;
}

/* An object's members in their order: an opaque entry, NULL after the last. */
static inline const void *concord_json_first(json_object *object) { return json_object_get_object(object)->head; }
static inline const void *concord_json_next(const void *entry) { return ((const struct lh_entry *)entry)->next; }
static inline const char *concord_json_key(const void *entry) {
  return (const char *)((const struct lh_entry *)entry)->k;
}
static inline json_object *concord_json_value(const void *entry) {
  return (json_object *)((const struct lh_entry *)entry)->v;
}

#endif
