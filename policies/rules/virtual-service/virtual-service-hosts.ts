import type { MeshObject } from "../../model/mesh.ts";
import type { Finding } from "../../engine/rule.ts";
import { isIpAddress } from "../../../istio/addresses.ts";
import { isOutboundSni, overlapsBefore, wildcardHostProblem } from "../../values/hosts.ts";
import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { isForGatewaysOnly } from "./lib/virtualService.ts";

export const virtualServiceHosts = rejected({
  id: "virtual-service-hosts",
  title: "The hosts of a VirtualService are unique names, and do not include * for sidecars.",
  remediation:
    "List each host once, as shop.example.com or as a wildcard that covers no other, and use * only with gateways other than mesh.",
  kinds: ["VirtualService"],

  *check(object) {
    let allValid = true;
    for (const finding of invalidHosts(object)) {
      allValid = false;
      yield finding;
    }
    if (allValid) yield* overlappingHosts(object);
  },
});

function* invalidHosts(object: MeshObject): Generator<Finding> {
  const { spec } = object;
  const gatewaysOnly = isForGatewaysOnly(object);
  const isSni = places(spec, "tls[].match[].sniHosts[]").length > 0;
  for (const host of spec.at("hosts").items()) {
    const text = host.string();
    if (text === undefined || isIpAddress(text)) continue;
    if (text === "*" && gatewaysOnly === false) {
      yield at(
        host,
        "list specific hosts, because * would override every other route of the sidecars, or set spec.gateways",
      );
    } else if (gatewaysOnly === true && isSni && text.startsWith("outbound_")) {
      if (!isOutboundSni(text)) yield at(host, "use outbound_.<port>_._.<host name>, or another host name");
    } else {
      const problem = wildcardHostProblem(text);
      if (problem !== undefined && gatewaysOnly !== undefined) yield at(host, problem);
    }
  }
}

function* overlappingHosts({ spec }: MeshObject): Generator<Finding> {
  const hosts = spec
    .at("hosts")
    .items()
    .filter((host) => host.string() !== undefined);
  const overlaps = overlapsBefore(hosts.map((host) => host.string() ?? ""));
  for (const [index, host] of hosts.entries()) {
    if (overlaps[index]) yield at(host, "remove this host: it equals, covers or is covered by an earlier one");
  }
}
