/*
 * The boundary between Concord and a plugin.
 *
 * A plugin is a shared library with one exported symbol, `concord_plugin_entry_v1`. It returns a constant description:
 * who the plugin is, which rules it has, what they read and state, and the functions to call. Concord loads it in a
 * process of its own, hands it one record (or fact, key, total) at a time, and takes its answers through the calls in
 * `concord_host`. See PLUGINS.md for the whole picture.
 *
 * What holds everywhere in this file
 *
 * Memory.    Nothing made on one side is freed on the other. What the host passes in lives until the function it was
 *            passed to returns, and not longer; keep nothing. What the plugin passes to a host call is copied before
 *            that call returns. What the plugin's description points to must live, unchanged, as long as the library.
 * Text.      `concord_bytes` with UTF-8, never ended by a zero. Where text is asked for and the bytes are not UTF-8, the
 *            item that holds it is dropped.
 * Places.    Byte offsets into one record's own text (`concord_record.bytes`), half open: `start` ≤ `end` ≤ its length.
 *            A place in a record whose text was not passed in must lie within one of the places of a fact of that record
 *            that was. Anything else is dropped.
 * Numbers.   Indices into the plugin's own tables (`concord_plugin_v1.fields`, `.kinds`, …) unless said otherwise.
 * Growth.    Structs that begin with `size` may grow at the end in later versions: fill `size` with `sizeof`, and look at
 *            a member only if it lies within the other side's `size`. All other structs are frozen.
 * Bad values are dropped and counted, never guessed at; the count is shown to the user once as a fault of the plugin.
 * Threads.   Calls on one instance never overlap, and all come from the thread that created it. A host may make several
 *            instances, in one process or in several.
 * Purity.    An answer depends on what was passed in, on the settings and context members declared, on vocabularies and
 *            on `as_of`. No clock, no files, no environment, nothing kept from earlier calls: results are remembered
 *            by content, and records come in any order.
 */
#ifndef CONCORD_PLUGIN_H
#define CONCORD_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The version of this boundary. */
#define CONCORD_ABI_VERSION 1u

/** No node, no field, no kind, no place: wherever an index may be left out. */
#define CONCORD_NONE UINT32_MAX

/* What the host takes at most; more is dropped and counted. */
#define CONCORD_MAX_FINDINGS 1000u     /* findings of one call */
#define CONCORD_MAX_FACTS 4096u        /* facts, amounts and claims of one call, each */
#define CONCORD_MAX_PLACES 8u          /* places of a fact; related places of a finding */
#define CONCORD_MAX_PAYLOAD 256u       /* bytes of a fact's payload */
#define CONCORD_MAX_ARGUMENTS 16u      /* arguments of a message */
#define CONCORD_MAX_FIXES 8u           /* fixes of a finding */
#define CONCORD_MAX_EDITS 256u         /* edits of a fix; of a call of `fix`, 4096 */
#define CONCORD_MAX_TEXT 65536u        /* bytes of any one text given to the host */
#define CONCORD_MAX_OFFERS 1000u       /* completions of one call */
#define CONCORD_MAX_TERMS 1000u        /* different texts looked up in vocabularies by one call */

/** A run of bytes. `start` may be null if `count` is 0. */
typedef struct concord_bytes {
  const uint8_t *start;
  size_t count;
} concord_bytes;

/** Indices into one of the plugin's tables. */
typedef struct concord_indices {
  const uint32_t *start;
  size_t count;
} concord_indices;

/* ---- A record ------------------------------------------------------------------------------------------------- */

/** `concord_node.kind`. */
enum {
  CONCORD_MISSING = 0, /**< no value where one belongs (`"a": ,`); the range is empty */
  CONCORD_NULL = 1,
  CONCORD_FALSE = 2,
  CONCORD_TRUE = 3,
  CONCORD_NUMBER = 4,
  CONCORD_STRING = 5,
  CONCORD_ARRAY = 6,
  CONCORD_OBJECT = 7
};

/** `concord_node.flags`, a set. */
enum {
  CONCORD_ESCAPED = 1,      /**< the string holds a backslash: read it with `concord_host.text` */
  CONCORD_KEY_ESCAPED = 2,  /**< the key holds a backslash: read it with `concord_host.key` */
  CONCORD_MALFORMED = 4,    /**< not well formed (`01`, `treu`, a string without its end); the bytes are as they stand */
  CONCORD_UNCLOSED = 8,     /**< a container whose closing bracket is missing */
  CONCORD_ELIDED = 16,      /**< a container whose children are records of their own; the text reads `[]` or `{}` */
  CONCORD_DUPLICATE_KEY = 32 /**< a member whose key stood earlier in the same object */
};

/**
 * One value. The nodes of a record are one array in document order; node 0 is the root and there is always one.
 * The first child of a container, if any, is the next node; the sibling of node `i` is node `subtree_end` of `i`,
 * as long as that is smaller than the parent's `subtree_end`.
 */
typedef struct concord_node {
  uint8_t kind;
  uint8_t flags;
  uint16_t reserved;
  uint32_t start;       /**< the value without surrounding space; quotes and brackets included */
  uint32_t end;
  uint32_t parent;      /**< index of the container; CONCORD_NONE at the root */
  uint32_t subtree_end; /**< index just past this node's subtree */
  uint32_t child_count; /**< members or elements; in an elided container, how many records stand there */
  uint32_t key_start;   /**< the member's key, quotes included; both 0 if this is not a member */
  uint32_t key_end;
} concord_node;

/** What a record is, as its format declares it. As a bit: `1u << role`. */
enum {
  CONCORD_ROLE_NONE = 0,
  CONCORD_ROLE_ASSET = 1,
  CONCORD_ROLE_REGION = 2,
  CONCORD_ROLE_ENTITY = 3,
  CONCORD_ROLE_LINK = 4,
  CONCORD_ROLE_EVENT = 5
};

/** `concord_field.geometry`: what the canonical numbers of a field are. */
enum {
  CONCORD_GEOMETRY_NONE = 0,
  CONCORD_GEOMETRY_BOX = 1,      /**< x, y of the top left corner, width, height; pixels */
  CONCORD_GEOMETRY_POLYGON = 2,  /**< x, y pairs; pixels */
  CONCORD_GEOMETRY_INTERVAL = 3, /**< start, end; seconds */
  CONCORD_GEOMETRY_POINT = 4,    /**< x, y */
  CONCORD_GEOMETRY_CUBOID = 5    /**< center x, y, z; length, width, height; meters; yaw, radians */
};

/** A value that has a part to play in the record (its label, its box, …), whatever the format calls it. */
typedef struct concord_field {
  uint32_t field;        /**< index into the plugin's `fields` */
  uint32_t node;         /**< index into the record's nodes */
  uint32_t number_start; /**< its canonical numbers in `concord_record.numbers` */
  uint32_t number_count; /**< 0 if the value is not of the form declared for it */
  uint8_t geometry;
  uint8_t reserved[3];
} concord_field;

/** One record: its text, its tree, and what its values are. */
typedef struct concord_record {
  size_t size;
  uint32_t index; /**< this call's number for the record, for use in places; in `check`, `fix`, … it is 0 */
  uint8_t role;
  uint8_t reserved[3];
  concord_bytes bytes; /**< the record's own text; may be anything, also not UTF-8 */
  const concord_node *nodes;
  size_t node_count; /**< at least 1 */
  const concord_field *fields; /**< in document order; only fields the plugin declares */
  size_t field_count;
  const double *numbers;
  size_t number_count;
  concord_bytes dialect; /**< id of the format, `vision/coco`; empty if not recognised */
  concord_bytes pattern; /**< where such records stand, the annotations of a file for example; empty for a whole document */
} concord_record;

/** A range of one of the call's records. */
typedef struct concord_place {
  uint32_t record; /**< `concord_record.index`, or the record of a place of a fact of this call */
  uint32_t start;
  uint32_t end;
} concord_place;

/* ---- Facts ---------------------------------------------------------------------------------------------------- */

/** What facts are joined on. Made by the host from text; compare both halves. */
typedef struct concord_key {
  uint64_t high;
  uint64_t low;
} concord_key;

/** `concord_extent.form`. */
enum {
  CONCORD_EXTENT_NONE = 0,
  CONCORD_EXTENT_INTERVAL = 1, /**< `min_x` … `max_x`; the other two are 0 */
  CONCORD_EXTENT_BOX = 2
};

/** Where a fact extends, in canonical units. Numbers that are not finite, or a minimum above its maximum: no extent. */
typedef struct concord_extent {
  uint32_t form;
  uint32_t reserved;
  double min_x, min_y, max_x, max_y;
} concord_extent;

/** A place with the plugin's own name for it, perhaps empty. */
typedef struct concord_named_place {
  concord_bytes name;
  concord_place place;
} concord_named_place;

/** A fact as the host passes it in. */
typedef struct concord_fact {
  uint32_t kind;   /**< index into the plugin's `kinds`; CONCORD_NONE for a definition */
  uint32_t record; /**< index of its record if that is among the records of this call, else CONCORD_NONE */
  concord_key key;
  const concord_named_place *places; /**< 1 to 8; the first is the main one */
  size_t place_count;
  concord_bytes payload; /**< as stated; for a definition, a JSON object with the members it exports */
  concord_extent extent;
  uint64_t order; /**< smaller stands earlier; only comparing facts of one call means anything */
} concord_fact;

/** What one look-up of the plugin (same index as in the flat list `concord_plugin_v1.lookups`) found. */
typedef struct concord_found {
  const concord_fact *facts; /**< in document order, at most 256 */
  size_t fact_count;
  size_t total; /**< how many there are in truth */
} concord_found;

/** One total of a key. */
typedef struct concord_total {
  uint32_t bin;
  uint32_t reserved;
  int64_t amount;
  const concord_place *places; /**< the first in document order, at most 8 */
  size_t place_count;
} concord_total;

/* ---- What a plugin declares ----------------------------------------------------------------------------------- */

/** `concord_rule.form`. */
enum {
  CONCORD_RECORD_RULE = 0,
  CONCORD_NEIGHBOR_RULE = 1,
  CONCORD_GROUP_RULE = 2,
  CONCORD_TALLY_RULE = 3
};

/** `concord_rule.severity`, and `concord_finding.severity` where 0 means the rule's own. */
enum {
  CONCORD_ERROR = 1,
  CONCORD_WARNING = 2,
  CONCORD_INFORMATION = 3,
  CONCORD_HINT = 4
};

/** `concord_rule.relation`: which facts of kind `among` and the same key a changed fact is shown with. */
enum {
  CONCORD_RELATION_NONE = 0,
  CONCORD_RELATION_NEXT = 1,        /**< the following one by `min_x` */
  CONCORD_RELATION_OVERLAPPING = 2, /**< extents that share more than an edge */
  CONCORD_RELATION_WITHIN = 3,      /**< extents that lie inside this one's */
  CONCORD_RELATION_OUTSIDE = 4      /**< the key's extents that lie wholly or partly outside this one's */
};

/** `concord_rule.flags`, a set. */
enum {
  CONCORD_SENSITIVE = 1,    /**< the values it reports are never printed */
  CONCORD_NEEDS_RECORDS = 2 /**< a group rule that wants the members' records, not their facts alone */
};

/** `concord_lookup.by`: where a look-up's key comes from. */
enum {
  CONCORD_LOOKUP_FIELD = 0,      /**< the text of each value of field `source` */
  CONCORD_LOOKUP_DEFINITION = 1, /**< the definition that field `source` refers to; `kind` is CONCORD_NONE */
  CONCORD_LOOKUP_CONTEXT = 2,    /**< the text of context member `source` */
  CONCORD_LOOKUP_CONSTANT = 3    /**< the empty key; `source` is CONCORD_NONE */
};

/** Facts that the host attaches to each record before `check`. Readers are remembered, also those that found nothing. */
typedef struct concord_lookup {
  uint32_t by;
  uint32_t kind;   /**< index into `kinds` */
  uint32_t source; /**< index into `fields` or `contexts` */
} concord_lookup;

/** A template: `{name}` is replaced by the argument of that name. In plain words: see DESIGN.md section 7. */
typedef struct concord_template {
  concord_bytes key; /**< empty for the rule's main message */
  concord_bytes text; /**< English */
} concord_template;

/** `concord_recipe.scope` at most, and `concord_fix.scope`. */
enum {
  CONCORD_SCOPE_RECORD = 0,
  CONCORD_SCOPE_KEY = 1,
  CONCORD_SCOPE_DOCUMENT = 2,
  CONCORD_SCOPE_DATASET = 3
};

/** Work over many records that a finding may offer; done by `fix` on request, record by record. */
typedef struct concord_recipe {
  concord_bytes name; /**< unique in the plugin */
  concord_bytes summary;
} concord_recipe;

/** A rule: its registration, its page and its test. */
typedef struct concord_rule {
  size_t size;
  concord_bytes id; /**< without the plugin: `gtin-check-digit`; lower-case letters, digits and hyphens */
  uint8_t form;
  uint8_t severity;
  uint8_t flags;
  uint8_t relation;       /**< of a neighbor rule */
  uint32_t kind;          /**< of a neighbor, group or tally rule: what it is called about; else CONCORD_NONE */
  uint32_t among;         /**< of a neighbor rule: the kind of those it relates to; CONCORD_NONE for the same kind */
  uint32_t limit;         /**< of a neighbor rule: at most so many related facts a call; 0 for the host's 256. Of a group rule: it
                             wants no more than so many facts of a key; 0 for the host's 4,096, more than which the host tells */
  uint32_t roles;         /**< bits of the roles it looks at; 0 for all records */
  concord_indices fields; /**< the host may leave out records that have none of them; none for all records */
  concord_indices contexts;
  concord_indices settings;
  concord_indices vocabularies;
  concord_indices lookups; /**< into `concord_plugin_v1.lookups` */
  concord_indices states;  /**< kinds of the facts and amounts it states */
  concord_indices recipes;
  concord_indices dialects; /**< formats it is for; none for all */
  concord_bytes summary; /**< one sentence: what must hold */
  concord_bytes why;     /**< what goes wrong otherwise */
  concord_bytes source;  /**< the standard or measurement behind it; may be empty */
  const concord_template *messages;
  size_t message_count;
  const concord_bytes *good; /**< texts that must be clean */
  size_t good_count;
  const concord_bytes *bad; /**< texts with the findings' places marked by U+27EA and U+27EB */
  size_t bad_count;
  const concord_bytes *silences; /**< ids of rules not shown in a document where this one has a finding */
  size_t silence_count;
  uint32_t fewest; /**< of a group rule: keys with fewer facts are left alone; 0 for none. Of a `size` that ends before it: 0 */
  uint32_t reserved;
} concord_rule;

/* ---- What a plugin answers ------------------------------------------------------------------------------------ */

typedef struct concord_argument {
  concord_bytes name;
  concord_bytes value;
} concord_argument;

/** A template's key with the values to put in. Rendered by the host, in the reader's language. */
typedef struct concord_message {
  concord_bytes key;
  const concord_argument *arguments;
  size_t argument_count;
} concord_message;

/** `concord_edit.action`. */
enum {
  CONCORD_REPLACE = 0,        /**< puts `value` where the value at `place` stands */
  CONCORD_REMOVE = 1,         /**< takes the member or element at `place` away; the whole record: the record */
  CONCORD_INSERT_MEMBER = 2,  /**< adds `key`: `value` to the object at `place`, behind member `after` or at its end */
  CONCORD_INSERT_ELEMENT = 3  /**< adds `value` to the array at `place`, before element `index` or at its end */
};

/** One structured edit. The host sees to commas and indentation. */
typedef struct concord_edit {
  uint32_t action;
  concord_place place;
  concord_bytes key;   /**< the member's key, unescaped, without quotes */
  concord_bytes value; /**< JSON text */
  concord_bytes after; /**< unescaped key; empty for the end */
  uint32_t index;      /**< CONCORD_NONE for the end */
  uint32_t reserved;
} concord_edit;

/** A way to make it right: edits, or a recipe if `recipe` is not CONCORD_NONE. */
typedef struct concord_fix {
  concord_message title;
  uint8_t is_certain; /**< 1: may be applied without asking */
  uint8_t scope;      /**< how far the recipe reaches */
  uint8_t reserved[2];
  uint32_t recipe; /**< index into the plugin's `recipes` */
  const concord_edit *edits;
  size_t edit_count;
  concord_bytes argument; /**< passed to `fix` */
} concord_fix;

typedef struct concord_related {
  concord_place place;
  concord_message message;
} concord_related;

typedef struct concord_finding {
  size_t size;
  uint32_t rule; /**< index into the plugin's `rules` */
  uint8_t severity;
  uint8_t has_fold; /**< 1: findings of this rule in a document with equal `fold` are shown as one */
  uint8_t reserved[2];
  concord_place place;
  concord_message message;
  const concord_related *related;
  size_t related_count;
  const concord_fix *fixes;
  size_t fix_count;
  concord_bytes fold;
} concord_finding;

/** A fact to state. */
typedef struct concord_statement {
  size_t size;
  uint32_t kind;    /**< one of the rule's `states` */
  uint8_t has_key;  /**< 1: `key`, as passed in with another fact; 0: `key_text` */
  uint8_t reserved[3];
  concord_key key;
  concord_bytes key_text;
  const concord_named_place *places; /**< 1 to 8 */
  size_t place_count;
  concord_bytes payload; /**< anything */
  concord_extent extent;
} concord_statement;

/** Numbers that stand for a record. Each is as good as a fact under it whose payload is its index, one byte; but one that no
 * other record has takes few bytes. For group rules that want two members at least. */
typedef struct concord_sketch {
  size_t size;
  uint32_t kind; /**< one of the rule's `states` */
  uint32_t reserved;
  const uint64_t *keys; /**< at most 64, well spread; they mean something in their own file only */
  size_t key_count;
  concord_place place;
} concord_sketch;

/** An amount to add under a key. Integers only: count, or scale to a fixed point. */
typedef struct concord_amount {
  size_t size;
  uint32_t kind;
  uint8_t has_key;
  uint8_t reserved[3];
  concord_key key;
  concord_bytes key_text;
  int64_t amount;
  uint32_t bin;
  concord_place place;
} concord_amount;

/** Who says what of whom. Texts that are not known are empty. */
typedef struct concord_claim {
  size_t size;
  concord_place place;
  const concord_bytes *subject; /**< its parts, 1 to 8 */
  size_t subject_count;
  concord_bytes property;
  concord_bytes value; /**< JSON text */
  concord_bytes modality;
  concord_bytes by;
  concord_bytes origin;
  concord_bytes pass;
  concord_bytes at;
  concord_bytes batch;
  concord_bytes language;
  concord_bytes team;
  double confidence; /**< 0 to 1; not a number if not known */
} concord_claim;

/** A term of a vocabulary, as looked up. Lives until the call that looked it up ends. */
typedef struct concord_term {
  size_t size;
  concord_bytes id;
  concord_bytes label;       /**< the preferred label */
  concord_bytes canonical;   /**< id of the term this one is a variant of or was replaced by; its own id if none */
  concord_bytes replaced_by; /**< id; empty if none */
  const concord_bytes *broader; /**< ids, all the way up, nearest first */
  size_t broader_count;
  uint8_t is_deprecated;
  uint8_t matched; /**< 1 by id, 2 by preferred label, 3 by another label */
  uint8_t reserved[6];
} concord_term;

typedef struct concord_completion {
  size_t size;
  concord_bytes label;
  concord_bytes value;  /**< JSON text that replaces the value at the cursor */
  concord_bytes detail;
} concord_completion;

/* ---- The host ------------------------------------------------------------------------------------------------- */

/**
 * The calls a plugin makes. Valid only during the call the struct was passed to. Calls that answer `int` give 1 if
 * the item was taken, 0 if it was dropped; a plugin need not look.
 */
typedef struct concord_host concord_host;
struct concord_host {
  size_t size;
  uint32_t abi_version;
  int32_t as_of; /**< today, in days since 1970-01-01; an input, not a clock */

  int (*report)(const concord_host *host, const concord_finding *finding);
  int (*state)(const concord_host *host, uint32_t rule, const concord_statement *statement);
  int (*tally)(const concord_host *host, uint32_t rule, const concord_amount *amount);
  int (*claim)(const concord_host *host, const concord_claim *claim);

  /** Answers of `fix`, `complete` and `hover`. Hover text is Markdown. */
  int (*edit)(const concord_host *host, const concord_edit *edit);
  int (*offer)(const concord_host *host, const concord_completion *completion);
  int (*show)(const concord_host *host, concord_bytes markdown);

  /** A string node's text, or a number's or literal's as it stands: unescaped, without quotes. Null start if `node` is
   * none. Half of a surrogate pair reads as U+FFFD; bytes that are not UTF-8 stay as they are. */
  concord_bytes (*text)(const concord_host *host, const concord_record *record, uint32_t node);
  /** The unescaped key of a member. Null start if it has none. */
  concord_bytes (*key)(const concord_host *host, const concord_record *record, uint32_t node);

  /** JSON text of a member of a record's ancestors (nearest first, at most 256 bytes); null start if absent. */
  concord_bytes (*context)(const concord_host *host, const concord_record *record, uint32_t context);
  /** JSON text of a setting; null start if it is not set. */
  concord_bytes (*setting)(const concord_host *host, uint32_t setting);
  /** Looks `text` up among ids and labels. 1 and fills `term` (set its `size` first) if found. */
  int (*term)(const concord_host *host, uint32_t vocabulary, concord_bytes text, concord_term *term);
  /** In `complete` and `hover` only: the facts of a key, at most 256. The host may have to be asked: it is not free. */
  concord_found (*members)(const concord_host *host, uint32_t kind, concord_bytes key_text);

  /** A mistake in the plugin itself, in plain words. Shown once. */
  void (*complain)(const concord_host *host, concord_bytes text);

  /** Whether anybody wants to hear of a rule now: 1 or 0. Null where all are wanted, and in hosts whose `size` ends before
   * it. A plugin may leave out the work of the others; `plugin test` tells by it what each rule costs. */
  int (*wants)(const concord_host *host, uint32_t rule);

  /** In `check` only, at most 16 times a call. Not in hosts whose `size` ends before it. */
  int (*sketch)(const concord_host *host, uint32_t rule, const concord_sketch *sketch);
};

/* ---- The plugin ----------------------------------------------------------------------------------------------- */

typedef struct concord_plugin_v1 {
  size_t size;
  uint32_t abi_version; /**< CONCORD_ABI_VERSION it was built with */
  uint32_t reserved;
  concord_bytes id;      /**< `retail-sku` */
  concord_bytes version; /**< semantic: `1.2.0` */

  /* The tables that indices refer to. Names are unique within a table. */
  const concord_bytes *fields; /**< names of `x-field`: `label`, `box` */
  size_t field_count;
  const concord_bytes *kinds; /**< kinds of facts read or stated: `vision/region`, `concord/region` */
  size_t kind_count;
  const concord_bytes *contexts; /**< members of enclosing records: `language` */
  size_t context_count;
  const concord_bytes *settings;
  size_t setting_count;
  const concord_bytes *vocabularies; /**< ids */
  size_t vocabulary_count;
  const concord_bytes *dialects; /**< ids */
  size_t dialect_count;
  const concord_lookup *lookups;
  size_t lookup_count;
  const concord_recipe *recipes;
  size_t recipe_count;
  const concord_rule *const *rules;
  size_t rule_count;

  void *data; /**< the plugin's own; handed to `create` */

  /** Makes an instance; null refuses to work. Any other pointer does, it is only handed back. */
  void *(*create)(void *data);
  void (*destroy)(void *instance);

  /** Required. `found` has one item for each of `lookups`. */
  void (*check)(void *instance, const concord_host *host, const concord_record *record, const concord_found *found);

  /* Optional: null if there is none. */

  /**
   * A changed fact with those of kind `among` it relates to, in document order. Runs all neighbor rules of this kind,
   * `among` (the same kind if they name none) and relation.
   */
  void (*relate)(void *instance, const concord_host *host, uint32_t relation, uint32_t among, const concord_fact *fact,
                 const concord_fact *related, size_t count);
  /**
   * All facts of a key in document order, at most 4096. Runs all group rules of this kind. `records` are the members'
   * records, each once and numbered from 0 in order, if one of those rules needs them.
   */
  void (*group)(void *instance, const concord_host *host, uint32_t kind, concord_key key, const concord_fact *facts,
                size_t count, const concord_record *const *records, size_t record_count);
  /** All totals of a key by bin; their records are numbered in document order. Runs all tally rules of this kind. */
  void (*totals)(void *instance, const concord_host *host, uint32_t kind, concord_key key, const concord_total *totals,
                 size_t count);
  /** One record of a recipe. Answer with `edit`; no edit leaves the record as it is. */
  void (*fix)(void *instance, const concord_host *host, const concord_record *record, uint32_t recipe,
              concord_bytes argument);
  /** What could stand at a node. Answer with `offer`, within 30 ms. */
  void (*complete)(void *instance, const concord_host *host, const concord_record *record, uint32_t node);
  /** What to say about a node. Answer with `show`, within 30 ms. */
  void (*hover)(void *instance, const concord_host *host, const concord_record *record, uint32_t node);
} concord_plugin_v1;

/** The one symbol a plugin exports. The result is constant and lives as long as the library; null refuses to work. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const concord_plugin_v1 *concord_plugin_entry_v1(void);

#ifdef __cplusplus
}
#endif

#endif
