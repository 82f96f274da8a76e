import { Application } from "./components/application/application.ts";
import { MeshNamespace } from "./components/application/meshNamespace.ts";
import type { ApplicationData } from "./components/application/service.ts";
import { bookinfoApplication, PRODUCT_PAGE } from "./components/bookinfo/bookinfo.ts";
import { openCluster } from "./components/cluster/openCluster.ts";
import { Istio } from "./components/istio/istio.ts";
import { LOGIN_PROVIDER, loginProvider } from "./components/observability/loginOptions.ts";
import { Observability } from "./components/observability/observability.ts";
import { MeshSecurity } from "./components/security/meshSecurity.ts";
import { PeerAuthentication } from "./components/security/peerAuthentication.ts";
import { Telemetry } from "./components/telemetry/telemetry.ts";
import { Exposure } from "./components/traffic/gateway/exposure.ts";
import { HostTraffic } from "./components/traffic/hostTraffic.ts";
import { RateLimitService } from "./components/traffic/rateLimit/service/rateLimitService.ts";
import { RATE_LIMIT_NAMESPACE } from "./components/traffic/rateLimit/service/serviceOptions.ts";
import { loadSettings } from "./settings.ts";
import { Draft } from "./settings/draft.ts";
import { pinnedLimitImages, withPinnedImages } from "./settings/images.ts";
import { hostsWithLogin } from "./settings/loginCombinations.ts";
import { meshLimits } from "./settings/rateLimits.ts";
import { outsideHosts, providerHosts, securityMembers, waysOf, withSecurity } from "./settings/security.ts";
import { withScenario } from "./settings/scenario.ts";
import { meshTelemetry } from "./settings/telemetry.ts";
import { stackTraffic } from "./settings/trafficHosts.ts";

/**
 * The program: settings in, components wired, outputs out. It is a function, since it has to wait for what AWS says of the
 * settings before anything is registered.
 */
export async function program() {
  const settings = withSecurity(withScenario(loadSettings()));
  const { profile } = settings;
  const draft = new Draft(settings);
  const { pin: pins } = settings.images;

  const cluster = await openCluster("cluster", settings.cluster, profile);
  const { provider } = cluster;

  const tracingProviders = { ...draft.tracingProviders, ...settings.telemetry.providers };
  const { login } = settings.observability.exposure ?? {};
  const extensionProviders = {
    ...(draft.hasTools && login && { [LOGIN_PROVIDER]: loginProvider(login) }),
    ...settings.istio.extensionProviders,
  };
  // Gateways have load balancers: what makes those comes before the mesh, and goes after it.
  const mesh =
    settings.scope === "cluster"
      ? undefined
      : new Istio(
          "istio",
          { ...settings.istio, profile, tracingProviders, extensionProviders, pins },
          { provider, dependsOn: [...cluster.ready] },
        );

  const tools =
    mesh && draft.hasTools
      ? new Observability(
          "observability",
          { ...settings.observability, loginHosts: hostsWithLogin(draft), profile, mesh },
          { provider },
        )
      : undefined;

  if (mesh) {
    const applications: Record<string, ApplicationData> = withPinnedImages(
      {
        ...(settings.bookinfo.enabled && { bookinfo: bookinfoApplication(settings.bookinfo) }),
        ...settings.applications,
      },
      pins,
    );
    const namespaces: Record<string, MeshNamespace> = {};
    const namespaceOf = (place: string) =>
      (namespaces[place] ??= new MeshNamespace(place, { revision: mesh.revisionOf(place) }, { provider }));
    for (const [name, { namespace: place = name, exposure, ...application }] of Object.entries(applications)) {
      const namespace = namespaceOf(place);
      new Application(name, { ...application, namespace, profile, mesh: mesh.meshOf(place) }, { provider });
      if (exposure) new Exposure(name, { ...exposure, namespace, mesh }, { provider });
    }

    const { namespace: home } = settings.bookinfo;
    const limits = meshLimits(settings.traffic, home);
    const rateLimitService =
      limits.length > 0
        ? new RateLimitService(
            "ratelimit",
            {
              ...settings.rateLimitService,
              images: pinnedLimitImages(settings.rateLimitService.images, pins),
              hosts: limits,
              namespace: namespaceOf(RATE_LIMIT_NAMESPACE),
              profile,
              mesh: mesh.meshOf(RATE_LIMIT_NAMESPACE),
            },
            { provider },
          )
        : undefined;
    for (const [host, { namespace: place = home, ...rules }] of Object.entries(settings.traffic)) {
      new HostTraffic(host, { ...rules, namespace: namespaceOf(place), mesh, rateLimitService }, { provider });
    }
    for (const [place, rules] of Object.entries(settings.peerAuthentications)) {
      new PeerAuthentication(place, { ...rules, namespace: namespaceOf(place), mesh }, { provider });
    }

    if (Object.keys(settings.security).length > 0) {
      const traffic = stackTraffic(draft);
      const members = securityMembers(draft);
      new MeshSecurity(
        "security",
        {
          ...settings.security,
          members,
          ways: waysOf(draft, members, traffic),
          outside: [...outsideHosts(traffic), ...providerHosts(draft)],
          namespaceOf,
          mesh,
        },
        { provider },
      );
    }

    const telemetry = meshTelemetry(settings);
    if (telemetry) new Telemetry("mesh", { ...telemetry, mesh }, { provider });
    for (const [place, rules] of Object.entries(settings.telemetry.namespaces)) {
      new Telemetry(place, { ...rules, namespace: namespaceOf(place), mesh }, { provider });
    }
  }

  return {
    /** How to get to the cluster, where it is not one of the user's own. */
    kubeconfig: cluster.kubeconfig,

    /** What the cluster consists of, where this stack made it: for stacks of others that build on it. */
    cluster: cluster.parts,

    /** Where traffic enters. */
    ingress: mesh && {
      namespace: mesh.ingressGateway.namespace,
      service: mesh.ingressGateway.service,
      type: mesh.ingressGateway.type,
      /** Host name or IP address of the load balancer, to which DNS leads hosts. */
      address: mesh.ingressGateway.address,
    },

    /** Where Bookinfo's product page is. */
    bookinfo:
      mesh && settings.bookinfo.enabled
        ? {
            namespace: settings.bookinfo.namespace,
            scheme: settings.bookinfo.tls || settings.istio.ingressGateway.nlb?.certificates ? "https" : "http",
            host: settings.bookinfo.hosts[0],
            path: PRODUCT_PAGE,
          }
        : undefined,

    /** Where the tools are that look at the mesh; `make dashboards` opens them. */
    observability: tools?.places,
  };
}
