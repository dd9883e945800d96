/** Owns finding circles in a graph. */

export type Graph = ReadonlyMap<string, readonly string[]>;

/** The shortest way from a node back to itself, or null. */
function circleThrough(start: string, graph: Graph): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) {
        const circle = [node];
        for (let at = node; at !== start; circle.unshift(at)) at = cameFrom.get(at) ?? start;
        return circle;
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return null;
}

/** Circles such that every node that lies in one is in at least one of these, each as `a → b → a`. */
export function circlesIn(graph: Graph): string[] {
  const seen = new Set<string>();
  return [...graph.keys()].flatMap((node) => {
    const circle = seen.has(node) ? null : circleThrough(node, graph);
    for (const member of circle ?? []) seen.add(member);
    return circle === null ? [] : [[...circle, node].join(' → ')];
  });
}
