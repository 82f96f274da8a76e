// A service account for whoever deploys a stack on a cluster that is there, and its rights: docs/deployer-rbac.yaml.
import { dump } from "js-yaml";
import { CNI, DEPLOY, MEASURE, type Rule } from "./clusterRights.ts";

export const DEPLOYER = "mesh-deployer";

const HEAD = `# What whoever deploys a stack may do on a cluster that is there: see docs/supply-chain.md. Made by make deployer-policy.
`;

/** @param ofCharts what Istio's charts give to others */
export function deployerRbac(ofCharts: readonly Rule[]): string {
  const account = { kind: "ServiceAccount", name: DEPLOYER, namespace: DEPLOYER };
  const roles: Readonly<Record<string, readonly Rule[]>> = {
    [DEPLOYER]: DEPLOY,
    [`${DEPLOYER}-gives`]: simplified(ofCharts),
    [`${DEPLOYER}-measures`]: MEASURE,
    [`${DEPLOYER}-cni`]: CNI,
  };
  const rbac = "rbac.authorization.k8s.io";
  const objects = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: DEPLOYER } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: DEPLOYER, namespace: DEPLOYER } },
    ...Object.entries(roles).flatMap(([name, rules]) => [
      { apiVersion: `${rbac}/v1`, kind: "ClusterRole", metadata: { name }, rules },
      {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
        subjects: [account],
      },
    ]),
  ];
  return HEAD + objects.map((object) => dump(object, { lineWidth: 120, noRefs: true })).join("---\n");
}

/** A right of RBAC: one verb on one resource. */
export type Right = readonly [apiGroup: string, resource: string, verb: string];

export const rightsOf = (rules: readonly Rule[]): Right[] =>
  rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb): Right => [group, resource, verb]))),
  );

/** Rules of one group each, without what the others say already. */
function simplified(rules: readonly Rule[]): Rule[] {
  const verbs = new Map<string, Set<string>>();
  for (const [group, resource, verb] of rightsOf(rules)) {
    const key = JSON.stringify([group, resource]);
    verbs.set(key, (verbs.get(key) ?? new Set()).add(verb));
  }
  const all = [...verbs].map(([key, found]) => {
    const [group, resource] = JSON.parse(key) as [string, string];
    return { group, resource, verbs: found.has("*") ? ["*"] : [...found].sort() };
  });
  const everything = new Map(all.filter(({ resource }) => resource === "*").map((each) => [each.group, each.verbs]));
  const byVerbs = new Map<string, { group: string; verbs: string[]; resources: string[] }>();
  for (const { group, resource, verbs: found } of all) {
    const more = resource === "*" ? found : found.filter((verb) => !everything.get(group)?.includes(verb));
    if (more.length === 0) continue;
    const key = JSON.stringify([group, more]);
    const same = byVerbs.get(key) ?? { group, verbs: more, resources: [] };
    byVerbs.set(key, { ...same, resources: [...same.resources, resource].sort() });
  }
  return [...byVerbs]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([, { group, resources, verbs: found }]) => ({ apiGroups: [group], resources, verbs: found }));
}
