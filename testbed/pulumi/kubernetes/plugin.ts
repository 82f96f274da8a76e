import manifest from "@pulumi/kubernetes/package.json" with { type: "json" };
import type { Resource } from "../provider/resource.ts";
import type { Plugin } from "../provider/service.ts";
import type { Fields } from "../provider/values/value.ts";
import { Api } from "./cluster/api.ts";
import { Objects } from "./objects/objects.ts";
import { Releases } from "./release/release.ts";

const { version } = manifest;

const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The Kubernetes plugin, as far as objects and releases need it. */
export class KubernetesPlugin implements Plugin {
  readonly name = "kubernetes";
  readonly sdkVersion = version;
  readonly announcement =
    "the Kubernetes plugin is a stand-in for the real one, which could not be downloaded; testbed/pulumi/README.md says what differs";
  readonly #cancel = new AbortController();
  #objects: Resource | undefined;
  #releases: Resource | undefined;

  stop(): void {
    this.#cancel.abort();
  }

  configure(args: Fields): void {
    if (args.renderYamlToDirectory) throw new Error("the stand-in plugin does not render to a directory");
    const isOn = (key: string, variable: string) => String(args[key] ?? process.env[variable]) === "true";
    const settings = {
      enablePatchForce: isOn("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
      enableConfigMapMutable: isOn("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
      enableSecretMutable: isOn("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
      upsertExistingObjects: isOn("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
    };
    const api = new Api(args);
    this.#objects = new Objects(api, settings, this.#cancel.signal);
    this.#releases = new Releases(api, this.#cancel.signal);
  }

  resourceOf(type: string): Resource {
    const resource = type === RELEASE ? this.#releases : this.#objects;
    if (!resource) throw new Error("the provider is not configured");
    return resource;
  }
}
