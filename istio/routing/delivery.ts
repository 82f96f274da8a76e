// What becomes of a request between the proxy of its client and the pods of a service.
import type { HeaderChanges, TrafficPolicy } from "../generated/specs.ts";
import { selects } from "../labels.ts";
import type { HttpRoute } from "../virtualService.ts";
import { policyAt, rulesFor, type HostRules } from "./destinationRules.ts";
import type { Mirrored, Reason, Result, Sent, Step } from "./outcome.ts";
import { authorityOf, pathOf, type Request } from "./request.ts";
import type { Client } from "./route.ts";
import { judged, peerMode } from "./server.ts";
import { named, type Reference, type Service, type Workload } from "./world.ts";

/** Where a route sends a request, and what it changes of it. */
export interface Target {
  readonly host?: string;
  readonly service: Service | undefined;
  readonly subset?: string | undefined;
  readonly port: number;
  readonly path?: string;
  readonly authority?: string;
  readonly requestHeaders?: readonly HeaderChanges[];
  readonly timeout?: string | undefined;
  readonly retries?: HttpRoute["retries"];
  readonly mirrors?: readonly Mirrored[];
}

/** What the pods of a target make of the request; their shares come to 1. */
export function deliver(client: Client, request: Request, target: Target, steps: Step[]): readonly Result[] {
  const { service, port, subset } = target;
  const fails = (text: string, reason: Reason, object?: Reference): Result[] => {
    steps.push({ text, ...(object && { object: named(object) }) });
    return [{ kind: "answered", share: 1, status: 503, reason }];
  };
  const servicePort = service?.ports.find(({ number }) => number === port);
  if (service === undefined || servicePort === undefined) {
    const name = service?.hostname ?? target.host ?? "";
    return fails(`The client knows no service ${name} with port ${port}`, "no destination", service);
  }
  const rules = client.pod.isInMesh ? rulesFor(client.world, service, client.pod) : undefined;
  const open = rules?.rules.find(({ isOpen }) => isOpen === true);
  if (open !== undefined) return [undecided(`DestinationRule ${open.name} is not known yet`)];
  const found = rules?.subsets.find((one) => one.subset.name === subset);
  if (subset !== undefined && found === undefined) {
    return fails(
      `No DestinationRule that holds for the client has the subset ${subset} of ${service.hostname}`,
      "no subset",
    );
  }
  note(steps, rules, found);
  if (service.backends === undefined) return [undecided(`it is not known which pods ${service.hostname} has`)];
  const backends = service.backends.filter(
    ({ labels, workload }) => selects(found?.subset.labels ?? {}, labels) && workload?.replicas !== 0,
  );
  if (backends.length === 0) {
    const which = subset === undefined ? service.hostname : `subset ${subset} of ${service.hostname}`;
    return fails(`No pod is behind ${which}`, "no pods", service);
  }
  const policy = rules === undefined ? {} : policyAt(rules, subset, port);
  const pods = backends.flatMap(({ workload }) => workload ?? []);
  const sent = sentTo(client, request, target, service, policy);
  if (pods.length === 0) {
    steps.push({ text: `The request goes to ${service.hostname}, outside of the cluster`, object: named(service) });
    return [{ ...sent, workloads: [], mutualTls: false }];
  }
  return grouped(
    pods.map((pod) => ({ pod, result: atPods(client, request, sent, policy, pod, servicePort.targetPort ?? port) })),
    service,
    steps,
  );
}

function sentTo(
  client: Client,
  request: Request,
  target: Target,
  service: Service,
  policy: TrafficPolicy,
): Omit<Sent, "workloads" | "mutualTls"> {
  const { path, query } = pathOf(request);
  return {
    kind: "sent",
    share: 1,
    host: service.hostname,
    port: target.port,
    subset: target.subset,
    path: target.path ?? path + query,
    authority: target.authority ?? authorityOf(request),
    requestHeaders: target.requestHeaders ?? [],
    timeout: target.timeout,
    retries: client.pod.isInMesh ? target.retries : { attempts: 0 },
    mirrors: target.mirrors ?? [],
    policy,
  };
}

interface AtPod {
  readonly result: Result;
  readonly step: Step | undefined;
}

/** What the proxy of some pods says to it, if they have one. */
function atPods(
  { world, pod: client, isGateway }: Client,
  request: Request,
  sent: Omit<Sent, "workloads" | "mutualTls">,
  policy: TrafficPolicy,
  pod: Workload,
  port: number,
): AtPod {
  const mode = pod.isInMesh ? peerMode(world, pod, port) : undefined;
  const asked = client.isInMesh ? policy.tls?.mode : "DISABLE";
  const isMutual = asked === undefined ? mode !== undefined && mode !== "DISABLE" : asked === "ISTIO_MUTUAL";
  if (asked === "SIMPLE" || asked === "MUTUAL") {
    return { result: undecided("the DestinationRule asks for TLS of the application's own"), step: undefined };
  }
  const isClosed = (mode === "STRICT" && !isMutual) || (isMutual && (mode === undefined || mode === "DISABLE"));
  if (isClosed) {
    const text =
      mode === "STRICT"
        ? "The pods take mutual TLS only, and the client sends plain text"
        : "The client asks for mutual TLS, which the pods do not have";
    return {
      result: { kind: "answered", share: 1, status: client.isInMesh ? 503 : undefined, reason: "mutual TLS" },
      step: { text, object: named(pod) },
    };
  }
  const passed: AtPod = { result: { ...sent, workloads: [pod], mutualTls: isMutual }, step: undefined };
  if (mode === undefined) return passed;
  const principal = isMutual
    ? `${world.mesh.trustDomain}/ns/${client.namespace}/sa/${client.serviceAccount}`
    : undefined;
  const call = {
    principal,
    method: request.method,
    path: sent.path.replace(/\?.*$/s, ""),
    host: sent.authority,
    port,
    headers: request.headers,
    // A gateway checks the token that a client sends; what the server makes of it depends on its own policies.
    claims: isGateway ? undefined : request.claims,
  };
  const { isAllowed, policies } = judged(world, pod, call);
  const [by] = policies;
  if (isAllowed === undefined)
    return { result: undecided("an AuthorizationPolicy depends on what is not known here"), step: undefined };
  if (!isAllowed) {
    return {
      result: { kind: "answered", share: 1, status: 403, reason: "authorization" },
      step: { text: `${pod.name} refuses the request`, ...(by && { object: named(by) }) },
    };
  }
  return by === undefined ? passed : { ...passed, step: { text: `${pod.name} allows the request`, object: named(by) } };
}

/** Pods that do the same with it stand together; those that do not share by how many they are. */
function grouped(
  all: readonly { readonly pod: Workload; readonly result: AtPod }[],
  service: Service,
  steps: Step[],
): Result[] {
  const weight = ({ replicas = 1 }: Workload) => replicas;
  const sum = all.reduce((total, { pod }) => total + weight(pod), 0);
  const results: Result[] = [];
  const reached = all.flatMap(({ pod, result }) => (result.result.kind === "sent" ? [pod] : []));
  for (const { pod, result } of all) {
    if (result.step !== undefined) steps.push(result.step);
    const share = weight(pod) / sum;
    const same = results.findIndex((known) => isAlike(known, result.result));
    const known = results[same];
    if (known === undefined) results.push({ ...result.result, share });
    else if (known.kind === "sent")
      results[same] = { ...known, share: known.share + share, workloads: [...known.workloads, pod] };
    else results[same] = { ...known, share: known.share + share };
  }
  if (reached.length > 0) {
    const names = reached.map(({ name }) => name).join(", ");
    steps.push({ text: `The request goes to ${names}`, object: named(service) });
  }
  return results;
}

function isAlike(one: Result, other: Result): boolean {
  if (one.kind === "sent" && other.kind === "sent") return one.mutualTls === other.mutualTls;
  if (one.kind === "answered" && other.kind === "answered")
    return one.reason === other.reason && one.status === other.status;
  return one.kind === other.kind;
}

function note(steps: Step[], rules: HostRules | undefined, found: HostRules["subsets"][number] | undefined): void {
  const rule = found?.rule ?? rules?.policy?.rule;
  if (rule === undefined) return;
  const path = found === undefined ? "spec.trafficPolicy" : `spec.subsets[${found.index}]`;
  steps.push({
    text: found === undefined ? "A policy holds for the connections" : `A subset says which pods`,
    object: named(rule),
    path,
  });
}

const undecided = (because: string): Result => ({ kind: "undecided", share: 1, because });
