import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { holdsCertificate } from "./lib/certificates.ts";
import { podsOfGateway } from "../../model/istioctl/gatewayPods.ts";

export const gatewayCredentialValid: MeshRule = {
  id: "gateway-credential-valid",
  title: "The TLS Secret of a Gateway is valid, and is in the namespace of the gateway's Pods.",
  rationale: "Otherwise the gateway closes every TLS connection to that server.",
  remediation: "Create a Secret with this name and a valid tls.crt and tls.key in the namespace of the gateway's Pods.",
  severity: "high",
  codes: ["IST0101", "IST0161"],
  sources: ["istio/pkg/config/analysis/analyzers/gateway/secret.go"],

  *checkMesh(mesh) {
    const secrets = mesh.derive(readSecrets);
    for (const object of mesh.all("Gateway")) {
      const gateway = podsOfGateway(mesh, object);
      if (gateway === undefined || gateway.pods.length === 0) continue;
      const namespaces = new Set(gateway.pods.map(({ namespace }) => namespace));
      for (const server of object.spec.at("servers").items()) {
        const credential = server.at("tls", "credentialName");
        const name = credential.string() ?? "";
        if (name === "") continue;
        const places = placesOf(name, namespaces);
        if (places === undefined) continue;
        const found = places.flatMap((place) => secrets.find(place) ?? []);
        const { path } = credential;
        if (found.length === 0 && secrets.lacks(places)) {
          const message =
            "create the Secret in the namespace of the gateway's Pods, which may differ from the namespace of the Gateway";
          yield { object, code: "IST0101", path, message, missing: true };
        }
        if (found.length > 0 && found.every((secret) => holdsCertificate(secret.root) === false)) {
          const message = "set tls.crt and tls.key of the Secret to a currently valid certificate and its key";
          yield { object, code: "IST0161", path, message };
        }
      }
    }
  },
};

/** Where a Secret may be, as `<namespace>/<name>`; nothing if a namespace is not known yet. */
function placesOf(name: string, namespaces: ReadonlySet<string | undefined>): string[] | undefined {
  if (namespaces.has(undefined)) return undefined;
  const own = name.replace(/^kubernetes:\/\//, "");
  return own.includes("/") ? [own] : [...namespaces].map((namespace) => `${namespace ?? ""}/${own}`);
}

interface Secrets {
  find(place: string): MeshObject | undefined;
  /**
   * Whether none of the places certainly has a Secret. Beside a Pulumi stack, others such as cert-manager make Secrets, so there
   * only a Secret of that name in another namespace tells.
   */
  lacks(places: readonly string[]): boolean;
}

function readSecrets(mesh: Mesh): Secrets {
  const byPlace = new Map<string, MeshObject>();
  const names = new Set<string>();
  let isOpen = false;
  for (const secret of mesh.all("Secret")) {
    const { id, namespace } = secret;
    isOpen ||= id === undefined || namespace === undefined;
    if (id === undefined) continue;
    names.add(id);
    byPlace.set(`${namespace ?? ""}/${id}`, secret);
  }
  const nameIn = (place: string) => place.slice(place.indexOf("/") + 1);
  return {
    find: (place) => byPlace.get(place),
    lacks: (places) =>
      !isOpen && names.size > 0 && (mesh.options.open !== true || places.some((place) => names.has(nameIn(place)))),
  };
}
