/* Owns a bad line: two network cards, one in each of two namespaces, and what happens to frames between them, either way.
 *
 *   lossy-link NAMESPACE_A CARD_A NAMESPACE_B CARD_B
 *
 * Says "ready" once both cards are there. Each line on standard input sets what holds from then on:
 *
 *   DELAY_MS JITTER_MS LOSS_PERCENT BURST_MS
 *
 * A frame comes after the delay, give or take up to the jitter, so a later one may overtake it, as with netem. BURST_MS is for how
 * long all frames are lost, on average, whoever's they are; 0: each is lost or not by itself. Each line is answered by what became of
 * the frames so far. The end of standard input is the end of the line. */
#include "card.h"
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <time.h>

enum { FRAME_MAX = 2048, QUEUE_MAX = 8192, TURN_FRAMES = 64 };

struct shape {
  double delay_us, jitter_us, loss, burst_us;
  /* Tells it from the one before. */
  unsigned number;
};

struct frame {
  uint64_t due_us, number;
  int length;
  unsigned char bytes[FRAME_MAX];
};

/* Frames on their way in one direction: a heap, the next one due at its top. */
struct direction {
  int from, to;
  unsigned seed;
  /* Whether a burst of losses lasts, until when that is so, and by which shape. */
  int losing;
  uint64_t turns_us;
  unsigned shape_number;
  size_t waiting;
  uint64_t taken, lost, overflowed;
  struct frame *heap[QUEUE_MAX];
};

static struct shape shape = {0, 0, 0, 0, 0};
static pthread_mutex_t shape_lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

/* From 0 up to, but not including, 1. */
static double any_share(struct direction *way) { return rand_r(&way->seed) / (RAND_MAX + 1.0); }

static int is_before(const struct frame *a, const struct frame *b) {
  return a->due_us != b->due_us ? a->due_us < b->due_us : a->number < b->number;
}

static void put(struct direction *way, struct frame *added) {
  size_t place = way->waiting++;
  while (place > 0 && is_before(added, way->heap[(place - 1) / 2])) {
    way->heap[place] = way->heap[(place - 1) / 2];
    place = (place - 1) / 2;
  }
  way->heap[place] = added;
}

static struct frame *take(struct direction *way) {
  struct frame *first = way->heap[0], *moved = way->heap[--way->waiting];
  size_t place = 0, below;
  while ((below = 2 * place + 1) < way->waiting) {
    if (below + 1 < way->waiting && is_before(way->heap[below + 1], way->heap[below])) below++;
    if (!is_before(way->heap[below], moved)) break;
    way->heap[place] = way->heap[below];
    place = below;
  }
  way->heap[place] = moved;
  return first;
}

/* Gilbert's model over time: spells in which all is lost and spells in which nothing is, each as long as chance has it. */
static int is_lost(struct direction *way, const struct shape *now) {
  if (now->burst_us <= 0 || now->loss <= 0 || now->loss >= 1) return any_share(way) < now->loss;
  if (way->shape_number != now->number) {
    way->shape_number = now->number;
    way->turns_us = now_us();
    way->losing = 1;
  }
  for (uint64_t time_us = now_us(); way->turns_us <= time_us;) {
    way->losing = !way->losing;
    double mean_us = way->losing ? now->burst_us : now->burst_us * (1 - now->loss) / now->loss;
    way->turns_us += 1 + (uint64_t)(-mean_us * log(1 - any_share(way)));
  }
  return way->losing;
}

static void accept_frame(struct direction *way, const unsigned char *bytes, int length) {
  pthread_mutex_lock(&shape_lock);
  struct shape now = shape;
  pthread_mutex_unlock(&shape_lock);
  way->taken++;
  if (is_lost(way, &now)) {
    way->lost++;
    return;
  }
  struct frame *frame = way->waiting < QUEUE_MAX ? malloc(sizeof *frame) : NULL;
  if (frame == NULL) {
    way->overflowed++;
    return;
  }
  double late_us = now.delay_us + now.jitter_us * (2 * any_share(way) - 1);
  frame->due_us = now_us() + (uint64_t)(late_us > 0 ? late_us : 0);
  frame->number = way->taken;
  frame->length = length;
  memcpy(frame->bytes, bytes, (size_t)length);
  put(way, frame);
}

static void *carry(void *argument) {
  struct direction *way = argument;
  unsigned char bytes[FRAME_MAX];
  for (;;) {
    struct timespec wait, *limit = NULL;
    if (way->waiting > 0) {
      uint64_t now = now_us(), due = way->heap[0]->due_us, left = due > now ? due - now : 0;
      wait.tv_sec = (time_t)(left / 1000000);
      wait.tv_nsec = (long)(left % 1000000) * 1000;
      limit = &wait;
    }
    struct pollfd readable = {way->from, POLLIN, 0};
    ppoll(&readable, 1, limit, NULL);
    for (int count = 0; count < TURN_FRAMES; count++) {
      ssize_t length = read(way->from, bytes, sizeof bytes);
      if (length <= 0) break;
      accept_frame(way, bytes, (int)length);
    }
    while (way->waiting > 0 && way->heap[0]->due_us <= now_us()) {
      struct frame *frame = take(way);
      /* A card that is down takes nothing: so much for that frame. */
      if (write(way->to, frame->bytes, (size_t)frame->length) < 0 && errno == EBADF) give_up("write");
      free(frame);
    }
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count != 5) {
    fprintf(stderr, "lossy-link NAMESPACE_A CARD_A NAMESPACE_B CARD_B\n");
    return 2;
  }
  int a = add_card(arguments[1], arguments[2], IFF_TAP), b = add_card(arguments[3], arguments[4], IFF_TAP);
  static struct direction there, back;
  there.from = back.to = a;
  there.to = back.from = b;
  there.seed = (unsigned)now_us();
  back.seed = there.seed + 1;
  pthread_t thread;
  if (pthread_create(&thread, NULL, carry, &there) != 0) give_up("pthread_create");
  if (pthread_create(&thread, NULL, carry, &back) != 0) give_up("pthread_create");
  printf("ready\n");
  fflush(stdout);

  char line[128];
  while (fgets(line, sizeof line, stdin) != NULL) {
    double delay_ms, jitter_ms, loss_percent, burst_ms;
    if (sscanf(line, "%lf %lf %lf %lf", &delay_ms, &jitter_ms, &loss_percent, &burst_ms) == 4) {
      pthread_mutex_lock(&shape_lock);
      shape = (struct shape){delay_ms * 1000, jitter_ms * 1000, loss_percent / 100, burst_ms * 1000, shape.number + 1};
      pthread_mutex_unlock(&shape_lock);
    }
    printf("%lu %lu %lu\n", there.taken + back.taken, there.lost + back.lost, there.overflowed + back.overflowed);
    fflush(stdout);
  }
  return 0;
}
