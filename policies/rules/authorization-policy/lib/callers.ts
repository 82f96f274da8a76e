// Whether a policy that allows some clients may allow pods of a service account.
import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";
import { rulesOf } from "../../../model/kiali/authorization.ts";
import type { Workload } from "../../../model/workloads.ts";

/** Who sends a request, in whatever trust domain. */
export interface Caller {
  readonly namespace: string;
  readonly account: string;
}

/** Whom pods run as; nothing if it is not known yet. */
export function callerOf({ namespace, template }: Workload): Caller | undefined {
  const [name, older] = [template.at("spec", "serviceAccountName"), template.at("spec", "serviceAccount")];
  const place = name.isAbsent() ? older : name;
  const account = place.isAbsent() || place.string() === "" ? "default" : place.string();
  return namespace === undefined || account === undefined ? undefined : { namespace, account };
}

/** Whether a rule of the policy fits some request of the caller, or may do so. */
export function mayAllow(policy: MeshObject, caller: Caller): boolean {
  if (policy.spec.at("rules").isUnknown()) return true;
  return rulesOf(policy).some((rule) => {
    const [from, when] = [rule.at("from"), rule.at("when")];
    const sources = from.items();
    const isFromCaller =
      from.isUnknown() || sources.length === 0 || sources.some((item) => fits(item.at("source"), caller, policy));
    return isFromCaller && (when.isUnknown() || when.items().every((condition) => fitsCondition(condition, caller)));
  });
}

function fits(source: Field, caller: Caller, { namespace }: MeshObject): boolean {
  const { namespace: place, account } = caller;
  return (
    source.isUnknown() ||
    (allows(source.at("principals"), (text) => isPrincipal(text, caller)) &&
      allows(source.at("namespaces"), (text) => isPattern(text, place)) &&
      allows(source.at("serviceAccounts"), (text) => qualified(text, namespace) === `${place}/${account}`))
  );
}

const qualified = (account: string, namespace = "") => (account.includes("/") ? account : `${namespace}/${account}`);

function fitsCondition(condition: Field, caller: Caller): boolean {
  const key = condition.at("key").string();
  const values = condition.at("values");
  if (key === "source.principal") return allows(values, (text) => isPrincipal(text, caller));
  return key !== "source.namespace" || allows(values, (text) => isPattern(text, caller.namespace));
}

/** Whether a list is empty, or something in it fits or may fit. */
function allows(list: Field, fitsOne: (text: string) => boolean): boolean {
  const items = list.items();
  return (
    list.isUnknown() || items.length === 0 || items.some((item) => item.isUnknown() || fitsOne(item.string() ?? ""))
  );
}

/** Whether a principal may be that of the caller, whose trust domain has aliases. */
function isPrincipal(text: string, { namespace, account }: Caller): boolean {
  const own = `/ns/${namespace}/sa/${account}`;
  if (text.startsWith("*")) return own.endsWith(text.slice(1)) || text.endsWith(own);
  const slash = text.indexOf("/");
  if (slash < 0) return text.endsWith("*");
  const rest = text.slice(slash);
  return rest.endsWith("*") ? own.startsWith(rest.slice(0, -1)) : own === rest;
}

/** Istio takes an asterisk in a namespace for any characters. */
function isPattern(text: string, namespace: string): boolean {
  const parts = text.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(namespace);
}
