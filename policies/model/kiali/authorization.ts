import type { Field } from "../field.ts";
import type { MeshObject } from "../mesh.ts";

/** The places of one kind in the rules of an AuthorizationPolicy. */
export function rulesOf({ spec }: MeshObject): Field[] {
  return spec.at("rules").items();
}

export function sourcesOf(object: MeshObject): Field[] {
  return rulesOf(object).flatMap((rule) =>
    rule
      .at("from")
      .items()
      .map((from) => from.at("source")),
  );
}

export function operationsOf(object: MeshObject): Field[] {
  return rulesOf(object).flatMap((rule) =>
    rule
      .at("to")
      .items()
      .map((to) => to.at("operation")),
  );
}

export function conditionsOf(object: MeshObject): Field[] {
  return rulesOf(object).flatMap((rule) => rule.at("when").items());
}
