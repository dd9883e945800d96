/* Owns a network card that is a program: whatever a namespace sends through it is read here, and the other way round. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void give_up(const char *what) {
  perror(what);
  exit(1);
}

/* `kind` is IFF_TAP for Ethernet frames, IFF_TUN for IP packets. The process stays in that namespace. */
static int add_card(const char *namespace, const char *name, short kind) {
  char path[256];
  snprintf(path, sizeof path, "/var/run/netns/%s", namespace);
  int place = open(path, O_RDONLY | O_CLOEXEC);
  if (place < 0) give_up(path);
  if (setns(place, CLONE_NEWNET) != 0) give_up("setns");
  close(place);
  int card = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (card < 0) give_up("/dev/net/tun");
  struct ifreq request = {.ifr_flags = (short)(kind | IFF_NO_PI)};
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(card, TUNSETIFF, &request) != 0) give_up("TUNSETIFF");
  return card;
}
