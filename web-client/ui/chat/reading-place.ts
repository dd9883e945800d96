/** Owns that the reader of a list is not moved when something above comes, goes or grows, where the browser leaves that to the page, as Safari does. */

/** `list` is what scrolls, `items` matches what is read in it, in the order in which it stands there. */
export function holdReadingPlace(list: HTMLElement, items: string, change: () => void): void {
  const isHeld = getComputedStyle(list).overflowAnchor === 'auto';
  const places = isHeld || list.clientHeight === 0 ? [] : placesInSight(list, items);
  change();
  const place = places.find(({ item }) => item.isConnected);
  if (place === undefined) return;
  const moved = topOf(place.item) - place.top;
  // Set to what it is, it would stop the scrolling of a finger all the same.
  if (moved !== 0) list.scrollTop += moved;
}

/** The first that is in sight and all below it: any of them may be gone afterwards. */
function placesInSight(list: HTMLElement, items: string) {
  const all = [...list.querySelectorAll(items)];
  const edge = topOf(list);
  let first = 0;
  for (let end = all.length; first < end; ) {
    const middle = (first + end) >> 1;
    const item = all[middle];
    if (item !== undefined && item.getBoundingClientRect().bottom <= edge) first = middle + 1;
    else end = middle;
  }
  return all.slice(first).map((item) => ({ item, top: topOf(item) }));
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
