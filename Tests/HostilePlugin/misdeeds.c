#define _GNU_SOURCE
#include "hostile.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static int is(const char *command, const char *name) { return strcmp(command, name) == 0; }

static concord_place whole(const concord_record *record) {
  return (concord_place){record->index, record->nodes[0].start, record->nodes[0].end};
}

/* ---- Ends and hangs ------------------------------------------------------------------------------------------- */

static volatile int one = 1, zero;
static volatile int sink;

static int overflow(volatile char *above) {
  volatile char frame[4096];
  frame[0] = above ? above[0] : 0;
  return overflow(frame) + frame[0];
}

static void lock_twice(void) {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  pthread_mutex_lock(&lock);
}

static void take_all_memory(void) {
  for (;;) {
    char *memory = malloc(16 << 20);
    if (!memory) abort();
    memset(memory, 1, 16 << 20);
  }
}

static void map_all_memory(void) {
  for (;;) {
    char *memory = mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) abort();
    memset(memory, 1, 64 << 20);
  }
}

static void *spin(void *argument) {
  for (;;) sink++;
  return argument;
}

static void *wait_forever(void *argument) {
  for (;;) pause();
  return argument;
}

static void leave_thread(void *(*body)(void *)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, body, NULL) == 0) pthread_detach(thread);
}

static void ignore(int signal) { (void)signal; }

/* Processor time, so that a busy machine does not make it longer. */
static void work(long milliseconds) {
  struct timespec start, now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  } while ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000 < milliseconds);
}

/* ---- The connection ------------------------------------------------------------------------------------------- */

static void put(const void *bytes, size_t count) {
  if (write(WORKER_SOCKET, bytes, count) < 0) sink++;
}

static void put_frame(uint8_t kind, uint32_t count, const void *body, size_t given) {
  uint8_t head[12] = {0x43, 0x4E, 0x43, 0x44, kind, 0, 0, 0};
  memcpy(head + 8, &count, 4);
  put(head, sizeof head);
  if (given) put(body, given);
}

static void put_noise(void) {
  uint8_t noise[64];
  memset(noise, 0xA5, sizeof noise);
  put(noise, sizeof noise);
}

/* The answer to a batch that nobody sent. */
static void forge_answer(void) {
  uint8_t body[16] = {0xFF, 0xFF, 0xFF, 0x7F};
  put_frame(17, sizeof body, body, sizeof body);
}

/* An answer of a million calls that are not there. */
static void forge_count(void) {
  uint8_t body[16] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0x0F, 0};
  put_frame(17, sizeof body, body, sizeof body);
}

/* Says that it goes on, without doing so. */
static void forge_progress(void) {
  volatile uint64_t *word = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_PROGRESS, 0);
  if (word == MAP_FAILED) abort();
  for (uint64_t count = *word;; count++) *word = count;
}

static void scribble(void) {
  uint64_t noise = 0xA5A5A5A5A5A5A5A5;
  if (pwrite(WORKER_PROGRESS, &noise, sizeof noise, 0) < 0 && write(WORKER_PROGRESS, &noise, sizeof noise) < 0) sink++;
  put_noise();
}

static void close_everything(void) {
  for (int descriptor = 0; descriptor < 64; descriptor++) close(descriptor);
}

/* ---- Answers -------------------------------------------------------------------------------------------------- */

static void state(const concord_host *host, concord_place place, concord_bytes key, size_t places, size_t payload) {
  concord_named_place named[16] = {{.place = place}};
  concord_statement fact = {
      .size = sizeof fact, .kind = KIND_FACT, .key_text = key, .places = named, .place_count = places,
      .payload = {(const uint8_t *)"payload", payload}};
  host->state(host, RULE_ATTEMPT, &fact);
}

static void answer_nonsense(const concord_host *host, const concord_record *record) {
  concord_place place = whole(record);
  const uint8_t broken[] = {'a', 0xFF, 0xC0, 'b'};
  report(host, place, RULE_ATTEMPT, (concord_bytes){broken, sizeof broken});
  report(host, place, 77, text_of("unknown rule"));
  report(host, (concord_place){0, 0, 4000000000u}, RULE_ATTEMPT, text_of("outside"));
  report(host, (concord_place){0, 9, 3}, RULE_ATTEMPT, text_of("inside out"));
  report(host, (concord_place){4000000000u, 0, 1}, RULE_ATTEMPT, text_of("another's"));
  report(host, place, RULE_ATTEMPT, (concord_bytes){(const uint8_t *)"x", (size_t)-1});
  state(host, place, text_of("k"), 0, 0);
  state(host, place, text_of("k"), 16, 0);
  state(host, place, text_of("k"), 1, 4096);
  concord_finding small = {.size = 4};
  host->report(host, &small);
  host->report(host, NULL);
  host->report(NULL, &small);
  host->text(host, record, 4000000000u);
  host->key(host, record, 4000000000u);
  host->context(host, record, 4000000000u);
  host->setting(host, 4000000000u);
  host->members(host, 4000000000u, text_of("k"));
}

/* Each alone, so that none hides another. */
static void report_outside(const concord_host *host) {
  report(host, (concord_place){0, 0, 4000000000u}, RULE_ATTEMPT, text_of("outside"));
  report(host, (concord_place){0, 4000000000u, 4000000001u}, RULE_ATTEMPT, text_of("far outside"));
  report(host, (concord_place){0, 9, 3}, RULE_ATTEMPT, text_of("inside out"));
  report(host, (concord_place){4000000000u, 0, 1}, RULE_ATTEMPT, text_of("another's"));
}

static void report_broken_text(const concord_host *host, const concord_record *record) {
  const uint8_t broken[] = {'a', 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0, 'b'};
  report(host, whole(record), RULE_ATTEMPT, (concord_bytes){broken, sizeof broken});
}

static void flood(const concord_host *host, const concord_record *record) {
  char text[32];
  for (int i = 0; i < 1000000; i++) {
    snprintf(text, sizeof text, "number %d", i);
    report(host, (concord_place){0, (uint32_t)(i % 10), 10}, RULE_ATTEMPT, text_of(text));
  }
}

static void flood_with_facts(const concord_host *host, const concord_record *record) {
  for (int i = 0; i < 1000000; i++) state(host, whole(record), text_of("k"), 1, 7);
}

/* As many and as large as is allowed: together far more than a frame may hold. */
static void flood_with_text(const concord_host *host, const concord_record *record) {
  static char text[65536];
  memset(text, 'x', sizeof text);
  for (int i = 0; i < 1000; i++) report(host, whole(record), RULE_ATTEMPT, (concord_bytes){(uint8_t *)text, sizeof text});
}

/* Memory that was lent for one call, kept for another. */
static const concord_record *kept;
static const concord_host *kept_host;
static void touch_kept(void) {
  if (!kept) return;
  for (size_t i = 0; i < kept->bytes.count && i < 64; i++) sink += kept->bytes.start[i];
  for (size_t i = 0; i < kept->node_count && i < 64; i++) sink += (int)kept->nodes[i].start;
  kept_host->text(kept_host, kept, 0);
}

/* An answer that depends on what was asked before. */
static void count_calls(const concord_host *host, const concord_record *record) {
  static int calls;
  char text[32];
  snprintf(text, sizeof text, "call %d", ++calls);
  report(host, whole(record), RULE_ATTEMPT, text_of(text));
}

int misbehave(const char *command, const concord_host *host, const concord_record *record) {
  if (is(command, "crash")) *(volatile int *)8 = 1;
  else if (is(command, "abort")) abort();
  else if (is(command, "trap")) __builtin_trap();
  else if (is(command, "divide")) sink = one / zero;
  else if (is(command, "exit")) exit(0);
  else if (is(command, "leave")) _exit(0);
  else if (is(command, "stop")) raise(SIGSTOP);
  else if (is(command, "loop")) for (;;) sink++;
  else if (is(command, "loop unstoppably")) {
    for (int number = 1; number < 65; number++) signal(number, ignore);
    for (;;) sink++;
  } else if (is(command, "sleep")) wait_forever(NULL);
  else if (is(command, "deadlock")) lock_twice();
  else if (is(command, "take all memory")) take_all_memory();
  else if (is(command, "map all memory")) map_all_memory();
  else if (is(command, "overflow")) sink = overflow(NULL);
  else if (is(command, "noise")) put_noise();
  else if (is(command, "forge answer")) forge_answer();
  else if (is(command, "forge count")) forge_count();
  else if (is(command, "forge huge frame")) put_frame(17, 0xFFFFFFFF, NULL, 0);
  else if (is(command, "cut frame short")) put_frame(17, 1 << 20, "abc", 3);
  else if (is(command, "forge progress")) forge_progress();
  else if (is(command, "scribble")) scribble();
  else if (is(command, "close everything")) close_everything();
  else if (is(command, "print")) { printf("this must not reach anybody\n"); fflush(stdout); write(1, "Content-Length: 2\r\n\r\n{}", 23) < 0 ? sink++ : 0; }
  else if (is(command, "nonsense")) answer_nonsense(host, record);
  else if (is(command, "outside")) report_outside(host);
  else if (is(command, "broken text")) report_broken_text(host, record);
  else if (is(command, "unknown rule")) report(host, whole(record), 4000000000u, text_of("unknown rule"));
  else if (is(command, "flood")) flood(host, record);
  else if (is(command, "flood with facts")) flood_with_facts(host, record);
  else if (is(command, "flood with text")) flood_with_text(host, record);
  else if (is(command, "keep")) { kept = record; kept_host = host; }
  else if (is(command, "touch kept")) touch_kept();
  else if (is(command, "leave thread spinning")) leave_thread(spin);
  else if (is(command, "leave thread waiting")) leave_thread(wait_forever);
  else if (is(command, "slow")) work(300);
  else if (is(command, "count calls")) count_calls(host, record);
  /* Whoever writes the word right is safe. */
  else if (strncmp(command, "frag", 4) == 0 && !is(command, "fragile")) *(volatile int *)8 = 1;
  else return 0;
  return 1;
}
