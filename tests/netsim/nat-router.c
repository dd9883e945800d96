/* Owns a home router: a card in the namespace of who is at home, one on the internet's side, and address translation between them.
 *
 *   nat-router NAMESPACE_AT_HOME CARD NAMESPACE_OUTSIDE CARD PUBLIC_ADDRESS MAPPING FILTERING LETS_OUT
 *
 * Says "ready" once both cards are there. MAPPING and FILTERING are RFC 4787's words for UDP: on what of the other end (endpoint,
 * address, port: independent of it, its address, its address and port) it depends which public port a socket gets, and from whom it
 * then hears. LETS_OUT is all, tcp or https: no UDP, or nothing but TCP to port 443, and to 8443, where the page is that ours is
 * compared with. For TCP all routers are alike: one port, heard from those who were called. What is dropped is dropped in silence;
 * nothing is forgotten. The end of standard input is its end. */
#include "card.h"
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/random.h>

enum { PACKET_MAX = 2048, MAPPINGS_MAX = 2048, CALLED_MAX = 64, TURN_PACKETS = 64 };
enum { FIRST_PORT = 1024, HTTPS = 443, OTHER_PAGE = 8443 };

/* In the order in which they ask for more of the other end. */
enum dependence { ENDPOINT, ADDRESS, PORT };
enum passing { ALL, TCP_ONLY, HTTPS_ONLY };

/* All in the order of the wire. */
struct end {
  uint32_t address;
  uint16_t port;
};

struct mapping {
  uint8_t protocol;
  struct end home, remote;
  uint16_t public_port;
  unsigned called_count;
  struct end called[CALLED_MAX];
};

static enum dependence mapping_by, filtering_by;
static enum passing lets_out;
static uint32_t public_address;
static struct mapping mappings[MAPPINGS_MAX];
static unsigned mapping_count;

static int agree(struct end a, struct end b, enum dependence on) {
  return on == ENDPOINT || (a.address == b.address && (on == ADDRESS || a.port == b.port));
}

static int is_taken(uint8_t protocol, uint16_t port) {
  for (unsigned index = 0; index < mapping_count; index++)
    if (mappings[index].protocol == protocol && mappings[index].public_port == port) return 1;
  return 0;
}

/* Its own where that is to be had; a router that tells the other ends apart takes any. */
static uint16_t choose_port(uint8_t protocol, uint16_t own, enum dependence by) {
  uint16_t port = own;
  while (by != ENDPOINT || is_taken(protocol, port)) {
    if (getrandom(&port, sizeof port, 0) != sizeof port) give_up("getrandom");
    if (ntohs(port) >= FIRST_PORT && !is_taken(protocol, port)) break;
  }
  return port;
}

static void note_called(struct mapping *mapping, struct end remote) {
  for (unsigned index = 0; index < mapping->called_count && index < CALLED_MAX; index++)
    if (agree(mapping->called[index], remote, PORT)) return;
  mapping->called[mapping->called_count++ % CALLED_MAX] = remote;
}

static struct mapping *map_out(uint8_t protocol, struct end home, struct end remote) {
  enum dependence by = protocol == IPPROTO_UDP ? mapping_by : ENDPOINT;
  struct mapping *found = NULL;
  for (unsigned index = 0; index < mapping_count && found == NULL; index++) {
    struct mapping *each = &mappings[index];
    if (each->protocol == protocol && agree(each->home, home, PORT) && agree(each->remote, remote, by)) found = each;
  }
  if (found == NULL) {
    if (mapping_count == MAPPINGS_MAX) return NULL;
    struct mapping made = {.protocol = protocol, .home = home, .remote = remote};
    made.public_port = choose_port(protocol, home.port, by);
    found = &mappings[mapping_count++];
    *found = made;
  }
  note_called(found, remote);
  return found;
}

static struct mapping *map_in(uint8_t protocol, uint16_t port, struct end remote) {
  enum dependence by = protocol == IPPROTO_UDP ? filtering_by : PORT;
  for (unsigned index = 0; index < mapping_count; index++) {
    struct mapping *each = &mappings[index];
    if (each->protocol != protocol || each->public_port != port) continue;
    for (unsigned called = 0; called < each->called_count && called < CALLED_MAX; called++)
      if (agree(each->called[called], remote, by)) return each;
  }
  return NULL;
}

static int is_let_out(uint8_t protocol, struct end remote) {
  if (protocol == IPPROTO_UDP) return lets_out == ALL;
  return lets_out != HTTPS_ONLY || remote.port == htons(HTTPS) || remote.port == htons(OTHER_PAGE);
}

/* RFC 1624: the sum over what changed instead of over all. */
static void change(unsigned char *place, const void *value, size_t length, unsigned char *sums[2]) {
  for (size_t at = 0; at < length; at += 2) {
    uint16_t before, after;
    memcpy(&before, place + at, 2);
    memcpy(&after, (const unsigned char *)value + at, 2);
    for (int index = 0; index < 2; index++) {
      if (sums[index] == NULL) continue;
      uint16_t sum;
      memcpy(&sum, sums[index], 2);
      uint32_t total = (uint16_t)~sum + (uint32_t)(uint16_t)~before + after;
      total = (total & 0xffff) + (total >> 16);
      sum = (uint16_t)~((total & 0xffff) + (total >> 16));
      memcpy(sums[index], &sum, 2);
    }
  }
  memcpy(place, value, length);
}

/* Rewrites one end of a packet, or says that it is none to let through. */
static int translate(unsigned char *packet, size_t length, int outward) {
  size_t header = (size_t)(packet[0] & 15) * 4;
  int is_fragment = (packet[6] & 0x3f) != 0 || packet[7] != 0;
  if (length < 20 || packet[0] >> 4 != 4 || is_fragment || length < header + 8) return 0;
  uint8_t protocol = packet[9];
  if (protocol != IPPROTO_UDP && (protocol != IPPROTO_TCP || length < header + 20)) return 0;
  unsigned char *ports = packet + header, *sum = ports + (protocol == IPPROTO_UDP ? 6 : 16);
  struct end source, target;
  memcpy(&source.address, packet + 12, 4);
  memcpy(&target.address, packet + 16, 4);
  memcpy(&source.port, ports, 2);
  memcpy(&target.port, ports + 2, 2);
  struct end remote = outward ? target : source;
  if (!is_let_out(protocol, remote)) return 0;
  struct mapping *mapping = outward ? map_out(protocol, source, target) : map_in(protocol, target.port, source);
  if (mapping == NULL) return 0;
  int has_sum = protocol == IPPROTO_TCP || sum[0] != 0 || sum[1] != 0;
  unsigned char *both[2] = {packet + 10, has_sum ? sum : NULL}, *inner[2] = {has_sum ? sum : NULL, NULL};
  struct end seen = outward ? (struct end){public_address, mapping->public_port} : mapping->home;
  change(packet + (outward ? 12 : 16), &seen.address, 4, both);
  change(ports + (outward ? 0 : 2), &seen.port, 2, inner);
  return 1;
}

static void carry(int from, int to, int outward) {
  unsigned char packet[PACKET_MAX];
  for (int count = 0; count < TURN_PACKETS; count++) {
    ssize_t length = read(from, packet, sizeof packet);
    if (length <= 0) return;
    if (!translate(packet, (size_t)length, outward)) continue;
    /* A card that is down takes nothing: so much for that packet. */
    if (write(to, packet, (size_t)length) < 0 && errno == EBADF) give_up("write");
  }
}

static enum dependence read_dependence(const char *word) {
  return strcmp(word, "endpoint") == 0 ? ENDPOINT : strcmp(word, "address") == 0 ? ADDRESS : PORT;
}

int main(int count, char **arguments) {
  if (count != 9 || inet_pton(AF_INET, arguments[5], &public_address) != 1) {
    fprintf(stderr, "nat-router NAMESPACE_AT_HOME CARD NAMESPACE_OUTSIDE CARD PUBLIC_ADDRESS MAPPING FILTERING LETS_OUT\n");
    return 2;
  }
  mapping_by = read_dependence(arguments[6]);
  filtering_by = read_dependence(arguments[7]);
  lets_out = strcmp(arguments[8], "tcp") == 0 ? TCP_ONLY : strcmp(arguments[8], "https") == 0 ? HTTPS_ONLY : ALL;
  int home = add_card(arguments[1], arguments[2], IFF_TUN), outside = add_card(arguments[3], arguments[4], IFF_TUN);
  printf("ready\n");
  fflush(stdout);
  struct pollfd readable[3] = {{home, POLLIN, 0}, {outside, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
  while (readable[2].revents == 0) {
    if (poll(readable, 3, -1) < 0) give_up("poll");
    if (readable[0].revents != 0) carry(home, outside, 1);
    if (readable[1].revents != 0) carry(outside, home, 0);
  }
  return 0;
}
