#define _GNU_SOURCE
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

void fail(const char *what) {
  fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
  exit(1);
}

void certificate_code(int64_t number, uint8_t code[CODE_OCTETS]) {
  uint64_t a = mixed((uint64_t)number), b = mixed(a);
  memcpy(code, &a, 8);
  memcpy(code + 8, &b, 2);
}

static int check_digits(int64_t number) { return 98 - (int)(number % 97 * 100 % 97); }

int number_text(int64_t number, char *text) {
  return sprintf(text, "%04lld-%06lld-%02d", (long long)(number / 1000000),
                 (long long)(number % 1000000), check_digits(number));
}

int code_text(const uint8_t *code, char *text) {
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  uint32_t bits = 0;
  int held = 0, written = 0, digits = 0;
  for (int i = 0; i < CODE_OCTETS; i++) {
    bits = (bits << 8 | code[i]) & 0xFFFF;
    for (held += 8; held >= 5;) {
      held -= 5;
      if (digits > 0 && digits % 4 == 0) text[written++] = '-';
      text[written++] = alphabet[bits >> held & 31];
      digits++;
    }
  }
  text[written] = 0;
  return written;
}

int person_text(int64_t id, char *text) {
  return sprintf(text, "P-%lld-%02d", (long long)id, check_digits(id));
}

int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

double processor_seconds(int pid) {
  if (pid == 0) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  }
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "r");
  if (!file) fail(path);
  size_t count = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[count] = 0;
  char *at = strrchr(text, ')');
  unsigned long user = 0, kernel = 0;
  if (!at || sscanf(at + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
    fail(path);
  return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

static int open_at(const char *address, int listens) {
  int fd;
  if (strncmp(address, "unix://", 7) == 0) {
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    strncpy(name.sun_path, address + 7, sizeof name.sun_path - 1);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listens) unlink(name.sun_path);
    if ((listens ? bind : connect)(fd, (struct sockaddr *)&name, sizeof name) != 0) return -1;
  } else {
    int port = atoi(strrchr(address, ':') + 1);
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (listens) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if ((listens ? bind : connect)(fd, (struct sockaddr *)&name, sizeof name) != 0) return -1;
  }
  if (listens && listen(fd, 4096) != 0) return -1;
  return fd;
}

int connect_to(const char *address) {
  int fd = open_at(address, 0);
  if (fd < 0) fail(address);
  return fd;
}

int listen_at(const char *address) {
  int fd = open_at(address, 1);
  if (fd < 0) fail(address);
  return fd;
}

void put32(uint8_t *at, uint32_t value) {
  value = htonl(value);
  memcpy(at, &value, 4);
}

uint32_t get32(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, 4);
  return ntohl(value);
}

size_t put_varint(uint8_t *at, uint64_t value) {
  size_t count = 0;
  for (; value >= 0x80; value >>= 7) at[count++] = (uint8_t)(value | 0x80);
  at[count++] = (uint8_t)value;
  return count;
}

static size_t put_field(uint8_t *at, uint8_t tag, const void *octets, size_t count) {
  size_t used = 0;
  at[used++] = tag;
  used += put_varint(at + used, count);
  memcpy(at + used, octets, count);
  return used + count;
}

static size_t put_pair(uint8_t *at, const char *key, const char *value) {
  uint8_t pair[512];
  size_t count = put_field(pair, 0x0A, key, strlen(key));
  count += put_field(pair + count, 0x12, value, strlen(value));
  return put_field(at, 0x2A, pair, count);
}

size_t request_frame(uint8_t *at, const char *service, const char *method, const uint8_t *payload,
                     size_t count, const char *token, const char *key) {
  size_t used = FRAME_HEADER;
  used += put_field(at + used, 0x0A, service, strlen(service));
  used += put_field(at + used, 0x12, method, strlen(method));
  used += put_field(at + used, 0x1A, payload, count);
  if (token) {
    char bearer[256];
    snprintf(bearer, sizeof bearer, "Bearer %s", token);
    used += put_pair(at + used, "authorization", bearer);
  }
  if (key) used += put_pair(at + used, "idempotency-key", key);
  put32(at, (uint32_t)(used - FRAME_HEADER));
  put32(at + 4, 0);
  at[8] = 1;
  at[9] = 0;
  return used;
}

const char *option(int argc, char **argv, const char *name, const char *fallback) {
  for (int i = 0; i + 1 < argc; i++)
    if (strncmp(argv[i], "--", 2) == 0 && strcmp(argv[i] + 2, name) == 0) return argv[i + 1];
  return fallback;
}

int64_t number_option(int argc, char **argv, const char *name, int64_t fallback) {
  const char *text = option(argc, argv, name, NULL);
  return text ? atoll(text) : fallback;
}
