// Plain text from a pod without a sidecar: refused where the mesh is strict, taken where it is permissive.
import { CoreV1Api, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import { selects } from "../istio/labels.ts";
import { until } from "../lib/process.ts";
import { statuses, type Answer } from "./answers.ts";
import { sendFrom } from "./client.ts";
import { refOf, type PeerAuthentication, type Service } from "./declared.ts";
import { notVerified, verdictOf, type Check, type Finding } from "./findings.ts";
import type { Mesh } from "./mesh.ts";
import { pathsOf } from "./services.ts";
import { withCleanup } from "./withCleanup.ts";

const ROOT = "istio-system";
const CLIENT = "plain-client";
const PLAIN = "plain text";
const REQUESTS = 5;
/** Curl's exit codes for a connection that the server has ended before it answered. */
const CUT_OFF = [52, 56];

/**
 * The mode of a port of pods: the narrowest rule that says one, of the workload, the namespace or the mesh.
 * @returns the mode with the rule that says it; undefined where none does
 */
export function modeOf(
  rules: readonly PeerAuthentication[],
  namespace: string,
  labels: Readonly<Record<string, string>>,
  port: number,
): { readonly mode: string; readonly rule: PeerAuthentication } | undefined {
  const isWide = ({ spec }: PeerAuthentication) => Object.keys(spec.selector?.matchLabels ?? {}).length === 0;
  const inPlace = (place: string) => rules.filter(({ metadata }) => metadata.namespace === place);
  const narrowToWide = [
    ...inPlace(namespace).filter((rule) => !isWide(rule) && selects(rule.spec.selector?.matchLabels ?? {}, labels)),
    ...inPlace(namespace).filter(isWide),
    ...inPlace(ROOT).filter(isWide),
  ];
  for (const rule of narrowToWide) {
    const mode = rule.spec.portLevelMtls?.[String(port)]?.mode ?? rule.spec.mtls?.mode;
    if (mode !== undefined && mode !== "UNSET") return { mode, rule };
  }
  return undefined;
}

interface Case {
  readonly service: Service;
  readonly port: number;
  readonly mode: string;
  readonly rule: PeerAuthentication;
}

/** One finding for each service for whose pods a mode is declared. */
export async function plainTextFindings(mesh: Mesh): Promise<Finding[]> {
  const { peerAuthentications, services } = mesh.declared;
  const cases = services.flatMap((service): Case[] => {
    const [first] = service.spec.ports ?? [];
    if (!first || service.spec.selector === undefined || first.appProtocol === "tcp") return [];
    const target = typeof first.targetPort === "number" ? first.targetPort : first.port;
    const found = modeOf(peerAuthentications, service.metadata.namespace, service.spec.selector, target);
    return found ? [{ service, port: first.port, ...found }] : [];
  });
  const image = mesh.client?.pod.spec?.containers.find(({ name }) => name === mesh.client?.container)?.image;
  if (cases.length === 0) return [];
  if (image === undefined) {
    return cases.map((each) => finding(each, [], "no client image is available: enable mesh:bookinfo.client"));
  }
  return withPlainClient(mesh.config, image, async (pod) => {
    const findings: Finding[] = [];
    for (const each of cases) {
      const { metadata } = each.service;
      const origin = `http://${metadata.name}.${metadata.namespace}:${each.port}`;
      const request = { method: "GET", path: pathsOf(mesh.declared, each.service)[0] ?? "/", query: {}, headers: {} };
      const sending = { count: REQUESTS, parallel: 1, patience: 10, apart: true };
      findings.push(finding(each, await sendFrom(mesh.config, pod, CLIENT, origin, request, sending)));
    }
    return findings;
  });
}

function finding({ service, mode, rule }: Case, answers: readonly Answer[], whyNot?: string): Finding {
  const declared = mode === "STRICT" ? "refused (STRICT)" : `accepted (${mode})`;
  return {
    host: service.metadata.name,
    object: `PeerAuthentication ${refOf(rule)}`,
    rule: "plain text",
    from: "a pod without a sidecar",
    requests: answers.length,
    checks: [whyNot === undefined ? plainTextCheck(declared, mode, answers) : notVerified(PLAIN, declared, whyNot)],
  };
}

function plainTextCheck(declared: string, mode: string, answers: readonly Answer[]): Check {
  // A name that does not resolve, or a time that runs out, would be no refusal.
  const refused = answers.every(({ failure }) => failure !== undefined && CUT_OFF.includes(failure));
  const taken = answers.every(({ status }) => status > 0);
  return {
    what: PLAIN,
    declared,
    measured: refused ? `connection cut off ×${answers.length}` : statuses(answers),
    verdict: verdictOf(mode === "STRICT" ? refused : taken),
  };
}

/** Runs a pod outside the mesh, in a namespace of its own, for as long as the work takes. */
async function withPlainClient<T>(config: KubeConfig, image: string, work: (pod: V1Pod) => Promise<T>): Promise<T> {
  const api = config.makeApiClient(CoreV1Api);
  const { metadata } = await api.createNamespace({
    body: { metadata: { generateName: "verify-", labels: { "istio-injection": "disabled" } } },
  });
  const namespace = metadata?.name ?? "";
  const remove = () => api.deleteNamespace({ name: namespace, gracePeriodSeconds: 0 });
  return withCleanup(remove, async () => {
    await until("the namespace's service account", 20, async () => {
      const { items } = await api.listNamespacedServiceAccount({ namespace });
      return items.length > 0 || undefined;
    });
    await api.createNamespacedPod({ namespace, body: plainClient(image) });
    const pod = await until("the client without a sidecar", 60, async () => {
      const found = await api.readNamespacedPod({ namespace, name: CLIENT });
      return found.status?.phase === "Running" ? found : undefined;
    });
    return work(pod);
  });
}

function plainClient(image: string): V1Pod {
  return {
    metadata: { name: CLIENT, labels: { "sidecar.istio.io/inject": "false" } },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 100, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: CLIENT,
          image,
          imagePullPolicy: "IfNotPresent",
          command: ["/bin/sh", "-c", "trap 'exit 0' TERM; sleep 600 & wait"],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  };
}
