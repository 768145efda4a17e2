/* Connections that made one call and then wait: what each costs the server in memory of its own. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Anonymous memory of a process, in KiB. */
static long anonymous(int pid) {
  char path[64], line[256];
  long kib = -1;
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  FILE *file = fopen(path, "r");
  if (!file) fail(path);
  while (fgets(line, sizeof line, file)) sscanf(line, "RssAnon: %ld", &kib);
  fclose(file);
  return kib;
}

int idle_main(int argc, char **argv) {
  int count = (int)number_option(argc, argv, "connections", 10000);
  int server = (int)number_option(argc, argv, "server", 0);
  const char *address = option(argc, argv, "at", "");
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  uint8_t frame[512], answer[4096];
  size_t size = request_frame(frame, "bitim.v1.CertificateService", "VerifyCertificate",
                              (const uint8_t *)"\x0A\x01" "1", 3, NULL, NULL);
  put32(frame + 4, 1);
  int *all = calloc((size_t)count, sizeof *all);
  long base = anonymous(server);
  for (int i = 0; i < count; i++) {
    all[i] = connect_to(address);
    if (send(all[i], frame, size, 0) != (ssize_t)size) fail("send");
    if (recv(all[i], answer, sizeof answer, 0) <= 0) fail("recv");
  }
  long full = anonymous(server);
  int64_t before = now_ns();
  int probe = connect_to(address);
  if (send(probe, frame, size, 0) != (ssize_t)size || recv(probe, answer, sizeof answer, 0) <= 0)
    fail("probe");
  double probe_ms = (double)(now_ns() - before) / 1e6;
  printf("{\"base_kib\":%ld,\"kib_per_connection\":%.3f,\"probe_ms\":%.2f}\n", base,
         (double)(full - base) / count, probe_ms);
  return 0;
}
