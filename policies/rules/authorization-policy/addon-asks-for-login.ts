import { list } from "../../../lib/list.ts";
import type { Field } from "../../model/field.ts";
import { qualifiedGateway } from "../../../istio/gateways.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readAnonymous, tools } from "./lib/logins.ts";
import { boundGateways, routesOf, destinationsOf } from "../../model/routes.ts";

const titles = tools.map(({ title }) => title);
const withoutLogin = tools.flatMap(({ title, hasLogin }) => (hasLogin ? [] : [title]));

export const addonAsksForLogin: MeshRule = {
  id: "addon-asks-for-login",
  title: `${list(titles, "and")} are exposed only behind a login.`,
  rationale: `They show every service and the contents of its requests, and ${list(withoutLogin, "and")} have no login of their own.`,
  remediation:
    "Disable anonymous access, or add an AuthorizationPolicy at the gateway that requires a token or a login for these hosts.",
  severity: "high",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService")) {
      const gateways = boundGateways(object);
      if (gateways.length === 0) continue;
      const open = destinationsOf(routesOf(object))
        .map((destination) => destination.at("host"))
        .filter((host) => letsEverybodyIn(mesh, host));
      if (open.length === 0 || isGuarded(mesh, object, gateways)) continue;
      for (const host of open) {
        yield { object, path: host.path, message: "require a login at the gateway or in the tool" };
      }
    }
  },
};

function letsEverybodyIn(mesh: Mesh, host: Field): boolean {
  const [name = ""] = host.string()?.split(".") ?? [];
  const tool = tools.find(({ services }) => services.test(name));
  return tool !== undefined && (!tool.hasLogin || mesh.derive(readAnonymous).has(tool.title));
}

/** Whether a policy where the gateway may be wants a login for the hosts. */
function isGuarded(mesh: Mesh, object: MeshObject, gateways: readonly Field[]): boolean {
  const { spec, namespace = "" } = object;
  const places = new Set([
    rootNamespace(mesh),
    ...gateways.map((gateway) => qualifiedGateway(gateway.string() ?? "", namespace).split("/")[0]),
  ]);
  const hosts = new Set(spec.at("hosts").strings());
  const policies = mesh.all("AuthorizationPolicy");
  const guards = policies.filter((policy) => places.has(policy.namespace) && wantsLogin(policy, hosts));
  return guards.length > 0 || policies.some(({ hasUnread }) => hasUnread) || (object.hasUnread && policies.length > 0);
}

function wantsLogin({ spec }: MeshObject, hosts: ReadonlySet<string>): boolean {
  const action = spec.at("action").string() ?? "ALLOW";
  return spec
    .at("rules")
    .items()
    .some((rule) => {
      const sources = rule
        .at("from")
        .items()
        .map((from) => from.at("source"));
      const asks = (name: string) => sources.some((source) => source.at(name).items().length > 0);
      const isAbout = action === "ALLOW" ? asks("requestPrincipals") : asks("notRequestPrincipals");
      return (action === "CUSTOM" || isAbout) && isAboutHosts(rule, hosts);
    });
}

function isAboutHosts(rule: Field, hosts: ReadonlySet<string>): boolean {
  const listed = rule
    .at("to")
    .items()
    .flatMap((to) => to.at("operation", "hosts").strings());
  return listed.length === 0 || listed.some((host) => hosts.has(host.replace(/:(\d+|\*)$/, "")));
}
