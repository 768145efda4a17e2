/* Two servers that show what the machine can do: `echo` answers our frames and does nothing,
   `verify` does one SQLite lookup, in a transaction of its own, for each request. */
#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { INPUT = 1 << 16, OUTPUT = 1 << 21 };

struct peer {
  int fd;
  size_t count;
  uint8_t in[INPUT];
};

static uint8_t output[OUTPUT];
static sqlite3_stmt *find;
static uint8_t echoed[4096];
static size_t echoed_count;

/* Reads a length-delimited field's place; the frames are those of `bench load`. */
static const uint8_t *field(const uint8_t *at, const uint8_t *end, uint8_t wanted, size_t *count) {
  while (at < end) {
    uint8_t tag = *at++;
    uint64_t value = 0;
    for (int shift = 0; at < end; shift += 7) {
      uint8_t octet = *at++;
      value |= (uint64_t)(octet & 0x7F) << shift;
      if (octet < 0x80) break;
    }
    if ((tag & 7) == 2) {
      if (value > (uint64_t)(end - at)) return NULL;
      if (tag == wanted) {
        *count = (size_t)value;
        return at;
      }
      at += value;
    }
  }
  return NULL;
}

static int code_digit(uint8_t c) {
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const char *found = c ? strchr(alphabet, c) : NULL;
  return found ? (int)(found - alphabet) : -1;
}

/* The answer to a request's payload, behind the frame's header; returns its length. */
static size_t answer(const uint8_t *data, size_t length, uint8_t *at) {
  if (!find) {
    memcpy(at, echoed, echoed_count);
    return echoed_count;
  }
  size_t payload_count, number_count, code_count;
  const uint8_t *payload = field(data, data + length, 0x1A, &payload_count);
  if (!payload) return 0;
  const uint8_t *number_at = field(payload, payload + payload_count, 0x0A, &number_count);
  const uint8_t *code_at = field(payload, payload + payload_count, 0x12, &code_count);
  if (!number_at || !code_at) return 0;
  int64_t number = 0;
  for (size_t i = 0; i < number_count; i++)
    if (number_at[i] != '-') number = number * 10 + (number_at[i] - '0');
  if (98 - number / 100 % 97 * 100 % 97 != number % 100) return 0;
  uint8_t code[CODE_OCTETS] = {0};
  uint32_t bits = 0;
  int held = 0, written = 0;
  for (size_t i = 0; i < code_count && written < CODE_OCTETS; i++) {
    if (code_at[i] == '-') continue;
    bits = (bits << 5 | (uint32_t)code_digit(code_at[i])) & 0xFFFF;
    held += 5;
    if (held >= 8) {
      held -= 8;
      code[written++] = (uint8_t)(bits >> held);
    }
  }
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  sqlite3_bind_int64(find, 1, number / 100);
  size_t used = 0;
  if (sqlite3_step(find) == SQLITE_ROW && memcmp(sqlite3_column_blob(find, 0), code, CODE_OCTETS) == 0) {
    size_t count = (size_t)sqlite3_column_bytes(find, 4);
    uint8_t message[64] = {0x08, 1, 0x12, 2, 0x08, 1, 0x1A, 0, 0x08};
    size_t head = 9;
    head += put_varint(message + head, (uint64_t)now.tv_sec);
    message[head++] = 0x10;
    head += put_varint(message + head, (uint64_t)now.tv_nsec);
    message[7] = (uint8_t)(head - 8);
    message[head++] = 0x22;
    head += put_varint(message + head, count);
    at[used++] = 0x12;
    used += put_varint(at + used, head + count);
    memcpy(at + used, message, head);
    memcpy(at + used + head, sqlite3_column_blob(find, 4), count);
    used += head + count;
  }
  sqlite3_reset(find);
  return used;
}

static void serve(const char *address) {
  int listener = listen_at(address), poller = epoll_create1(EPOLL_CLOEXEC);
  fcntl(listener, F_SETFL, O_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    struct epoll_event events[256];
    int ready = epoll_wait(poller, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      struct peer *p = events[i].data.ptr;
      if (!p) {
        int fd;
        while ((fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
          struct peer *fresh = calloc(1, sizeof *fresh);
          fresh->fd = fd;
          struct epoll_event add = {.events = EPOLLIN, .data.ptr = fresh};
          epoll_ctl(poller, EPOLL_CTL_ADD, fd, &add);
        }
        continue;
      }
      ssize_t moved = recv(p->fd, p->in + p->count, INPUT - p->count, 0);
      if (moved <= 0) {
        if (moved < 0 && errno == EAGAIN) continue;
        close(p->fd);
        free(p);
        continue;
      }
      p->count += (size_t)moved;
      size_t at = 0, out = 0;
      while (p->count - at >= FRAME_HEADER) {
        uint32_t length = get32(p->in + at);
        if (p->count - at - FRAME_HEADER < length) break;
        size_t used = answer(p->in + at + FRAME_HEADER, length, output + out + FRAME_HEADER);
        put32(output + out, (uint32_t)used);
        memcpy(output + out + 4, p->in + at + 4, 4);
        output[out + 8] = 2;
        output[out + 9] = 0;
        out += FRAME_HEADER + used;
        at += FRAME_HEADER + length;
      }
      memmove(p->in, p->in + at, p->count - at);
      p->count -= at;
      for (size_t sent = 0; sent < out;) {
        ssize_t wrote = send(p->fd, output + sent, out - sent, MSG_NOSIGNAL);
        if (wrote < 0 && errno != EAGAIN) break;
        if (wrote > 0) sent += (size_t)wrote;
      }
    }
  }
}

int echo_main(int argc, char **argv) {
  /* An answer of the size that verification's has. */
  size_t count = (size_t)number_option(argc, argv, "octets", 98);
  if (count > sizeof echoed - 8) count = sizeof echoed - 8;
  echoed[0] = 0x12;
  echoed_count = 1 + put_varint(echoed + 1, count) + count;
  serve(option(argc, argv, "at", ""));
  return 0;
}

int verify_main(int argc, char **argv) {
  sqlite3 *db;
  if (sqlite3_open_v2(option(argc, argv, "database", ""), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
    fail("open");
  sqlite3_exec(db, "PRAGMA mmap_size = 2147418112", NULL, NULL, NULL);
  if (sqlite3_prepare_v3(db,
                         "SELECT code, valid_from_day, valid_until_day, mark, sheet FROM verification WHERE number = ?1",
                         -1, SQLITE_PREPARE_PERSISTENT, &find, NULL))
    fail(sqlite3_errmsg(db));
  serve(option(argc, argv, "at", ""));
  return 0;
}
