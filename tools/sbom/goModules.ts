/** A Go module, in the version that a go.mod requires. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
}

/** The modules that a go.mod requires, whether it says so in a block or in lines of their own; what it replaces as it is replaced. */
export function modulesIn(goMod: string): GoModule[] {
  const lines = goMod
    .replaceAll(/\/\/.*$/gm, "")
    .replaceAll(/^(require|replace)\s*\(([\s\S]*?)^\)/gm, (_, directive: string, block: string) =>
      block.replaceAll(/^\s*(?=\S)/gm, `${directive} `),
    )
    .split("\n");
  const replaced = new Map(
    lines.flatMap((line) => {
      const [, from, path, version] = /^replace\s+(\S+)(?:\s+\S+)?\s+=>\s+(\S+)(?:\s+(\S+))?/.exec(line) ?? [];
      return from && path ? [[from, version === undefined ? undefined : { path, version }] as const] : [];
    }),
  );
  return lines.flatMap((line) => {
    const [, path, version] = /^require\s+(\S+)\s+(\S+)/.exec(line) ?? [];
    if (!path || !version) return [];
    // What a folder stands in for is a part of the project itself.
    if (replaced.has(path)) return replaced.get(path) ?? [];
    return [{ path, version }];
  });
}
