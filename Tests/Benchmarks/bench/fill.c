/* Fills a registry for measuring: certificates, and candidates who may be attested. No act made
   these rows, so `bitimd check` would name them; the triggers are set aside while they go in. */
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

static void run(const char *sql) { must(sqlite3_exec(db, sql, NULL, NULL, NULL)); }

static size_t text(uint8_t *at, uint8_t tag, const char *words) {
  size_t count = strlen(words), used = 0;
  at[used++] = tag;
  used += put_varint(at + used, count);
  memcpy(at + used, words, count);
  return used + count;
}

static size_t nested(uint8_t *at, uint8_t tag, const uint8_t *octets, size_t count) {
  size_t used = 0;
  at[used++] = tag;
  used += put_varint(at + used, count);
  memcpy(at + used, octets, count);
  return used + count;
}

static size_t three(uint8_t *at, const char *a, const char *b, const char *c) {
  size_t used = text(at, 0x0A, a);
  used += text(at + used, 0x12, b);
  return used + text(at + used, 0x1A, c);
}

/* bitim.v1.Sheet as the School issues it, or with number and holder alone. */
static size_t sheet(uint8_t *at, int64_t number, int is_full) {
  char printed[32];
  uint8_t inner[1024], names[512];
  number_text(number, printed);
  size_t used = text(at, 0x0A, printed);
  at[used++] = 0x10;
  at[used++] = 1; /* a programme's, as most are: a School's is asked for what it rests on, too */
  if (!is_full) {
    size_t name = three(inner, "Otegenova", "Ulzhan", "");
    size_t all = nested(names, 0x1A, inner, name);
    return used + nested(at + used, 0x1A, names, all);
  }
  size_t all = nested(names, 0x0A, inner, three(inner, "Өтегенова", "Ұлжан", "Қайратқызы"));
  all += nested(names + all, 0x12, inner, three(inner, "Утегенова", "Улжан", "Кайратовна"));
  all += nested(names + all, 0x1A, inner, three(inner, "Otegenova", "Ulzhan", ""));
  used += nested(at + used, 0x1A, names, all);
  used += nested(at + used, 0x2A, inner,
                 three(inner, "Медиаторлар мектебінің сертификаты", "Сертификат Школы медиаторов",
                       "Certificate of the School of Mediators"));
  at[used++] = 0x82; /* issued_on is field 16: its tag takes two octets */
  used += text(at + used, 1, "2026-03-31");
  used += nested(at + used, 0x3A, inner,
                 three(inner, "Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің бұйрығы",
                       "Приказ Заместителя Премьер-Министра – Министра культуры и информации",
                       "Order of the Deputy Prime Minister – Minister of Culture and Information"));
  used += nested(at + used, 0x62, inner,
                 three(inner, "Медиаторлар мектебі", "Школа медиаторов", "School of Mediators"));
  return used + text(at + used, 0x72, "№ 14");
}

/* Trigger texts, to be put back. */
static char *triggers[512];
static int trigger_count;

static int keep_trigger(void *unused, int columns, char **values, char **names) {
  (void)unused, (void)columns, (void)names;
  triggers[trigger_count++] = strdup(values[0]);
  return 0;
}

static void drop_triggers(void) {
  must(sqlite3_exec(db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", keep_trigger, NULL, NULL));
  for (int i = 0; i < trigger_count; i++) {
    char name[128], drop[160];
    if (sscanf(triggers[i], "CREATE TRIGGER %127s", name) != 1) continue;
    snprintf(drop, sizeof drop, "DROP TRIGGER %s", name);
    run(drop);
  }
}

static void fill_certificates(int64_t count, int is_full) {
  sqlite3_stmt *insert, *answer;
  must(sqlite3_prepare_v2(db,
                          "INSERT INTO certificate (number, code, person_id, kind, programme, enrolment_id,"
                          " issued_on, valid_from, valid_until, decided_by, seq) VALUES (?1, ?2, 2,"
                          " 'school', 0, NULL, '2020-03-31', '2020-03-31', NULL, 2, 1)",
                          -1, &insert, NULL));
  must(sqlite3_prepare_v2(db,
                          "INSERT INTO verification (number, code, valid_from_day, sheet)"
                          " VALUES (?1, ?2, 18352, ?3)",
                          -1, &answer, NULL));
  for (int64_t i = 0; i < count; i++) {
    int64_t number = certificate_number(i);
    uint8_t code[CODE_OCTETS], octets[2048];
    certificate_code(number, code);
    sqlite3_bind_int64(insert, 1, number);
    sqlite3_bind_blob(insert, 2, code, CODE_OCTETS, SQLITE_STATIC);
    must(sqlite3_step(insert));
    must(sqlite3_reset(insert));
    sqlite3_bind_int64(answer, 1, number);
    sqlite3_bind_blob(answer, 2, code, CODE_OCTETS, SQLITE_STATIC);
    sqlite3_bind_blob(answer, 3, octets, (int)sheet(octets, number, is_full), SQLITE_STATIC);
    must(sqlite3_step(answer));
    must(sqlite3_reset(answer));
    if (i % 1000000 == 999999) fprintf(stderr, "bench: %lld certificates\n", (long long)i + 1);
  }
  must(sqlite3_finalize(insert));
  must(sqlite3_finalize(answer));
}

/* Tens of candidates with all their hours, each ten with a session that waits for results. */
static void fill_candidates(int64_t count) {
  char sql[4096];
  snprintf(sql, sizeof sql,
           "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);"
           "WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i + 1 < %lld)"
           " INSERT INTO n SELECT i FROM c;"
           "INSERT INTO person SELECT 1000 + i, 'bench', 1 FROM n;"
           "INSERT INTO person_detail SELECT 1000 + i, 1, '1990-01-01', 'higher', NULL, NULL FROM n;"
           "INSERT INTO person_name SELECT 1000 + i, 1, '', '', '', '', '', '', 'Name', 'N' || i, '', '', NULL, NULL,"
           " NULL"
           " FROM n;"
           "INSERT INTO cohort SELECT i / 10 + 1, 'B-' || (i / 10 + 1), 3, 1, 'kk', 'in_person',"
           " '2026-02-02', '2026-03-31', 'Алматы', 1 FROM n WHERE i %% 10 = 0;"
           "INSERT INTO cohort_trainer SELECT i / 10 + 1, 5, 'bench', 1, NULL, NULL, NULL, NULL FROM n WHERE i %% 10 = 0;"
           "INSERT INTO enrolment SELECT i + 1, 1000 + i, 1 FROM n;"
           "INSERT INTO place SELECT i + 1, 1000 + i, i / 10 + 1, '2026-02-02', 1, NULL, NULL, NULL FROM n;"
           "INSERT INTO class SELECT i / 10 * 8 + k + 1, i / 10 + 1, printf('2026-02-%%02d', 3 + k), 540, 1000,"
           " 5, 1, NULL FROM n, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION"
           " SELECT 5 UNION SELECT 6 UNION SELECT 7) WHERE i %% 10 = 0;"
           "INSERT INTO attendance SELECT i + 1, i / 10 * 8 + k + 1, 36 * (k < 4), 36 * (k >= 4), 1, NULL FROM n,"
           " (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION"
           " SELECT 6 UNION SELECT 7);"
           "INSERT INTO enrolment_hours SELECT i + 1, 144, 144, '2026-02-10' FROM n;"
           "INSERT INTO taught SELECT 1000 + i, 5, '2026-02-10' FROM n;"
           "INSERT INTO session SELECT i / 10 + 1, 'S-' || (i / 10 + 1), i / 10 + 1, '2026-03-20', '2026-03-20',"
           " '№ ' || i, 1, NULL, NULL FROM n WHERE i %% 10 = 0;"
           "INSERT INTO commission_seat SELECT i / 10 + 1, 2, 'member', 1, NULL, NULL FROM n WHERE i %% 10 = 0;"
           "INSERT INTO commission_seat SELECT i / 10 + 1, 3, 'chair', 1, NULL, NULL FROM n WHERE i %% 10 = 0;"
           "INSERT INTO commission_seat SELECT i / 10 + 1, 4, 'member', 1, NULL, NULL FROM n WHERE i %% 10 = 0;",
           (long long)count);
  run(sql);
}

int fill_main(int argc, char **argv) {
  must(sqlite3_open(option(argc, argv, "database", ""), &db));
  run("PRAGMA cache_size = -2000000; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 100000");
  run("BEGIN");
  drop_triggers();
  run("INSERT INTO person VALUES (2, 'bench', 1), (3, 'bench', 1), (4, 'bench', 1), (5, 'bench', 1);"
      "INSERT INTO person_detail SELECT id, 1, '1980-01-01', 'higher', NULL, NULL FROM person"
      " WHERE id BETWEEN 2 AND 5;"
      "INSERT INTO person_name SELECT id, 1, '', '', '', '', '', '', 'Kim', 'Ye' || id, '', '', NULL, NULL, NULL"
      " FROM person WHERE id BETWEEN 2 AND 5;"
      "INSERT INTO role_grant VALUES (2, 'examiner', 1, 1, 0, NULL, NULL), (2, 'certifier', 1, 1, 0, NULL, NULL),"
      " (2, 'registrar', 1, 1, 0, NULL, NULL);");
  char sql[512];
  snprintf(sql, sizeof sql,
           "INSERT INTO token VALUES (100, 2, 1, x'%s', 'bench', 0, 4102444800000, 1, NULL, NULL),"
           " (101, NULL, 1, x'%s', 'partner', 0, 4102444800000, 1, NULL, NULL);"
           "INSERT INTO token_role VALUES (100, 'examiner'), (100, 'certifier'), (100, 'registrar'), (101, 'verifier');",
           option(argc, argv, "token-hash", ""), option(argc, argv, "partner-hash", ""));
  run(sql);
  fill_certificates(number_option(argc, argv, "certificates", 1000000),
                    strcmp(option(argc, argv, "sheet", "full"), "full") == 0);
  int64_t candidates = number_option(argc, argv, "candidates", 0);
  if (candidates > 0) fill_candidates(candidates);
  for (int i = 0; i < trigger_count; i++) run(triggers[i]);
  run("COMMIT");
  run("PRAGMA wal_checkpoint(TRUNCATE)");
  must(sqlite3_close(db));
  return 0;
}
