import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { asKubeconfig, type Connection } from "../cluster/kubeconfig.ts";
import type { Fields } from "../../provider/values/value.ts";
import { chartValues, flagsOf, REPOSITORY_FLAGS } from "./arguments.ts";

/** A folder that only we can read, for one run of helm: what is secret goes in files, never on the command line. */
class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "helm-release-"));
  readonly #atExit = (): void => {
    rmSync(this.folder, { recursive: true, force: true });
  };

  constructor() {
    // Also when the plugin must end before helm does.
    process.once("exit", this.#atExit);
  }

  write(name: string, content: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  }

  remove(): void {
    process.off("exit", this.#atExit);
    this.#atExit();
  }
}

/** Runs the helm program on one cluster. */
export class Helm {
  readonly #connection: Connection;
  readonly #cancel: AbortSignal;

  constructor(connection: Connection, cancel: AbortSignal) {
    this.#connection = connection;
    this.#cancel = cancel;
  }

  /** Installs, upgrades or shows the chart that the release's arguments name. */
  async runWithChart(
    command: readonly string[],
    release: Fields,
    flags: readonly string[],
    withValues: boolean,
  ): Promise<string> {
    const workspace = new Workspace();
    try {
      const { chart, source } = await this.#chartOf(release, workspace);
      const values = withValues ? valueFiles(release, workspace) : [];
      return await this.#run([...command, chart, ...source, ...flags, ...values], workspace);
    } finally {
      workspace.remove();
    }
  }

  async run(args: readonly string[]): Promise<string> {
    const workspace = new Workspace();
    try {
      return await this.#run(args, workspace);
    } finally {
      workspace.remove();
    }
  }

  /** The chart as helm is to be told of it, and the flags that say where it is. */
  async #chartOf(release: Fields, workspace: Workspace): Promise<{ chart: string; source: string[] }> {
    const { chart, repositoryOpts: repository = {} } = release;
    const files = flagsOf(repository, REPOSITORY_FLAGS);
    const { repo, username, password } = repository;
    if (!username && !password) return { chart, source: [...(repo ? ["--repo", repo] : []), ...files] };
    if (String(chart).startsWith("oci://")) {
      const auths = { [new URL(chart).host]: { auth: Buffer.from(`${username}:${password}`).toString("base64") } };
      return {
        chart,
        source: [...files, "--registry-config", workspace.write("registry.json", JSON.stringify({ auths }))],
      };
    }
    const entry = { name: "repository", url: repo, username, password };
    const config = workspace.write(
      "repositories.yaml",
      dump({ apiVersion: "", repositories: [{ ...entry, ...pick(repository) }] }),
    );
    const source = ["--repository-config", config, "--repository-cache", join(workspace.folder, "cache")];
    await this.#run(["repo", "update", ...source], workspace);
    return { chart: `repository/${chart}`, source };
  }

  #run(args: readonly string[], workspace: Workspace): Promise<string> {
    const kubeconfig = workspace.write("kubeconfig", asKubeconfig(this.#connection));
    return new Promise((resolve, reject) => {
      const env = {
        ...process.env,
        KUBECONFIG: kubeconfig,
        // What helm learns of the API would outlive a cluster at the same address, and leave a trace in the user's home.
        KUBECACHEDIR: join(workspace.folder, "discovery"),
        HELM_KUBECONTEXT: "",
        HELM_DRIVER: "secret",
      };
      const options = { maxBuffer: 1 << 28, env };
      const child = execFile("helm", args, options, (error, stdout, stderr) => {
        this.#cancel.removeEventListener("abort", stop);
        if (!error) resolve(stdout);
        else if (error.code === ("ENOENT" as unknown))
          reject(new Error("the program helm is not on PATH: Releases need it"));
        else reject(new Error(lastWords(stderr) || `helm ${args[0]} failed`));
      });
      // Told to stop, helm marks the release as failed by itself; killed, it would leave it pending for ever.
      const stop = () => child.kill("SIGTERM");
      if (this.#cancel.aborted) stop();
      else this.#cancel.addEventListener("abort", stop);
    });
  }
}

const pick = ({ caFile, certFile, keyFile }: Fields): Fields => ({ caFile, certFile, keyFile });

/** The values as files: first the program's files, then its values, which win. */
function valueFiles(release: Fields, workspace: Workspace): string[] {
  const assets: Fields[] = release.valueYamlFiles ?? [];
  const files = assets.map(
    (asset, index) => asset.path ?? asset.uri ?? workspace.write(`values-${index}.yaml`, asset.text),
  );
  if (release.values) files.push(workspace.write("values.json", JSON.stringify(chartValues(release))));
  return files.flatMap((file: string) => ["--values", file]);
}

/** What helm says of its failure, without the noise before it. */
function lastWords(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => !/^(WARNING:|[IWE]\d{4} )/.test(line));
  return lines.join("\n").replace(/^Error: (INSTALLATION FAILED: |UPGRADE FAILED: )?/, "");
}
