import { isOpenNamespace } from "../../model/namespaces.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readKubernetesServices } from "../../model/services.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";
import { declaresServices } from "../../model/istioctl/declared.ts";
import { matches, valuesOf } from "../../model/istioctl/labelSelectors.ts";

const REVISION = "istio.io/rev";

interface Hook {
  readonly object: MeshObject;
  readonly place: Field;
  /** Two of the same name in one configuration are the same to istioctl. */
  readonly name: string;
}

export const injectorWebhookUnambiguous: MeshRule = {
  id: "injector-webhook-unambiguous",
  title: "At most one webhook injects a sidecar into a Pod, and the Service it calls exists.",
  rationale:
    "Two webhooks would inject twice, and without the Service Pods start without a sidecar, or do not start at all.",
  remediation:
    "Restrict the selectors of each webhook to one revision, and name the Service of an existing istiod in clientConfig.",
  severity: "high",
  codes: ["IST0139"],
  sources: ["istio/pkg/config/analysis/analyzers/webhook/webhook.go"],

  *checkMesh(mesh) {
    const hooks = mesh.all("MutatingWebhookConfiguration").filter(isOfIstio).flatMap(hooksOf);
    yield* overlapping(hooks);
    if (!declaresServices(mesh)) return;
    const services = mesh.derive(readServiceNames);
    for (const { object, place } of hooks) {
      const service = place.at("clientConfig", "service");
      if (service.isAbsent()) continue;
      const [namespace, name] = [service.at("namespace").string(), service.at("name").string()];
      if (namespace === undefined || name === undefined || isOpenNamespace(mesh, namespace)) continue;
      if (services.has(undefined) || services.has(`${namespace}/${name}`)) continue;
      yield { object, path: service.path, message: "name the Service of an existing control plane", missing: true };
    }
  },
};

function isOfIstio({ labels, root }: MeshObject): boolean {
  const hooks = root.at("webhooks").items();
  return (
    labels.at(REVISION).isPresent() ||
    hooks.some((hook) => (hook.at("name").string() ?? "").endsWith("istio.io") || revisionsOf(hook).length > 0)
  );
}

function hooksOf(object: MeshObject): Hook[] {
  return object.root
    .at("webhooks")
    .items()
    .map((place) => ({ object, place, name: `${object.id ?? object.urn}/${place.at("name").string() ?? ""}` }));
}

function revisionsOf(hook: Field): string[] {
  return ["namespaceSelector", "objectSelector"].flatMap((selector) => valuesOf(hook.at(selector), REVISION));
}

/** Tries all sorts of namespaces and pods that the labels for injection make. */
function* overlapping(hooks: readonly Hook[]): Iterable<FindingInMesh> {
  const labelled = hooks.flatMap(({ object }) => object.labels.at(REVISION).string() ?? []);
  const revisions = [undefined, ...new Set([...labelled, ...hooks.flatMap(({ place }) => revisionsOf(place))])];
  const sorts = (label: string, values: readonly string[]) =>
    revisions.flatMap((revision) =>
      [undefined, ...values].map((value) => ({
        ...(value === undefined ? {} : { [label]: value }),
        ...(revision === undefined ? {} : { [REVISION]: revision }),
      })),
    );
  const pods = sorts("sidecar.istio.io/inject", ["true", "false"]);
  const found = new Map<string, Hook>();
  for (const namespace of sorts("istio-injection", ["enabled", "disabled"])) {
    const asked = hooks.filter(({ place }) => matches(place.at("namespaceSelector"), namespace));
    for (const pod of pods) {
      const matching = asked.filter(({ place }) => matches(place.at("objectSelector"), pod));
      if (new Set(matching.map(({ name }) => name)).size > 1) for (const hook of matching) found.set(hook.name, hook);
    }
  }
  for (const { object, place } of found.values()) {
    yield { object, path: place.path, message: "narrow the selectors: another webhook matches some of the same Pods" };
  }
}

function readServiceNames(mesh: Mesh): ReadonlySet<string | undefined> {
  return new Set(
    mesh
      .derive(readKubernetesServices)
      .map(({ id, namespace }) => (id === undefined || namespace === undefined ? undefined : `${namespace}/${id}`)),
  );
}
