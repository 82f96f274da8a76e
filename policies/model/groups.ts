/** Appends to the list at a key. */
export function put<Key, Thing>(map: Map<Key, Thing[]>, key: Key, thing: Thing): void {
  const others = map.get(key);
  if (others) others.push(thing);
  else map.set(key, [thing]);
}

/** Things by a key that several of them may have. Map.groupBy does the same, but mesh-check also runs on Node 20. */
export function groupedBy<Thing, Key>(things: Iterable<Thing>, keyOf: (thing: Thing) => Key): Map<Key, Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) put(groups, keyOf(thing), thing);
  return groups;
}
