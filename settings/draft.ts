import { bookinfoApplication } from "../components/bookinfo/bookinfo.ts";
import { isEnabled, type Addon } from "../components/observability/addon.ts";
import { addonList, type AddonName } from "../components/observability/addons.ts";
import { hostOf } from "../components/observability/exposureOptions.ts";
import { loginHostOf } from "../components/observability/loginOptions.ts";
import { openTools } from "../components/observability/safety.ts";
import type { TracingProvider } from "../components/telemetry/providers.ts";
import type { Path } from "../lib/schema/problems.ts";
import { listOf, mapOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import type { Sections } from "./sections.ts";

/** An application of the stack, Bookinfo among them. */
export interface DraftApplication {
  readonly name: string;
  readonly namespace: string;
  readonly services: Untrusted;
  readonly path: Path;
}

/** Hosts that a Gateway of the stack opens. */
export interface Opening {
  /** Where it stands. */
  readonly path: Path;
  readonly hosts: readonly unknown[];
  readonly tls: unknown;
}

/**
 * A stack file as it is written, or with its defaults, before it is known to be right. What is wrong by itself says
 * nothing here, so that rules about several sections speak up only where they know.
 */
export class Draft {
  /** Bookinfo and the applications of the stack's own. */
  readonly applications: readonly DraftApplication[];
  /** Their namespaces, each once. */
  readonly namespaces: readonly string[];

  readonly #settings: Untrusted;

  constructor(settings: unknown) {
    this.#settings = mapOf(settings);
    this.applications = [...this.#bookinfo(), ...this.#ownApplications()];
    this.namespaces = [...new Set(this.applications.map(({ namespace }) => namespace))];
  }

  /** What a section says; nothing if it is no map. */
  section(name: keyof Sections): Untrusted {
    return mapOf(this.#settings[name]);
  }

  get isProduction(): boolean {
    return this.#settings.profile === "production";
  }

  /** Whether the stack is a cluster alone. */
  get isClusterAlone(): boolean {
    return this.#settings.scope === "cluster";
  }

  /** The cluster that is to be made; nothing where the stack makes none. */
  get eks(): Untrusted | undefined {
    const { eks } = this.section("cluster");
    return eks === undefined ? undefined : mapOf(eks);
  }

  /** The Network Load Balancer of the ingress gateway. */
  get nlb(): Untrusted {
    return mapOf(mapOf(this.section("istio").ingressGateway).nlb);
  }

  /** The scenario that is chosen. */
  get scenario() {
    return scenarioOf(textOf(this.#settings.scenario) ?? "");
  }

  get hasBookinfo(): boolean {
    return this.section("bookinfo").enabled !== false;
  }

  /** The namespace of hosts that name none: Bookinfo's, if there is one. */
  get home(): string | undefined {
    return this.hasBookinfo ? (textOf(this.section("bookinfo").namespace) ?? "bookinfo") : undefined;
  }

  /** Every version of the services of the stack's own, Bookinfo left out. */
  *versions(): Iterable<{ readonly path: Path; readonly version: Untrusted }> {
    for (const { path, services } of this.#ownApplications()) {
      for (const [service, args] of Object.entries(services)) {
        for (const [version, versionArgs] of Object.entries(mapOf(mapOf(args).versions))) {
          yield { path: [...path, "services", service, "versions", version], version: mapOf(versionArgs) };
        }
      }
    }
  }

  /** What Bookinfo, the applications and the hosts of `mesh:traffic` open, in this order. */
  get openings(): readonly Opening[] {
    const exposures = (["applications", "traffic"] as const).flatMap((section) =>
      Object.entries(this.section(section)).map(([name, each]) =>
        opening([section, name, "exposure"], mapOf(each).exposure),
      ),
    );
    return [...(this.hasBookinfo ? [opening(["bookinfo"], this.section("bookinfo"))] : []), ...exposures];
  }

  /** Whether the tools are installed that look at the mesh. */
  get hasTools(): boolean {
    const { profile = "demo" } = this.#settings;
    return !this.isClusterAlone && (this.section("observability").enabled ?? profile === "demo") === true;
  }

  hasTool(tool: AddonName): boolean {
    return this.hasTools && isEnabled(this.section("observability"), tool);
  }

  /** The tools that are installed. */
  get tools(): readonly Addon[] {
    return addonList.filter(({ name }) => this.hasTool(name));
  }

  /** The collectors of spans among them, by the names of the providers. */
  get tracingProviders(): Readonly<Record<string, TracingProvider>> {
    return Object.fromEntries(this.tools.flatMap(({ tracingProviders = {} }) => Object.entries(tracingProviders)));
  }

  /** The tools that are open to the outside. */
  get openTools(): readonly AddonName[] {
    return this.hasTools ? openTools(this.section("observability")) : [];
  }

  /** The hosts by which the tools are open to the outside, and that of their login. */
  get toolHosts(): readonly string[] {
    const { domain } = mapOf(this.section("observability").exposure);
    if (typeof domain !== "string") return [];
    return [...this.openTools.map((tool) => hostOf(tool, domain)), ...(this.login ? [loginHostOf(domain)] : [])];
  }

  /** The login before the tools; nothing where there is none. */
  get login(): Untrusted | undefined {
    const { login } = mapOf(this.section("observability").exposure);
    return this.hasTools && login !== undefined ? mapOf(login) : undefined;
  }

  #ownApplications(): readonly DraftApplication[] {
    return Object.entries(this.section("applications")).map(([name, application]) => {
      const { namespace, services } = mapOf(application);
      return { name, namespace: textOf(namespace) ?? name, services: mapOf(services), path: ["applications", name] };
    });
  }

  *#bookinfo(): Iterable<DraftApplication> {
    if (this.home === undefined) return;
    const { client, ratings } = this.section("bookinfo");
    const { database } = mapOf(ratings);
    const { namespace, services } = bookinfoApplication({
      namespace: this.home,
      hosts: [],
      // Which images, makes no difference to the names.
      images: { registry: "", tag: "", client: "" },
      client: client !== false,
      ...(database === "mongodb" && { ratings: { database } }),
      ...(database === "mysql" && { ratings: { database, password: "" } }),
    });
    yield { name: "bookinfo", namespace, services, path: ["bookinfo"] };
  }
}

function opening(path: Path, section: unknown): Opening {
  const { hosts, tls } = mapOf(section);
  return { path, hosts: listOf(hosts), tls };
}
