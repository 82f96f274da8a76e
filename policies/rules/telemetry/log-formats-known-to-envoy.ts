import { celProblem, isCelExpression } from "../../../istio/cel.ts";
import type { FormatPlace } from "../../../istio/formatOperators.ts";
import { formatProblems } from "../../../istio/formatString.ts";
import { didYouMean } from "../../../lib/schema/problems.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh } from "../../model/mesh.ts";
import { meshConfig, meshConfigObject } from "../../model/meshConfig.ts";
import type { Finding, FindingInMesh, MeshRule } from "../../engine/rule.ts";
import { allPlaces, places } from "../../values/reading.ts";

export const logFormatsKnownToEnvoy: MeshRule = {
  id: "log-formats-known-to-envoy",
  title:
    "The formats of access logs, their filters and the tags of spans have only variables and functions that Envoy knows.",
  rationale: "istiod looks at none of them, and Envoy refuses every listener that logs so: all stay as they were.",
  remediation: "Write the variable as Envoy's documentation has it, and %% for a percent sign.",
  severity: "high",
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("Telemetry")) {
      const findings = [
        ...allPlaces(object.spec, "tracing[].customTags{}.formatter.value").flatMap((tag) => inText(tag, "tag")),
        ...places(object.spec, "accessLogging[].filter.expression").flatMap(inFilter),
      ];
      for (const finding of findings) yield { object, ...finding };
    }
    yield* inMeshConfig(mesh);
  },
};

const PROVIDERS = ["envoyFileAccessLog", "envoyOtelAls"].map((kind) => `extensionProviders[].${kind}.logFormat`);

function* inMeshConfig(mesh: Mesh): Generator<FindingInMesh> {
  const object = meshConfigObject(mesh);
  if (object === undefined) return;
  const config = meshConfig(mesh);
  const texts = allPlaces(config, ...PROVIDERS.map((provider) => `${provider}.text`));
  const labels = allPlaces(config, ...PROVIDERS.map((provider) => `${provider}.labels`)).flatMap(leaves);
  const findings = [...texts, ...labels].flatMap((text) => inText(text, "access log"));
  for (const finding of [...findings, ...inStandardFormat(config)]) yield { object, ...finding };
}

/** The format of the provider that is always there, which is a text or JSON. */
function inStandardFormat(config: Field): Finding[] {
  const encoding = config.at("accessLogEncoding");
  const format = config.at("accessLogFormat");
  if (encoding.isUnknown()) return [];
  return encoding.string() === "JSON"
    ? textsOf(format.string() ?? "").flatMap((text) => inFormat(text, format, "access log"))
    : inText(format, "access log");
}

/** The texts in JSON; istiod does without a format that is none. */
function textsOf(json: string): readonly string[] {
  const texts: string[] = [];
  try {
    JSON.parse(json, (_key, value: unknown) => {
      if (typeof value === "string") texts.push(value);
      return value;
    });
  } catch {
    return [];
  }
  return texts;
}

/** The places of single values in maps and lists. */
function leaves(field: Field): readonly Field[] {
  if (field.valueType() === "map") return field.entries().flatMap(([, below]) => leaves(below));
  return field.valueType() === "list" ? field.items().flatMap(leaves) : [field];
}

function inText(field: Field, place: FormatPlace): Finding[] {
  return inFormat(field.string() ?? "", field, place);
}

function inFormat(text: string, { path }: Field, place: FormatPlace): Finding[] {
  const problems = [...formatProblems(text, place, didYouMean)];
  return problems.map((problem) => ({ path, message: `change the format, which ${problem}` }));
}

/** What is no expression at all istiod refuses, and another rule says it. */
function inFilter(field: Field): Finding[] {
  const text = field.string();
  if (text === undefined || !isCelExpression(text)) return [];
  const problem = celProblem(text);
  return problem === undefined ? [] : [{ path: field.path, message: `change the filter, which ${problem}` }];
}
