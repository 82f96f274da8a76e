import { chartName } from "../../../model/releases.ts";
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { containersOf } from "../../../model/pods.ts";

/** Tools that ask for a login themselves, unless they are told not to. */
export type ToolWithLogin = "kiali" | "grafana";

/** The tools of which the declared objects say that they let everybody in. */
export function readAnonymous(mesh: Mesh): ReadonlySet<ToolWithLogin> {
  const open = new Set<ToolWithLogin>();
  for (const release of mesh.all("Release")) {
    const values = release.root.at("values");
    const chart = chartName(release) ?? "";
    const strategies = [values.at("auth", "strategy"), values.at("cr", "spec", "auth", "strategy")];
    if (chart.startsWith("kiali") && strategies.some(isAnonymous)) open.add("kiali");
    const settings = [values.at("grafana.ini", "auth.anonymous", "enabled"), values.at("env", GRAFANA_VARIABLE)];
    if (chart === "grafana" && settings.some(isTrue)) open.add("grafana");
  }
  for (const settings of mesh.all("ConfigMap")) {
    const texts = settings.root.at("data").entries();
    if (settings.id === "kiali" && texts.some(([, text]) => says(text, /^\s*strategy:\s*"?anonymous/m))) {
      open.add("kiali");
    }
    if (texts.some(([, text]) => says(text, /\[auth\.anonymous\][^[]*enabled\s*=\s*true/))) open.add("grafana");
  }
  if (mesh.all("Deployment").some(hasGrafanaOpen)) open.add("grafana");
  return open;
}

const GRAFANA_VARIABLE = "GF_AUTH_ANONYMOUS_ENABLED";

function hasGrafanaOpen(object: MeshObject): boolean {
  const variables = containersOf(object).flatMap((container) => container.at("env").items());
  return variables.some(
    (variable) => variable.at("name").string() === GRAFANA_VARIABLE && isTrue(variable.at("value")),
  );
}

const isAnonymous = (field: Field) => field.string() === "anonymous";
const isTrue = (field: Field) => field.boolean() === true || field.string() === "true";
// Most settings of other programs are nobody's business here: what is not known of them is not worth a word.
const says = (field: Field, pattern: RegExp) => field.valueType() === "text" && pattern.test(field.string() ?? "");
