// The bill of materials in CycloneDX's form: what npm says of its packages, with the Go modules that the testbed is built of.
import type { GoModule } from "./goModules.ts";

/** A bill of materials, as far as it is changed here. */
export interface Bom {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly object[];
}

/**
 * Adds Go modules to what npm says.
 * @param name of the project, which npm takes from the folder
 * @param modules by the program of the testbed that is built of them
 */
export function withGoModules(bom: Bom, name: string, modules: Readonly<Record<string, readonly GoModule[]>>): Bom {
  const programs = new Map<string, { module: GoModule; of: string[] }>();
  for (const [program, required] of Object.entries(modules)) {
    for (const module of required) {
      const key = `${module.path}@${module.version}`;
      const known = programs.get(key) ?? { module, of: [] };
      programs.set(key, { module, of: [...known.of, program] });
    }
  }
  const components = [...programs]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { module, of }]) => component(module, of));
  const { component: root } = bom.metadata;
  return {
    ...bom,
    metadata: { ...bom.metadata, component: { ...root, name } },
    components: [...bom.components, ...components],
  };
}

function component({ path, version }: GoModule, programs: readonly string[]) {
  const purl = `pkg:golang/${path}@${encodeURIComponent(version)}`;
  return {
    "bom-ref": purl,
    type: "library",
    name: path,
    version,
    // They make the testbed: no stack has them.
    scope: "optional",
    purl,
    properties: programs.map((value) => ({ name: "mesh:testbed:program", value })),
  };
}
