/* A load: closed (each connection keeps `depth` calls running) or open (calls are due at a rate,
   whatever became of those before, and latency counts from when each was due). */
#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { RING = 8192, BUCKETS = 64 * 64 };

struct connection {
  int fd;
  uint32_t next; /* stream of the next request */
  uint32_t running;
  int64_t sent[RING]; /* when a stream's request was due, by its place in the ring */
  uint8_t in[1 << 18];
  size_t in_count;
  uint8_t *out;
  size_t out_count, out_sent, out_capacity;
};

enum call { VERIFY, ATTEST, LIST };

static enum call what;
static int64_t certificates, distinct, first;
static const char *token;
static uint64_t asked, seed, run_id;
static uint64_t histogram[BUCKETS];
static uint64_t answered, refused;
static int is_counting;

/* Buckets of 1/64 of a power of two: latencies are right to 1.6 %. */
static int bucket(int64_t ns) {
  if (ns < 64) return (int)ns;
  int power = 63 - __builtin_clzll((uint64_t)ns);
  return (power - 5) * 64 + (int)(ns >> (power - 6) & 63);
}

static double bucket_us(int at) {
  if (at < 64) return at / 1e3;
  int power = at / 64 + 5;
  return (double)((64LL + at % 64) << (power - 6)) / 1e3;
}

static double percentile(double share) {
  uint64_t total = 0, seen = 0;
  for (int i = 0; i < BUCKETS; i++) total += histogram[i];
  for (int i = 0; i < BUCKETS; i++) {
    seen += histogram[i];
    if (total > 0 && (double)seen >= share * (double)total) return bucket_us(i);
  }
  return 0;
}

static size_t verify_request(uint8_t *at) {
  uint64_t pick = mixed(seed + asked) % (uint64_t)distinct;
  int64_t number = certificate_number((int64_t)(mixed(pick) % (uint64_t)certificates));
  uint8_t code[CODE_OCTETS], payload[64];
  char text[32];
  certificate_code(number, code);
  size_t count = 0;
  payload[count++] = 0x0A;
  payload[count++] = 14;
  count += (size_t)number_text(number, (char *)payload + count);
  payload[count++] = 0x12;
  payload[count++] = 19;
  code_text(code, text);
  memcpy(payload + count, text, 19);
  return request_frame(at, "bitim.v1.CertificateService", "VerifyCertificate", payload, count + 19,
                       token, NULL);
}

/* One result: sessions S-1, S-2, ... have ten candidates each, whose ids `bench fill` gave out. */
static size_t attest_request(uint8_t *at) {
  int64_t candidate = first + (int64_t)asked;
  uint8_t payload[256], row[128];
  char session[32], person[32], key[64];
  int session_count = sprintf(session, "S-%lld", (long long)(candidate / 10 + 1));
  int person_count = person_text(1000 + candidate, person);
  size_t row_count = 0;
  row[row_count++] = 0x08;
  row[row_count++] = 2;
  row[row_count++] = 0x12;
  row[row_count++] = (uint8_t)person_count;
  memcpy(row + row_count, person, (size_t)person_count);
  row_count += (size_t)person_count;
  for (uint8_t component = 1; component <= 3; component++) {
    const uint8_t score[] = {0x1A, 4, 0x08, component, 0x10, (uint8_t)(70 + component)};
    memcpy(row + row_count, score, sizeof score);
    row_count += sizeof score;
  }
  size_t count = 0;
  payload[count++] = 0x0A;
  payload[count++] = (uint8_t)session_count;
  memcpy(payload + count, session, (size_t)session_count);
  count += (size_t)session_count;
  payload[count++] = 0x12;
  payload[count++] = (uint8_t)row_count;
  memcpy(payload + count, row, row_count);
  count += row_count;
  snprintf(key, sizeof key, "bench-%llx-%lld", (unsigned long long)run_id, (long long)candidate);
  return request_frame(at, "bitim.v1.AttestationService", "RecordResults", payload, count, token, key);
}

static size_t list_request(uint8_t *at) {
  /* A page of 500 certificates of some year. */
  const uint8_t payload[] = {0x10, 0xF4, 0x03};
  return request_frame(at, "bitim.v1.CertificateService", "ListCertificates", payload,
                       sizeof payload, token, NULL);
}

static void ask(struct connection *c, int64_t due) {
  if (c->out_capacity - c->out_count < 1024) {
    if (c->out_sent > 0) {
      memmove(c->out, c->out + c->out_sent, c->out_count - c->out_sent);
      c->out_count -= c->out_sent;
      c->out_sent = 0;
    }
    if (c->out_capacity - c->out_count < 1024) {
      c->out_capacity = c->out_capacity ? c->out_capacity * 2 : 1 << 16;
      c->out = realloc(c->out, c->out_capacity);
    }
  }
  uint8_t *at = c->out + c->out_count;
  size_t count = what == VERIFY ? verify_request(at) : what == ATTEST ? attest_request(at) : list_request(at);
  put32(at + 4, c->next);
  c->sent[c->next / 2 % RING] = due;
  c->out_count += count;
  c->next += 2;
  c->running++;
  asked++;
}

static void flush(struct connection *c) {
  while (c->out_sent < c->out_count) {
    ssize_t moved = send(c->fd, c->out + c->out_sent, c->out_count - c->out_sent, MSG_NOSIGNAL);
    if (moved < 0 && errno == EAGAIN) return;
    if (moved <= 0) fail("send");
    c->out_sent += (size_t)moved;
  }
  c->out_sent = c->out_count = 0;
}

/* Takes the answers that have come; returns how many. */
static int take(struct connection *c) {
  ssize_t moved = recv(c->fd, c->in + c->in_count, sizeof c->in - c->in_count, 0);
  if (moved < 0 && errno == EAGAIN) return 0;
  if (moved <= 0) {
    fprintf(stderr, "bench: the server closed a connection\n");
    exit(3);
  }
  c->in_count += (size_t)moved;
  size_t at = 0;
  int count = 0;
  int64_t now = now_ns();
  while (c->in_count - at >= FRAME_HEADER) {
    uint32_t length = get32(c->in + at);
    if (c->in_count - at - FRAME_HEADER < length) break;
    uint32_t stream = get32(c->in + at + 4);
    /* 0x12: there is a payload and no status before it. */
    int is_good = length > 0 && c->in[at + FRAME_HEADER] == 0x12;
    if (is_counting) {
      histogram[bucket(now - c->sent[stream / 2 % RING])]++;
      answered++;
      if (!is_good) refused++;
    }
    at += FRAME_HEADER + length;
    c->running--;
    count++;
  }
  memmove(c->in, c->in + at, c->in_count - at);
  c->in_count -= at;
  return count;
}

int load_main(int argc, char **argv) {
  const char *call = option(argc, argv, "call", "verify");
  what = strcmp(call, "attest") == 0 ? ATTEST : strcmp(call, "list") == 0 ? LIST : VERIFY;
  certificates = number_option(argc, argv, "certificates", 1000000);
  distinct = number_option(argc, argv, "distinct", 200000);
  first = number_option(argc, argv, "first", 0);
  token = option(argc, argv, "token", NULL);
  int64_t rate = number_option(argc, argv, "rate", 0);
  int count = (int)number_option(argc, argv, "connections", 8);
  int depth = (int)number_option(argc, argv, "depth", 1);
  double seconds = atof(option(argc, argv, "seconds", "3"));
  double warmup = atof(option(argc, argv, "warmup", "0.5"));
  int64_t most = number_option(argc, argv, "most", INT64_MAX);
  int server = (int)number_option(argc, argv, "server", 0);
  seed = (uint64_t)number_option(argc, argv, "seed", 1);
  run_id = mixed((uint64_t)now_ns());
  int poller = epoll_create1(EPOLL_CLOEXEC), timer = -1;
  struct connection *all = calloc((size_t)count, sizeof *all);
  for (int i = 0; i < count; i++) {
    struct connection *c = &all[i];
    c->fd = connect_to(option(argc, argv, "at", ""));
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    c->next = 1;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event);
  }
  if (rate > 0) {
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    struct itimerspec every = {{0, 200000}, {0, 200000}};
    timerfd_settime(timer, 0, &every, NULL);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, timer, &event);
  }
  int64_t start = now_ns(), counts_from = start + (int64_t)(warmup * 1e9);
  int64_t end = counts_from + (int64_t)(seconds * 1e9), due = start;
  double server_before = 0, own_before = 0;
  if (rate == 0)
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < depth; k++) ask(&all[i], start);
      flush(&all[i]);
    }
  int turn = 0;
  int64_t now = start;
  while (now < end && (int64_t)asked < most) {
    struct epoll_event events[256];
    int ready = epoll_wait(poller, events, 256, 100);
    now = now_ns();
    if (!is_counting && now >= counts_from) {
      is_counting = 1;
      counts_from = now;
      server_before = server ? processor_seconds(server) : 0;
      own_before = processor_seconds(0);
    }
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      if (!c) {
        uint64_t ticks;
        if (read(timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN) fail("timer");
        continue;
      }
      int got = take(c);
      if (rate == 0 && got > 0) {
        int64_t again = now_ns();
        for (int k = 0; k < got && (int64_t)asked < most; k++) ask(c, again);
        flush(c);
      } else if (c->out_count > 0) {
        flush(c);
      }
    }
    for (; rate > 0 && due <= now; due += 1000000000LL / rate) {
      struct connection *c = &all[turn++ % count];
      if (c->running >= RING - 1) fail("the server is so far behind that calls can't be told apart");
      ask(c, due);
    }
    if (rate > 0)
      for (int i = 0; i < count; i++)
        if (all[i].out_count > 0) flush(&all[i]);
  }
  double took = (double)(now_ns() - counts_from) / 1e9;
  double server_used = server ? processor_seconds(server) - server_before : 0;
  printf("{\"rate\":%.0f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"answered\":%llu,"
         "\"refused\":%llu,\"asked\":%llu,\"server_us\":%.3f,\"client_share\":%.2f}\n",
         (double)answered / took, percentile(0.5), percentile(0.99), percentile(0.999),
         (unsigned long long)answered, (unsigned long long)refused, (unsigned long long)asked,
         answered ? server_used * 1e6 / (double)answered : 0, (processor_seconds(0) - own_before) / took);
  /* What is running is finished, so that the next load finds a quiet server. */
  for (int i = 0; i < count; i++)
    while (all[i].running > 0) {
      struct epoll_event event;
      flush(&all[i]);
      if (epoll_wait(poller, &event, 1, 2000) == 0) break;
      if (event.data.ptr) take(event.data.ptr);
    }
  return 0;
}
