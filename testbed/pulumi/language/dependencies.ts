import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A package of a program, as its package.json describes it. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** What a package says to the engine: that it is the SDK of a resource plugin, and of which. */
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
}

interface Manifest extends Partial<Dependency> {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The packages of the program in a folder; `transitive` adds those that they need themselves. */
export function dependenciesOf(folder: string, transitive: boolean): Dependency[] {
  const found = new Map<string, Dependency>();
  const visit = (from: string, names: readonly string[]) => {
    for (const name of names) {
      const path = packageFile(name, from);
      if (path === undefined || found.has(path)) continue;
      const dependency = read(path);
      found.set(path, { ...dependency, name, version: dependency.version ?? "" });
      if (transitive) visit(dirname(path), Object.keys(dependency.dependencies ?? {}));
    }
  };
  const path = nearestManifest(folder);
  if (path === undefined) return [];
  const manifest = read(path);
  visit(dirname(path), Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  return [...found.values()];
}

/** The name of the plugin that a package is the SDK of: `kubernetes` for `@pulumi/kubernetes`. */
export const pluginName = ({ name, pulumi }: Dependency): string =>
  pulumi?.name ?? name.replace(/^@pulumi\//, "").replace(/^@/, "");

const read = (path: string): Manifest => JSON.parse(readFileSync(path, "utf8")) as Manifest;

function nearestManifest(folder: string): string | undefined {
  const path = join(folder, "package.json");
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : nearestManifest(dirname(folder));
}

/** The package's package.json, found as Node finds packages, whatever the package itself exports. */
function packageFile(name: string, from: string): string | undefined {
  const folders = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name, "package.json")).find(existsSync);
}
