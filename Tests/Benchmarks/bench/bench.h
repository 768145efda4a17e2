/* What the benchmark's parts share: frames, addresses, the certificates that `bench fill` made. */
#ifndef BENCH_H
#define BENCH_H
#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEADER = 10, CODE_OCTETS = 10 };

/* A number that looks random and is the same in every run. */
static inline uint64_t mixed(uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

/* The index-th certificate: a year holds 999,999, so millions go over several years. */
static inline int64_t certificate_number(int64_t index) {
  return (2000 + index / 999999) * 1000000 + index % 999999 + 1;
}
void certificate_code(int64_t number, uint8_t code[CODE_OCTETS]);
int number_text(int64_t number, char *text);  /* 2026-000417-29, 14 octets */
int code_text(const uint8_t *code, char *text); /* 7KQ2-M9XD-4TRA-0ZHC, 19 octets */
int person_text(int64_t id, char *text);        /* P-417-29 */

int64_t now_ns(void);
double processor_seconds(int pid); /* of a process, all threads; our own for 0 */
int connect_to(const char *address);
int listen_at(const char *address);
void put32(uint8_t *at, uint32_t value);
uint32_t get32(const uint8_t *at);
size_t put_varint(uint8_t *at, uint64_t value);
/* A whole request frame but for the stream, which the caller puts at offset 4. */
size_t request_frame(uint8_t *at, const char *service, const char *method, const uint8_t *payload,
                     size_t count, const char *token, const char *key);
void fail(const char *what);
/* The value behind --NAME, or fallback. */
const char *option(int argc, char **argv, const char *name, const char *fallback);
int64_t number_option(int argc, char **argv, const char *name, int64_t fallback);

int fill_main(int argc, char **argv);
int load_main(int argc, char **argv);
int echo_main(int argc, char **argv);
int verify_main(int argc, char **argv);
int lookups_main(int argc, char **argv);
int inserts_main(int argc, char **argv);
int idle_main(int argc, char **argv);
#endif
