/* SQLite through its C API, without a server: the limit of everything that stores. */
#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

static void must(int code) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
    fprintf(stderr, "bench: sqlite: %s\n", sqlite3_errmsg(db));
    exit(1);
  }
}

static sqlite3_stmt *prepared(const char *sql) {
  sqlite3_stmt *statement;
  must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
  return statement;
}

static void run(sqlite3_stmt *statement) {
  must(sqlite3_step(statement));
  must(sqlite3_reset(statement));
}

int lookups_main(int argc, char **argv) {
  must(sqlite3_open_v2(option(argc, argv, "database", ""), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  must(sqlite3_exec(db, "PRAGMA mmap_size = 2147418112", NULL, NULL, NULL));
  int64_t certificates = number_option(argc, argv, "certificates", 1000000);
  int64_t distinct = number_option(argc, argv, "distinct", 200000);
  int64_t group = number_option(argc, argv, "group", 64);
  double seconds = atof(option(argc, argv, "seconds", "3"));
  sqlite3_stmt *begin = prepared("BEGIN"), *commit = prepared("COMMIT");
  sqlite3_stmt *find = prepared(
      "SELECT code, valid_from_day, valid_until_day, mark, sheet FROM verification WHERE number = ?1");
  static uint8_t copy[1 << 16];
  uint64_t done = 0, found = 0;
  int64_t start = now_ns(), end = start + (int64_t)(seconds * 1e9);
  while (now_ns() < end) {
    if (group > 1) run(begin);
    for (int64_t i = 0; i < group; i++, done++) {
      uint64_t pick = mixed(1 + done) % (uint64_t)distinct;
      sqlite3_bind_int64(find, 1, certificate_number((int64_t)(mixed(pick) % (uint64_t)certificates)));
      if (sqlite3_step(find) == SQLITE_ROW) {
        found++;
        memcpy(copy, sqlite3_column_blob(find, 4), (size_t)sqlite3_column_bytes(find, 4));
      }
      sqlite3_reset(find);
    }
    if (group > 1) run(commit);
  }
  double took = (double)(now_ns() - start) / 1e9;
  printf("{\"rate\":%.0f,\"found\":%llu,\"asked\":%llu}\n", (double)done / took,
         (unsigned long long)found, (unsigned long long)done);
  return 0;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The rows of one attestation: what RecordResults writes, and nothing of what it asks. */
int inserts_main(int argc, char **argv) {
  must(sqlite3_open_v2(option(argc, argv, "database", ""), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  must(sqlite3_exec(db,
                    "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                    "PRAGMA wal_autocheckpoint = 4096",
                    NULL, NULL, NULL));
  int on = 1;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
  int64_t group = number_option(argc, argv, "group", 1);
  int64_t count = number_option(argc, argv, "count", 10000);
  int64_t first = number_option(argc, argv, "first", 0);
  sqlite3_stmt *begin = prepared("BEGIN IMMEDIATE"), *commit = prepared("COMMIT");
  sqlite3_stmt *last = prepared(
      "SELECT (SELECT size FROM journal_head), (SELECT coalesce(max(id), 0) FROM result)");
  must(sqlite3_step(last));
  int64_t seq = sqlite3_column_int64(last, 0), id = sqlite3_column_int64(last, 1);
  sqlite3_reset(last);
  sqlite3_stmt *result = prepared(
      "INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, test, role_play, interview,"
      " recorded_by, recorded_at_ms, seq) VALUES (?1, ?2, ?3, 1, 'passed', 71, 72, 73, 2, 1795000000000, ?4)");
  sqlite3_stmt *act = prepared("INSERT INTO act (seq, salt, record) VALUES (?1, ?2, ?3)");
  sqlite3_stmt *entry = prepared("INSERT INTO entry (seq, octets) VALUES (?1, ?2)");
  sqlite3_stmt *head = prepared("UPDATE journal_head SET size = ?1, frontier = ?2, turn = turn + 1, at_ms = at_ms + 1");
  sqlite3_stmt *answer = prepared(
      "INSERT INTO answer (place, principal, key, digest, status, payload, at_ms, turn, seal) "
      "VALUES (?4, 'person:2', ?1, ?2, x'', ?3, 1795000000000, 1, 1)");
  static uint8_t octets[4096];
  memset(octets, '7', sizeof octets);
  int64_t start = now_ns();
  double slowest = 0;
  static double times[1 << 20];
  int64_t commits = 0;
  for (int64_t done = 0; done < count;) {
    int64_t before = now_ns();
    run(begin);
    for (int64_t i = 0; i < group && done < count; i++, done++) {
      int64_t candidate = first + done;
      sqlite3_bind_int64(result, 1, ++id);
      sqlite3_bind_int64(result, 2, candidate / 10 + 1);
      sqlite3_bind_int64(result, 3, candidate + 1);
      sqlite3_bind_int64(result, 4, ++seq);
      run(result);
      sqlite3_bind_int64(act, 1, seq);
      sqlite3_bind_blob(act, 2, octets, 32, SQLITE_STATIC);
      sqlite3_bind_blob(act, 3, octets, 64, SQLITE_STATIC);
      run(act);
      sqlite3_bind_int64(entry, 1, seq);
      sqlite3_bind_blob(entry, 2, octets, 150, SQLITE_STATIC);
      run(entry);
      char key[64];
      uint64_t random = mixed((uint64_t)(start + done));
      snprintf(key, sizeof key, "raw-%llx", (unsigned long long)random);
      sqlite3_bind_int64(answer, 4, (int64_t)random);
      sqlite3_bind_text(answer, 1, key, -1, SQLITE_STATIC);
      sqlite3_bind_blob(answer, 2, octets, 32, SQLITE_STATIC);
      sqlite3_bind_blob(answer, 3, octets, 40, SQLITE_STATIC);
      run(answer);
    }
    sqlite3_bind_int64(head, 1, seq);
    sqlite3_bind_blob(head, 2, octets, 32 * __builtin_popcountll((uint64_t)seq), SQLITE_STATIC);
    run(head);
    run(commit);
    double took = (double)(now_ns() - before) / 1e3;
    if (took > slowest) slowest = took;
    if (commits < 1 << 20) times[commits] = took;
    commits++;
  }
  double took = (double)(now_ns() - start) / 1e9;
  size_t kept = commits < 1 << 20 ? (size_t)commits : 1 << 20;
  qsort(times, kept, sizeof times[0], by_size);
  double median = kept ? times[kept / 2] : 0;
  printf("{\"rate\":%.0f,\"commit_p50_us\":%.1f,\"commit_max_us\":%.1f}\n", (double)count / took, median, slowest);
  return 0;
}
