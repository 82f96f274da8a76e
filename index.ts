import { Application } from "./components/application/application";
import { MeshNamespace } from "./components/application/meshNamespace";
import type { ApplicationData } from "./components/application/service";
import { bookinfoApplication, PRODUCT_PAGE } from "./components/bookinfo/bookinfo";
import { ExistingCluster } from "./components/cluster/existingCluster";
import { Istio } from "./components/istio/istio";
import { Exposure } from "./components/traffic/exposure";
import { loadSettings } from "./settings";

const settings = loadSettings();
const { profile } = settings;

const { provider } = new ExistingCluster("cluster", settings.cluster);

const mesh = new Istio("istio", { ...settings.istio, profile }, { provider });

const applications: Record<string, ApplicationData> = {
  ...(settings.bookinfo.enabled && { bookinfo: bookinfoApplication(settings.bookinfo) }),
  ...settings.applications,
};
const namespaces: Record<string, MeshNamespace> = {};
for (const [name, { namespace: place = name, exposure, ...application }] of Object.entries(applications)) {
  const namespace = (namespaces[place] ??= new MeshNamespace(place, {}, { provider }));
  new Application(name, { ...application, namespace, profile, mesh }, { provider });
  if (exposure) new Exposure(name, { ...exposure, namespace, mesh }, { provider });
}

/** Where traffic enters. */
export const ingress = {
  namespace: mesh.ingressGateway.namespace,
  service: mesh.ingressGateway.service,
  type: mesh.ingressGateway.type,
};

/** Where Bookinfo's product page is. */
export const bookinfo = settings.bookinfo.enabled
  ? { namespace: settings.bookinfo.namespace, host: settings.bookinfo.hosts[0], path: PRODUCT_PAGE }
  : undefined;
