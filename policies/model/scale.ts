import { selects } from "../../istio/labels.ts";
import type { Field } from "./field.ts";
import type { Mesh, MeshObject } from "./mesh.ts";
import { readReleases, type IstioRelease } from "./releases.ts";
import { podTemplateOf } from "./podTemplates.ts";

/** How many pods run at least, and where that is written. */
export interface Scale {
  readonly object: MeshObject;
  readonly place: Field;
  /** Nothing if it is not known. */
  readonly least: number | undefined;
  /** Whether a budget keeps some of them while nodes are emptied; nothing if it is not known. */
  hasBudget(): boolean | undefined;
}

/** The Deployments, and those of Istio's releases. */
export function readScales(mesh: Mesh): readonly Scale[] {
  const scalers = mesh.all("HorizontalPodAutoscaler");
  const budgets = mesh.all("PodDisruptionBudget");
  return [
    ...mesh.all("Deployment").map((object) => scaleOf(object, scalers, budgets)),
    ...mesh.derive(readReleases).flatMap((release) => scaleOfRelease(release) ?? []),
  ];
}

function scaleOf(object: MeshObject, scalers: readonly MeshObject[], budgets: readonly MeshObject[]): Scale {
  const scaler = scalers.find((one) => scales(one, object));
  const replicas = object.spec.at("replicas");
  const place = scaler?.spec.at("minReplicas") ?? replicas;
  // One that is not known yet, or a Deployment that is not, may belong together.
  const mayBeScaled =
    scaler === undefined && scalers.some((one) => one.hasUnread || (scalers.length > 0 && object.hasUnread));
  return {
    object: scaler ?? object,
    place,
    least: mayBeScaled ? undefined : numberOf(place, 1),
    hasBudget: () => isKept(object, budgets),
  };
}

/** Whether an autoscaler is that of a Deployment. */
export function scales({ spec, namespace }: MeshObject, object: MeshObject): boolean {
  const target = spec.at("scaleTargetRef");
  const [kind, name] = [target.at("kind").string(), target.at("name").string()];
  return kind === "Deployment" && name !== undefined && name === object.id && namespace === object.namespace;
}

function isKept(object: MeshObject, budgets: readonly MeshObject[]): boolean | undefined {
  if (budgets.length === 0) return false;
  const labels = podTemplateOf(object).at("metadata", "labels").stringMap();
  if (labels === undefined || object.namespace === undefined) return undefined;
  if (budgets.some((budget) => budget.namespace === object.namespace && protects(budget, labels))) return true;
  return budgets.some(({ hasUnread }) => hasUnread) ? undefined : false;
}

function protects({ spec }: MeshObject, labels: ReadonlyMap<string, string>): boolean {
  const selector = spec.at("selector", "matchLabels").stringMap();
  if (selector === undefined) return false;
  // What is said in expressions may select them.
  return spec.at("selector", "matchExpressions").isPresent() || selects(selector, labels);
}

/** By the defaults of Istio's charts. */
function scaleOfRelease({ release, chart, values }: IstioRelease): Scale | undefined {
  if (chart === "istiod") {
    const hasBudget = () => answer(values.at("global", "defaultPodDisruptionBudget", "enabled"), true);
    const isScaled = answer(values.at("autoscaleEnabled"), true);
    return { object: release, ...leastOf(isScaled, values.at("autoscaleMin"), values.at("replicaCount")), hasBudget };
  }
  const kind = values.at("kind");
  if (chart !== "gateway" || kind.isUnknown() || kind.string() === "DaemonSet") return undefined;
  const scaling = values.at("autoscaling");
  const budget = values.at("podDisruptionBudget");
  const hasBudget = () => (budget.isUnknown() ? undefined : budget.keys().length > 0);
  const isScaled = answer(scaling.at("enabled"), true);
  return { object: release, ...leastOf(isScaled, scaling.at("minReplicas"), values.at("replicaCount")), hasBudget };
}

function leastOf(isScaled: boolean | undefined, scaled: Field, fixed: Field): Pick<Scale, "place" | "least"> {
  const place = isScaled === false ? fixed : scaled;
  return { place, least: isScaled === undefined ? undefined : numberOf(place, 1) };
}

function answer(field: Field, standard: boolean): boolean | undefined {
  return field.isUnknown() ? undefined : (field.boolean() ?? standard);
}

function numberOf(field: Field, standard: number): number | undefined {
  return field.isAbsent() ? standard : field.number();
}
