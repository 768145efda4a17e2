#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast that Swift can't import: SQLite copies what is bound. */
static inline int csqlite_bind_text(sqlite3_stmt *s, int i, const void *p, int n) {
  return sqlite3_bind_text(s, i, n == 0 ? "" : (const char *)p, n, SQLITE_TRANSIENT);
}
static inline int csqlite_bind_blob(sqlite3_stmt *s, int i, const void *p, int n) {
  return n == 0 ? sqlite3_bind_zeroblob(s, i, 0) : sqlite3_bind_blob(s, i, p, n, SQLITE_TRANSIENT);
}
/* Variadic functions aren't imported either. */
static inline int csqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
static inline int csqlite_persist_wal(sqlite3 *db) {
  int on = 1;
  return sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
}
/* Whether the database's path names another file than the one that is open, or none. */
static inline int csqlite_has_moved(sqlite3 *db) {
  int moved = 1;
  return sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || moved;
}
/* EXPLAIN QUERY PLAN tells of what triggers do, too. */
static inline int csqlite_explain_triggers(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_TRIGGER_EQP, 1, (int *)0);
}
#endif
