import { z } from "zod";
import { list } from "../../../lib/list.ts";
import * as field from "../../../lib/schema/fields.ts";
import { reporting, type Report } from "../../arguments.ts";
import { tcpRoutes, tlsRoutes, type TcpRouteArgs, type TlsRouteArgs } from "./connectionRoutes.ts";
import { namedSubsets, type NamedSubset } from "./destinations.ts";
import { httpRoutes, type RouteArgs } from "./httpRoutes.ts";
import { gateways, labels, type PodLabels } from "./matches.ts";
import { checkRepeatedHosts } from "./repeatedHosts.ts";
import { checkSelfMirrors } from "./selfMirrors.ts";
import { trafficPolicy, type TrafficPolicyArgs } from "../destination/trafficPolicy.ts";
import { itemsOf, listOf, type Untrusted } from "../../../lib/untrusted.ts";

/** Some of the pods of a service, by a name that routes use. */
export interface SubsetArgs {
  /**
   * Labels that a pod must carry.
   * @default - `version`, with the name of the subset as its value
   */
  readonly labels?: PodLabels;

  /** @default - the service's */
  readonly trafficPolicy?: TrafficPolicyArgs;
}

/** Who may change the weights of routes besides Pulumi. */
export const weightManagers = ["argo-rollouts", "manual"] as const;
export type WeightManager = (typeof weightManagers)[number];

/** What happens to the requests for one host, as plain data: in TypeScript and in a stack file alike. */
export interface RoutingArgs<Subset extends string = string> {
  /**
   * The host as clients call it: a service, or a host outside the mesh.
   * @default - the name of the component
   */
  readonly host?: string;

  /**
   * Versions of the service that routes can name.
   * @default - none
   */
  readonly subsets?: Readonly<Record<Subset, SubsetArgs>>;

  /** @default - Istio's */
  readonly trafficPolicy?: TrafficPolicyArgs;

  /**
   * Routes of HTTP requests, tried in order: the first whose match holds takes the request; one that none takes is
   * answered with 404.
   * @default - every request goes to the service
   */
  readonly routes?: readonly RouteArgs<NoInfer<Subset>>[];

  /**
   * Routes of connections of other protocols.
   * @default - every connection goes to the service
   */
  readonly tcpRoutes?: readonly TcpRouteArgs<NoInfer<Subset>>[];

  /**
   * Routes of TLS connections that the client itself opens.
   * @default - every connection goes to the service
   */
  readonly tlsRoutes?: readonly TlsRouteArgs<NoInfer<Subset>>[];

  /**
   * Where the routes hold: in the sidecars (`mesh`), at Gateways by name, with their namespace where that is another.
   * @default ["mesh"]
   */
  readonly gateways?: readonly string[];

  /**
   * Hosts that the routes are for; at a gateway, the ones it is called by.
   * @default - `host`
   */
  readonly hosts?: readonly string[];

  /**
   * Namespaces whose clients these rules are for: `.` is the one that they are in, `*` all.
   * @default ["*"]
   */
  readonly exportTo?: readonly string[];

  /**
   * Who shifts weights while Pulumi looks away. The routes are created as written here, and from then on left as they
   * are: Kubernetes knows one owner for a list of routes as a whole, not one for each weight. Argo Rollouts also writes
   * the labels of the subsets, so these are left to it too. All else stays Pulumi's.
   * @default - Pulumi alone: a weight that someone else has changed is set right at the next `pulumi up`
   * @see https://argoproj.github.io/argo-rollouts/features/traffic-management/istio/#subset-level-traffic-splitting
   */
  readonly weightsManagedBy?: WeightManager;
}

export const routedHost = field.hostOrWildcard(
  "must be a host in small letters, such as reviews, reviews.bookinfo.svc.cluster.local or *.example.com",
);

export const exportTo = z
  .array(field.text(/^([.*]|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/, "must be `.`, `*` or the name of a namespace"), {
    error: "must be a list of namespaces",
  })
  .min(1, { error: "must have one namespace or more, or be left out" })
  .refine((namespaces) => namespaces.length < 2 || !namespaces.includes("*"), {
    error: "must not have others beside *, which are all namespaces",
  });

const subset = field.section({ labels: labels.exactOptional(), trafficPolicy: trafficPolicy.exactOptional() });

const managerError = `must be ${list(weightManagers, "or")}`;
const weightManager = z
  .string({ error: managerError })
  .superRefine((name, context) => {
    if ((weightManagers as readonly string[]).includes(name)) return;
    const message =
      name === "flagger"
        ? `${managerError}: Flagger makes a VirtualService of its own for the host, and Istio does not merge two; leave the host out of the traffic settings`
        : managerError;
    context.addIssue({ code: "custom", message });
  })
  .transform((name) => name as WeightManager);

/** Fields of `RoutingArgs`, for schemas that extend it; `checkRouting` has the rules about several of them. */
export const routingFields = {
  host: routedHost.exactOptional(),
  subsets: field.named(field.dnsLabel, subset, "names of subsets to subsets").exactOptional(),
  trafficPolicy: trafficPolicy.exactOptional(),
  routes: httpRoutes.exactOptional(),
  tcpRoutes: tcpRoutes.exactOptional(),
  tlsRoutes: tlsRoutes.exactOptional(),
  gateways: gateways.exactOptional(),
  hosts: z
    .array(routedHost, { error: "must be a list of hosts" })
    .min(1, { error: "must have one host or more, or be left out" })
    .exactOptional(),
  exportTo: exportTo.exactOptional(),
  weightsManagedBy: weightManager.exactOptional(),
};

/** The lists of routes, each for connections of another kind. */
export const ROUTES = ["routes", "tcpRoutes", "tlsRoutes"] as const;

/** The rules about several arguments at once. Each may be wrong by itself, so nothing is taken for granted. */
export function checkRouting(args: Untrusted, report: Report): void {
  const subsets = Object.keys(Object(args.subsets) as object);
  const there = subsets.length > 0 ? `there are ${subsets.sort().join(", ")}` : "there are none: add subsets";
  for (const { path, subset: name } of routedSubsets(args)) {
    if (!subsets.includes(name)) report(path, `names no subset of this service; ${there}`);
  }
  if (ROUTES.every((kind) => args[kind] === undefined)) {
    for (const name of ["gateways", "hosts", "weightsManagedBy"]) {
      if (args[name] !== undefined) report([name], "has no effect without routes: add some, or leave it out");
    }
  }
  checkSelfMirrors(args.routes, args.host, report);
  checkSniHosts(args, report);
  const bound = args.gateways === undefined ? ["mesh"] : listOf(args.gateways);
  for (const { path, match } of matchesOf(args)) {
    for (const [index, gateway] of listOf(match.gateways).entries()) {
      if (!bound.includes(gateway)) {
        report([...path, "gateways", index], "is not among the gateways of the service: add it there");
      }
    }
    for (const kind of ["headers", "withoutHeaders"]) {
      for (const name of Object.keys(Object(match[kind]) as object).filter((each) => each.startsWith("@"))) {
        if (bound.includes("mesh")) {
          report([...path, kind, name], "can be asked for at gateways only: take mesh out of the service's gateways");
        }
      }
    }
    for (const name of ["sourceLabels", "sourceNamespace"]) {
      if (match[name] !== undefined && !bound.includes("mesh")) {
        report([...path, name], "needs mesh among the gateways: requests from outside have no source in the mesh");
      }
    }
  }
}

/** Istio refuses a name that none of the hosts is, or stands for. */
function checkSniHosts(args: Untrusted, report: Report): void {
  const hosts = args.hosts === undefined ? [args.host] : listOf(args.hosts);
  // Without a host, it has the name of the component.
  if (!hosts.every((each) => typeof each === "string")) return;
  const isAmong = (name: string) =>
    hosts.some((host) => host === name || (host.startsWith("*.") && name.endsWith(host.slice(1))));
  for (const [index, route] of itemsOf(args.tlsRoutes).entries()) {
    for (const [number, match] of itemsOf(route.match).entries()) {
      for (const [place, name] of listOf(match.sniHosts).entries()) {
        if (typeof name !== "string" || isAmong(name)) continue;
        const path = ["tlsRoutes", index, "match", number, "sniHosts", place];
        report(path, "is none of the hosts that the routes are for: add it to hosts, with its full name");
      }
    }
  }
}

function* routedSubsets(args: Untrusted): Iterable<NamedSubset> {
  for (const kind of ROUTES) {
    for (const [index, route] of itemsOf(args[kind]).entries()) {
      yield* namedSubsets(route.to, [kind, index, "to"]);
      yield* namedSubsets(listOf(route.mirrors), [kind, index, "mirrors"]);
    }
  }
}

/** Every match of every route, with its place. The arguments may be wrong: what is no match says nothing. */
export function* matchesOf(
  args: Untrusted,
): Iterable<{ readonly path: readonly PropertyKey[]; readonly match: Untrusted }> {
  for (const kind of ROUTES) {
    for (const [index, route] of itemsOf(args[kind]).entries()) {
      for (const [number, match] of itemsOf(route.match).entries()) {
        yield { path: [kind, index, "match", number], match };
      }
    }
  }
}

/** Arguments of a `ServiceRouting`, without the objects around it. */
export const routing = field
  .section(routingFields)
  .superRefine((args, context) => {
    checkRouting(args, reporting(context));
    checkRepeatedHosts(args, reporting(context));
  }, field.always)
  .refine((args) => hasDestinationRule(args) || hasVirtualService(args), {
    error: "must have subsets, a trafficPolicy or routes",
    ...field.always,
  });

export const hasDestinationRule = ({
  subsets,
  trafficPolicy: policy,
}: {
  subsets?: unknown;
  trafficPolicy?: unknown;
}) => subsets !== undefined || policy !== undefined;

export const hasVirtualService = (args: Partial<Record<(typeof ROUTES)[number], unknown>>) =>
  ROUTES.some((kind) => args[kind] !== undefined);
