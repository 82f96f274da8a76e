// Which values of a rendered object may be shown. Anything may hold a secret, but for a few fields of which Kubernetes says that they
// do not.
const PODS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"];

const SAFE: readonly { readonly kinds: readonly string[]; readonly path: RegExp }[] = [
  { kinds: PODS, path: /spec\.(initContainers|containers)\[[^\]]*\]\.(image|resources\.(requests|limits)\.[\w-]+)$/ },
  { kinds: PODS, path: /spec\.(initContainers|containers)\[[^\]]*\]\.ports\[[^\]]*\]\.containerPort$/ },
  { kinds: PODS, path: /^spec\.replicas$/ },
  { kinds: ["HorizontalPodAutoscaler"], path: /^spec\.(min|max)Replicas$/ },
  { kinds: ["PodDisruptionBudget"], path: /^spec\.(minAvailable|maxUnavailable)$/ },
  { kinds: ["Service"], path: /^spec\.(type|ports\[[^\]]*\]\.(port|targetPort|nodePort))$/ },
];

/** What images, amounts and ports are written with. */
const PLAIN = /^[\w./:@%-]{1,200}$/;

/** The values of a field before and after, where everybody may see them. */
export function shownValues(kind: string, path: string, before: unknown, after: unknown): string | undefined {
  if (!SAFE.some(({ kinds, path: safe }) => kinds.includes(kind) && safe.test(path))) return undefined;
  const [one, other] = [before, after].map(plainText);
  return one === undefined || other === undefined ? undefined : `${one} => ${other}`;
}

function plainText(value: unknown): string | undefined {
  if (value === undefined || value === null) return "none";
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return PLAIN.test(text) ? text : undefined;
}
