// What the engine's own words leave open where the fault lies outside: who or what stands in the way, and how to go on.
import { hostname } from "node:os";
import { isRunning } from "../../lib/running.ts";
import { chosenBy } from "./stackName.ts";

/** What the words are held against. */
export interface Machine {
  readonly hostname: string;
  readonly isRunning: (pid: number) => boolean;
  readonly now: Date;
}

const thisMachine = (): Machine => ({ hostname: hostname(), isRunning, now: new Date() });

type Kind = readonly [words: RegExp, wayOut: (found: readonly string[], stack: string, machine: Machine) => string];

const unlock = (stack: string): string => `\`make pulumi STACK=${stack} ARGS="cancel --yes"\``;

/** Where charts come from is said in the stack file. */
const CHARTS = "mesh:istio.charts, or mesh:observability.charts for the tools,";

const KINDS: readonly Kind[] = [
  [
    /created by (\S+?)@(\S+) \(pid (\d+)\) at (\S+)/g,
    ([, user, host, pid, since], stack, machine) => {
      if (host !== machine.hostname) {
        return `${user ?? ""} has the stack ${stack}, by process ${pid ?? ""} on ${host ?? ""} since ${since ?? ""}: wait until that run ends; only if it was killed, unlock the stack with ${unlock(stack)}`;
      }
      if (machine.isRunning(Number(pid))) {
        return `${user ?? ""} has the stack ${stack}, by process ${pid ?? ""} on this machine since ${since ?? ""}: wait until that run ends`;
      }
      return `the run that has the stack ${stack}, process ${pid ?? ""} of ${user ?? ""} on this machine, is gone: it was killed. Unlock the stack with ${unlock(stack)}, and run this again`;
    },
  ],
  [
    /\[409\] Conflict: Another update is currently in progress/g,
    (_, stack) =>
      `somebody else's run has the stack ${stack}: wait until it ends; only if it was killed, unlock the stack with ${unlock(stack)}`,
  ],
  [
    /failed calling webhook "([^"]+)": failed to call webhook: (?:Post "https:\/\/(?:([\w-]+)\.([\w-]+)\.svc\b)?([^/?"]*))?/g,
    ([, webhook, service, namespace, address]) =>
      `the webhook ${webhook ?? ""} has to agree first, and ${service === undefined ? `what answers for it at ${address ?? "its address"} does not` : `the Service ${service} that answers for it does not: \`kubectl -n ${namespace ?? ""} get pods\` shows why`}. If what answered is gone for good, delete its ValidatingWebhookConfiguration or MutatingWebhookConfiguration, which \`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations\` lists`,
  ],
  [
    /Kubernetes API server: \S+ "[^"]+" already exists|cannot re-use a name that is still in use/g,
    (_, stack) =>
      `the cluster has already what the stack ${stack} would make, and its state does not know of it: another checkout or stack has made it, or somebody by hand. Go on in the checkout that has the state, or take away there what it has made, with \`make down\``,
  ],
  [
    /in namespace "?([\w-]+)"? because it is being terminated/g,
    ([, namespace]) =>
      `the namespace ${namespace ?? ""} is being deleted, and takes nothing new: \`kubectl get namespace ${namespace ?? ""} -o yaml\` says what holds it; wait until it is gone`,
  ],
  [
    /cluster (?:is )?unreachable|"https:\/\/[^"\s]+\/apis?\/[^"\s]*": (?:dial tcp .*: connect: connection refused|EOF)/g,
    (_, stack) =>
      `the API server of the cluster did not answer: \`kubectl cluster-info\` shows when it does again; then run \`make up${chosenBy(stack)}\`, which goes on from there`,
  ],
  [
    /looks like "([^"]+)" is not a valid chart repository or cannot be reached/g,
    ([, url]) =>
      `no chart can be had from ${url ?? ""}: look whether it answers, or name a mirror or a folder in ${CHARTS} of the stack file; what is installed runs on without it`,
  ],
  [
    /chart "([^"]+)" (?:version "([^"]+)" )?not found in (\S+) repository/g,
    ([, chart, version, url]) =>
      `${url ?? ""} has no chart ${chart ?? ""}${version ? ` ${version}` : ""}: name a version that it has, or another repository in ${CHARTS} of the stack file`,
  ],
  [
    /certificate (?:is not yet valid|has expired)|CERT_NOT_YET_VALID|CERT_HAS_EXPIRED|Signature (?:expired|not yet current)|RequestExpired/g,
    (_, _stack, { now }) =>
      `this machine takes it to be ${now.toISOString()}: if that is wrong, set its clock; if it is right, the server's certificate has to be renewed`,
  ],
];

/** A line for each thing that stands in the way, once each, where something is known of it. */
export function waysOut(said: string, stack: string, machine: Machine = thisMachine()): string[] {
  const lines = KINDS.flatMap(([words, wayOut]) =>
    [...said.matchAll(words)].map((found) => wayOut(found, stack, machine)),
  );
  return [...new Set(lines)];
}

/** Whether somebody else has the stack, so that the engine did not come to do anything. */
export const isLocked = (said: string): boolean =>
  /the stack is currently locked by|Another update is currently in progress/.test(said);
