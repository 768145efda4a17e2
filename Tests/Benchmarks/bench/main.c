/* bench: what the registry is measured with. `scripts/bench` runs it and prints the table. */
#include "bench.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "bench: measures a registry against limits of the machine. scripts/bench prints the table.\n\n"
    "  bench fill --database FILE --certificates N --sheet full|minimal --candidates N\n"
    "             --token-hash HEX --partner-hash HEX     fills a registry that `bitimd init` made\n"
    "  bench load --at ADDRESS --call verify|attest|list --connections C --depth D --seconds S\n"
    "             [--rate R] [--certificates N] [--distinct K] [--first I] [--token T] [--server PID]\n"
    "                             a load; with --rate open, latency from the due time; else closed\n"
    "  bench echo --at ADDRESS    limit: answers our frames with an answer of --octets N, no work\n"
    "  bench verify --at ADDRESS --database FILE   limit: one SQLite lookup a request\n"
    "  bench lookups --database FILE --certificates N --group G --seconds S   raw SQLite\n"
    "  bench inserts --database FILE --group G --count N --first I            raw SQLite, the rows of an act\n"
    "  bench idle --at ADDRESS --connections N --server PID    memory of connections that wait\n";

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  static const struct {
    const char *name;
    int (*run)(int, char **);
  } parts[] = {{"fill", fill_main},       {"load", load_main},       {"echo", echo_main},
               {"verify", verify_main},   {"lookups", lookups_main}, {"inserts", inserts_main},
               {"idle", idle_main}};
  for (size_t i = 0; argc > 1 && i < sizeof parts / sizeof parts[0]; i++)
    if (strcmp(argv[1], parts[i].name) == 0) return parts[i].run(argc - 2, argv + 2);
  fputs(help, stderr);
  return 2;
}
