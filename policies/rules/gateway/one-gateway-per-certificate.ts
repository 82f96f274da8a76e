import { groupedBy } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { takes, type Selector } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { gatewayServers } from "./lib/servers.ts";

/** A server that shows a certificate. */
interface Holder {
  readonly object: MeshObject;
  readonly place: Field;
  readonly selector: Selector;
  readonly certificate: string;
}

export const oneGatewayPerCertificate: MeshRule = {
  id: "one-gateway-per-certificate",
  title: "Gateways on the same Pods do not share a certificate.",
  rationale:
    "A browser reuses an HTTP/2 connection for every host of the certificate, and gets 404 from the other Gateway.",
  remediation:
    "Put the servers with this certificate in one Gateway, or issue a separate certificate for each Gateway.",
  severity: "medium",
  codes: ["IST0138"],
  sources: ["istio/pkg/config/analysis/analyzers/gateway/certificate.go"],

  *checkMesh(mesh) {
    for (const holders of groupedBy(holdersIn(mesh), ({ certificate }) => certificate).values()) {
      // Only those that share a label can have all of them.
      const labelled = holders.flatMap((holder) =>
        [...holder.selector].map(([name, value]) => ({ holder, name, value })),
      );
      const byLabel = groupedBy(labelled, ({ name, value }) => `${name}=${value}`);
      const everyone = holders.map((holder) => ({ holder }));
      for (const { object, place, selector } of holders) {
        const [label] = selector;
        const others = label ? (byLabel.get(label.join("=")) ?? []) : everyone;
        if (others.some(({ holder: other }) => other.object !== object && takes(selector, other.selector))) {
          yield { object, path: place.path, message: "serve the hosts of this certificate from one Gateway" };
        }
      }
    }
  },
};

function holdersIn(mesh: Mesh): Holder[] {
  return gatewayServers(mesh).flatMap(({ object, selector, server }) => {
    const tls = server.at("tls");
    const certificate = certificateOf(tls);
    return certificate === undefined ? [] : [{ object, place: tls, selector, certificate }];
  });
}

/** By what two certificates are the same: the Secret's name, or the files. */
function certificateOf(tls: Field): string | undefined {
  const credential = tls.at("credentialName");
  if (credential.isUnknown()) return undefined;
  const name = credential.string() ?? "";
  if (name !== "") return `secret ${name}`;
  const [certificate, key] = [tls.at("serverCertificate").string() ?? "", tls.at("privateKey").string() ?? ""];
  return certificate === "" || key === "" ? undefined : `files ${certificate} ${key}`;
}
