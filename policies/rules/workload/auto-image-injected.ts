import { UNKNOWN, type Field } from "../../model/field.ts";
import type { Mesh } from "../../model/mesh.ts";
import { readWorkloads, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { askForSidecar, namespaceOf, PROXY } from "../../model/istioctl/injection.ts";
import { both, matches } from "../../model/istioctl/labelSelectors.ts";

export const autoImageInjected: MeshRule = {
  id: "auto-image-injected",
  title: "A proxy with image auto is in Pods that the injector mutates.",
  rationale: "Only the injector replaces auto with a real image; otherwise the Pods never start.",
  remediation:
    "Label the Pods with sidecar.istio.io/inject=true or their namespace with istio-injection=enabled, and replace a single Pod with a Deployment.",
  severity: "high",
  codes: ["IST0146", "IST0147"],
  sources: ["istio/pkg/config/analysis/analyzers/injection/image-auto.go"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const { object, template } = workload;
      const image = autoImageIn(template);
      if (image === undefined || object.urn === "") continue;
      const { path } = image;
      if (object.kind === "Pod") {
        const message = "use a Deployment: the injector does not change existing Pods";
        yield { object, code: "IST0147", path, message };
      } else if (object.kind === "Deployment" && isInjected(mesh, workload) === false) {
        const message = "request injection with a label on the Pods or on their namespace";
        yield { object, code: "IST0146", path, message };
      }
    }
  },
};

function autoImageIn(template: Field): Field | undefined {
  return template
    .at("spec", "containers")
    .items()
    .filter((container) => container.at("name").string() === PROXY)
    .map((container) => container.at("image"))
    .find((image) => image.string() === "auto");
}

/** Nothing if it is not known yet. Where no webhook is declared, the labels for the one that Istio installs decide. */
function isInjected(mesh: Mesh, workload: Workload): boolean | undefined {
  const lists = mesh.all("MutatingWebhookConfiguration").map(({ root }) => root.at("webhooks"));
  const hooks = lists.flatMap((list) => list.items()).filter(mayBeOfIstio);
  const { namespace, labels } = workload;
  if (namespace === undefined || labels === undefined || lists.some((list) => list.isUnknown())) return undefined;
  const declared = namespaceOf(mesh, namespace);
  if (hooks.length === 0) {
    const asked = askForSidecar(mesh, workload);
    return asked === false && declared === undefined ? undefined : asked;
  }
  const own = declared === UNKNOWN ? undefined : declared ? declared.labels.stringMap() : new Map<string, string>();
  if (own === undefined) return undefined;
  const [ofNamespace, ofPods] = [Object.fromEntries(own), Object.fromEntries(labels)];
  const answers = hooks.map((hook) =>
    both([
      hook.at("name").isUnknown() ? undefined : true,
      matches(hook.at("namespaceSelector"), ofNamespace),
      matches(hook.at("objectSelector"), ofPods),
    ]),
  );
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function mayBeOfIstio(hook: Field): boolean {
  const name = hook.at("name");
  return name.isUnknown() || (name.string() ?? "").endsWith("istio.io");
}
