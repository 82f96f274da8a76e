// How Istio compares names of hosts, of which one may begin with a wildcard.

/** Whether every host that `narrow` stands for is one that `wide` stands for; both may begin with a wildcard. */
export function covers(wide: string, narrow: string): boolean {
  if (!wide.startsWith("*")) return wide === narrow;
  const suffix = wide.slice(1);
  return (narrow.startsWith("*") ? narrow.slice(1) : narrow).endsWith(suffix);
}

/** Whether some host is one that both stand for; both may begin with a wildcard. */
export function overlap(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}
