import { chartName } from "../../../model/releases.ts";
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { containersOf } from "../../../model/pods.ts";

/** A tool that looks at the mesh. */
interface Tool {
  readonly title: string;
  /** The names of its Services, without their namespace. */
  readonly services: RegExp;
  /** Whether it asks for a login itself, unless it is told not to. */
  readonly hasLogin: boolean;
}

export const tools: readonly Tool[] = [
  { title: "Kiali", services: /^kiali$/, hasLogin: true },
  { title: "Grafana", services: /^grafana$/, hasLogin: true },
  { title: "Prometheus", services: /^prometheus(-|$)/, hasLogin: false },
  { title: "Jaeger", services: /^(jaeger|tracing|zipkin)(-|$)/, hasLogin: false },
];

/** The tools, by their titles, of which the declared objects say that they let everybody in. */
export function readAnonymous(mesh: Mesh): ReadonlySet<string> {
  const open = new Set<string>();
  for (const release of mesh.all("Release")) {
    const values = release.root.at("values");
    const chart = chartName(release) ?? "";
    const strategies = [values.at("auth", "strategy"), values.at("cr", "spec", "auth", "strategy")];
    if (chart.startsWith("kiali") && strategies.some(isAnonymous)) open.add("Kiali");
    const settings = [values.at("grafana.ini", "auth.anonymous", "enabled"), values.at("env", GRAFANA_VARIABLE)];
    if (chart === "grafana" && settings.some(isTrue)) open.add("Grafana");
  }
  for (const settings of mesh.all("ConfigMap")) {
    const texts = settings.root.at("data").entries();
    if (settings.id === "kiali" && texts.some(([, text]) => says(text, /^\s*strategy:\s*"?anonymous/m))) {
      open.add("Kiali");
    }
    if (texts.some(([, text]) => says(text, /\[auth\.anonymous\][^[]*enabled\s*=\s*true/))) open.add("Grafana");
  }
  if (mesh.all("Deployment").some(hasGrafanaOpen)) open.add("Grafana");
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
