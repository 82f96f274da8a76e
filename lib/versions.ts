/** The numbers of a version, e.g. those of `1.31.1-rc.0`: major, minor, patch. Nothing if it is none. */
export function numbersOf(version: string): readonly [number, number, number] | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** For sorting: what follows the three numbers does not count, and neither does what is no version. */
export function byVersion(one: string, other: string): number {
  const others = numbersOf(other) ?? [];
  const differences = (numbersOf(one) ?? []).map((number, index) => number - (others[index] ?? number));
  return differences.find((difference) => difference !== 0) ?? 0;
}
