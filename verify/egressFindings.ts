// Hosts outside the mesh: the way that requests for them take, and that others are not let out.
import { EGRESS_GATEWAY } from "../components/traffic/egress/egress.ts";
import { destinationsOf } from "../istio/virtualService.ts";
import { statuses, serviceSeconds, type Answer } from "./answers.ts";
import { endpointsOf, since, total, type Counters } from "./counters.ts";
import { refOf, type ServiceEntry } from "./declared.ts";
import { notVerified, verdictOf, type Check, type Finding } from "./findings.ts";
import type { Mesh } from "./mesh.ts";
import { readyPods } from "./mesh.ts";
import { countersOf } from "./proxy.ts";
import { inside } from "./probeSource.ts";
import { CoreV1Api } from "@kubernetes/client-node";

const REQUESTS = 10;
/** An address for documentation, at which nobody is: the proxy goes by the name of the host. */
const NOWHERE = "192.0.2.1";
const UNDECLARED = "undeclared.verify.example";
/** What a sidecar answers for a host that it must not know. */
const BLOCKED = 502;

export async function egressFindings(mesh: Mesh): Promise<Finding[]> {
  const { declared } = mesh;
  const findings: Finding[] = [];
  for (const entry of declared.serviceEntries) {
    for (const host of entry.spec.hosts) findings.push(await hostFinding(mesh, entry, host));
  }
  return declared.registryOnly ? [...findings, await blockedFinding(mesh)] : findings;
}

const about = (host: string, object: string, rule: string) => ({ host, object, rule, from: "inside" });
const NO_CLIENT = "no client Pod in the mesh: enable mesh:bookinfo.client";

async function hostFinding(mesh: Mesh, entry: ServiceEntry, host: string): Promise<Finding> {
  const base = about(host, `ServiceEntry ${refOf(entry)}`, "egress");
  const skip = (why: string): Finding => ({ ...base, requests: 0, checks: [notVerified("egress", host, why)] });
  const port = entry.spec.ports?.find(({ protocol = "" }) => ["HTTP", "HTTP2"].includes(protocol))?.number;
  if (!mesh.client) return skip(NO_CLIENT);
  if (port === undefined) return skip("only plain HTTP is checked");
  if (host.startsWith("*")) return skip("no request can be generated for a pattern");

  const gateway = viaGateway(mesh, host);
  const pods = gateway
    ? await readyPods(mesh.config.makeApiClient(CoreV1Api), EGRESS_GATEWAY.namespace, EGRESS_GATEWAY.selector)
    : [];
  const source = inside(mesh, entry.metadata.namespace, host, port, [
    "--connect-to",
    `${host}:${port}:${NOWHERE}:${port}`,
  ]);
  const [before, gatewayBefore] = [await source.counters(), await countersOf(mesh.config, pods)];
  const request = { method: "GET", path: "/", query: {}, headers: { host } };
  const answers = await source.send(request, { count: REQUESTS, parallel: 1, patience: 15 });
  const sent = since(before, await source.counters());
  const sentOn = since(gatewayBefore, await countersOf(mesh.config, pods));
  return {
    ...base,
    requests: answers.length,
    checks: wayChecks(host, port, answers, gateway ? { sent, sentOn } : { sent }),
  };
}

/** Whether a VirtualService leads the host's requests through the egress gateway. */
const viaGateway = ({ declared }: Mesh, host: string): boolean =>
  declared.virtualServices.some(
    ({ spec }) =>
      spec.hosts?.includes(host) === true &&
      destinationsOf(spec).some((destination) => destination.host === EGRESS_GATEWAY.host),
  );

interface Sent {
  readonly sent: Counters;
  /** By the egress gateway, where the way leads through it. */
  readonly sentOn?: Counters;
}

function wayChecks(host: string, port: number, answers: readonly Answer[], { sent, sentOn }: Sent): Check[] {
  const count = answers.length;
  const silent = answers.every(({ status }) => status === 0);
  const blocked = answers.filter(({ status }) => status === BLOCKED).length;
  const direct = total(endpointsOf(sent, host));
  const toGateway = [...sent]
    .filter(([name]) => name.endsWith(`|${EGRESS_GATEWAY.host}`))
    .flatMap(([, endpoints]) => endpoints);
  const out = "allowed out of the mesh";
  const way: Check = silent
    ? notVerified(out, "yes", "neither the host nor the proxy answered in time")
    : { what: out, declared: "yes", measured: statuses(answers), verdict: verdictOf(blocked === 0) };
  const through: Check[] = sentOn
    ? [
        {
          what: "through the egress gateway",
          declared: "all",
          measured: `${total(toGateway)} of ${count} through it, ${direct} bypassed it`,
          verdict: verdictOf(total(toGateway) >= count && direct === 0),
        },
      ]
    : [];
  const arrived = total(endpointsOf(sentOn ?? sent, host, "", port));
  const answered = answers.filter((answer) => answer.status < 500 && serviceSeconds(answer) !== undefined).length;
  const reached: Check =
    arrived === 0
      ? notVerified(
          "responses of the host",
          "yes",
          "the host is unreachable from here: its name does not resolve, or it does not answer",
        )
      : {
          what: "responses of the host",
          declared: "yes",
          measured: `${answered} of ${count}`,
          verdict: verdictOf(answered === count && arrived >= count),
        };
  return [way, ...through, reached];
}

async function blockedFinding(mesh: Mesh): Promise<Finding> {
  const base = about(UNDECLARED, "Release istiod", "REGISTRY_ONLY");
  const what = "a host that is not declared";
  if (!mesh.client) return { ...base, requests: 0, checks: [notVerified(what, "blocked", NO_CLIENT)] };
  const source = inside(mesh, "default", UNDECLARED, 80, ["--connect-to", `${UNDECLARED}:80:${NOWHERE}:80`]);
  const request = { method: "GET", path: "/", query: {}, headers: {} };
  const answers = await source.send(request, { count: REQUESTS, parallel: 1, patience: 5 });
  const check = {
    what,
    declared: `blocked (${BLOCKED})`,
    measured: statuses(answers),
    verdict: verdictOf(answers.every(({ status }) => status === BLOCKED)),
  };
  return { ...base, requests: answers.length, checks: [check] };
}
