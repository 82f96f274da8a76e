// A service account that deploys with the rights of docs/deployer-rbac.yaml, and what the API server says that it asked for.
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump, load, loadAll } from "js-yaml";
import { mergeValues } from "../../../components/istio/values.ts";
import { outcomeOf } from "../../../lib/run.ts";
import { testbedDown, testbedUp } from "../../../testbed/cluster.ts";
import type { Instance } from "../../../testbed/instance.ts";
import { kubectlArgs } from "../../../testbed/kubectlArgs.ts";
import { auditLog } from "../../../testbed/node/controlPlane.ts";
import { testbedOverlay } from "../../../testbed/overlay.ts";
import type { Rule } from "../../../tools/deployer/clusterRights.ts";
import { DEPLOYER, type Right } from "../../../tools/deployer/rbac.ts";
import { product } from "../../../versions.ts";
import { Clone } from "../../e2e/clone.ts";
import { kubectlOn } from "../../e2e/kubectlOn.ts";
import { everyKind, PLANTED } from "./stack.ts";

const NAME = "rights";
const USER = `system:serviceaccount:${DEPLOYER}:${DEPLOYER}`;

/** A request as the audit log has it. */
interface Entry {
  readonly user: { readonly username: string };
  readonly verb: string;
  readonly objectRef?: { readonly resource: string; readonly apiGroup?: string; readonly subresource?: string };
  readonly responseStatus?: { readonly code?: number };
}

interface Role {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules: readonly Rule[];
}

/** In the words of RBAC's own messages: `verb resource.group`. */
export const textOf = ([group, resource, verb]: Right): string =>
  `${verb} ${resource}${group === "" ? "" : `.${group}`}`;

function edit(file: string, what: RegExp, text: string): void {
  const before = readFileSync(file, "utf8");
  const after = before.replace(what, text);
  if (after === before) throw new Error(`${file} has nothing to change`);
  writeFileSync(file, after);
}

export class Deployer {
  readonly #instance: Instance;
  readonly #folder: string;
  readonly #planted: string;
  /** The stack file that is special about this cluster. */
  readonly #config: Record<string, unknown>;
  readonly #roles: readonly Role[];

  private constructor(instance: Instance, istioModule: string) {
    this.#instance = instance;
    this.#folder = mkdtempSync(join(tmpdir(), "deployer-"));
    // Paths may hold anything but a slash.
    this.#planted = join(this.#folder, PLANTED);
    mkdirSync(this.#planted);
    symlinkSync(join(istioModule, "manifests/charts"), join(this.#planted, "charts"));
    const overlay = testbedOverlay(instance, istioModule);
    const places = {
      "mesh:istio": { ...(overlay["mesh:istio"] as object), charts: { folder: join(this.#planted, "charts") } },
      "mesh:observability": overlay["mesh:observability"],
    };
    this.#config = mergeValues(places, everyKind);
    const file = readFileSync(join(import.meta.dirname, "../../../docs/deployer-rbac.yaml"), "utf8");
    this.#roles = (loadAll(file) as Role[]).filter(({ kind }) => kind === "ClusterRole");
    writeFileSync(join(this.#folder, "rbac.yaml"), file);
  }

  static async of(): Promise<Deployer> {
    const { instance, programs } = await testbedUp(NAME, { audited: true });
    const deployer = new Deployer(instance, programs.istioModule);
    await deployer.admin("apply", "-f", join(deployer.#folder, "rbac.yaml"));
    const token = await deployer.admin("-n", DEPLOYER, "create", "token", DEPLOYER, "--duration=3h");
    const admin = load(readFileSync(instance.kubeconfig, "utf8")) as { users: object[] };
    const users = admin.users.map((user) => ({ ...user, user: { token: token.trim() } }));
    writeFileSync(deployer.#kubeconfig, dump({ ...admin, users }), { mode: 0o600 });
    return deployer;
  }

  get #kubeconfig(): string {
    return join(this.#planted, "kubeconfig");
  }

  /** A checkout whose stack goes to the cluster with the deployer's rights. */
  async checkout(env: NodeJS.ProcessEnv = {}): Promise<Clone> {
    const clone = await Clone.of({ ...env, KUBECONFIG: this.#kubeconfig, CONTEXT: "testbed" });
    clone.configure((config) => mergeValues(config, this.#config));
    return clone;
  }

  /** Gives a checkout charts in which each object differs by a label, as in those of another version. */
  upgrade(clone: Clone): void {
    const charts = join(this.#folder, "charts");
    cpSync(realpathSync(join(this.#planted, "charts")), charts, { recursive: true });
    for (const chart of globSync("**/Chart.yaml", { cwd: charts })) {
      edit(join(charts, chart), /^version: .*$/m, `version: ${product.istio}`);
    }
    edit(join(charts, "base/files/crd-all.gen.yaml"), /heritage: Tiller/g, "heritage: Helm");
    clone.configure((config) => mergeValues(config, { "mesh:istio": { charts: { folder: charts } } }));
  }

  /** kubectl by the cluster's administrator. */
  admin(...args: string[]): Promise<string> {
    return kubectlOn(this.#instance.kubeconfig, ...args);
  }

  /** kubectl by the deployer, however it ends; returns all that it printed. */
  async kubectl(...args: string[]): Promise<string> {
    const { stdout, stderr } = await outcomeOf("kubectl", kubectlArgs(this.#kubeconfig, ...args));
    return `${stdout}${stderr}`.trim();
  }

  /** What an install that was taken back leaves: a webhook of Istio's, and nothing that answers for it. */
  async leaveWebhook(): Promise<void> {
    const file = join(this.#folder, "webhook.json");
    const name = "left-behind";
    const webhook = {
      name: `${name}.istio.io`,
      clientConfig: { service: { namespace: "istio-system", name: "istiod" } },
      rules: [{ operations: ["CREATE"], apiGroups: ["networking.istio.io"], apiVersions: ["*"], resources: ["*"] }],
      failurePolicy: "Fail",
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
    };
    const metadata = { name, labels: { istio: "istiod" } };
    const apiVersion = "admissionregistration.k8s.io/v1";
    writeFileSync(
      file,
      JSON.stringify({ apiVersion, kind: "ValidatingWebhookConfiguration", metadata, webhooks: [webhook] }),
    );
    await this.admin("apply", "-f", file);
  }

  /** Takes one right away, from whichever roles have it, until the work is done. */
  async without<Result>([group, resource, verb]: Right, work: () => Promise<Result>): Promise<Result> {
    // What is left of a rule: the other verbs for the resource, and all of them for the others.
    const less = ({ apiGroups, resources, verbs }: Rule): Rule[] => {
      const applies = apiGroups.includes(group) && resources.includes(resource) && verbs.includes(verb);
      if (!applies) return [{ apiGroups, resources, verbs }];
      const parts = [
        { apiGroups, resources: resources.filter((each) => each !== resource), verbs },
        { apiGroups, resources: [resource], verbs: verbs.filter((each) => each !== verb) },
      ];
      return parts.filter(({ resources: of, verbs: may }) => of.length > 0 && may.length > 0);
    };
    const changed = this.#roles.map((role) => ({ ...role, rules: role.rules.flatMap(less) }));
    const file = join(this.#folder, "less.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: changed }));
    await this.admin("apply", "-f", file);
    try {
      return await work();
    } finally {
      await this.admin("apply", "-f", join(this.#folder, "rbac.yaml"));
    }
  }

  /** Each right that the deployer has asked for so far. */
  asked(): Set<string> {
    const lines = readFileSync(auditLog(this.#instance), "utf8").trimEnd().split("\n");
    return new Set(
      lines.flatMap((line) => {
        const { user, verb, objectRef: ref, responseStatus } = JSON.parse(line) as Entry;
        if (user.username !== USER || ref === undefined) return [];
        const resource = ref.subresource === undefined ? ref.resource : `${ref.resource}/${ref.subresource}`;
        const isNew = verb === "patch" && responseStatus?.code === 201;
        const isOpened = verb === "get" && /^pods\/(exec|portforward)$/.test(resource);
        // Whoever applies what is not there yet, or opens a connection, has to have the right to create it too.
        const verbs = isNew || isOpened ? [verb, "create"] : [verb];
        return verbs.map((each) => textOf([ref.apiGroup ?? "", resource, each]));
      }),
    );
  }

  async end(): Promise<void> {
    await testbedDown(NAME);
    rmSync(this.#folder, { recursive: true });
  }
}
