// What the pack says of a program's objects in an environment, without the engine.
import { Mesh, type MeshObject } from "../../policies/model/mesh.ts";
import { standardLevel, withoutDuplicates, type Level } from "../../policies/engine/levels.ts";
import type { Rule, Settings } from "../../policies/engine/rule.ts";
import { rules } from "../../policies/rules/index.ts";
import { configurationOf } from "./server.ts";

/** What a rule says of the objects: each time of new ones, since they note what was read. */
function judged(rule: Rule, objects: readonly MeshObject[], settings: Settings = {}): string[] {
  const findings =
    "check" in rule
      ? objects
          .filter(({ kind }) => rule.kinds.includes(kind))
          .flatMap((object) => [...rule.check(object, settings)].map((finding) => ({ object, ...finding })))
      : [...rule.checkMesh(new Mesh(objects, { open: true }), settings)];
  return findings.map(({ object, path }) => `${rule.id}: ${object.kind} ${object.name} ${path}`);
}

/** What the rules say in an environment, those that are disabled there left out. */
export function judgedIn(stack: string, objects: () => MeshObject[], isMeant: (level: Level) => boolean): string[] {
  const configuration = configurationOf(stack);
  return withoutDuplicates(rules).flatMap((rule) => {
    const entry = configuration[rule.id];
    const { enforcementLevel, ...settings } = typeof entry === "object" ? entry : { enforcementLevel: entry };
    return isMeant(enforcementLevel ?? standardLevel(rule)) ? judged(rule, objects(), settings) : [];
  });
}
