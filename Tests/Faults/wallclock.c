/* Moves the wall clock of a program by as many seconds as the file WALL_CLOCK says; loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int status = real(clock, time);
  if (status != 0 || clock != CLOCK_REALTIME) return status;
  long seconds = 0;
  const char *path = getenv("WALL_CLOCK");
  FILE *file = path ? fopen(path, "re") : NULL;
  if (file) {
    if (fscanf(file, "%ld", &seconds) != 1) seconds = 0;
    fclose(file);
  }
  time->tv_sec += seconds;
  return status;
}
