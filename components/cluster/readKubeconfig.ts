import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadAll } from "js-yaml";
import { kubeconfigOf, mergeKubeconfigs, withAbsolutePaths, type Kubeconfig } from "./kubeconfig.ts";

/**
 * The kubeconfig of one context, from its file.
 *
 * @param file `~` is the home folder; by default the files that $KUBECONFIG names, else `~/.kube/config`
 * @param context by default the current one
 * @throws Error that names the file and, where the context is missing, those in it; it quotes nothing of the file
 */
export function readKubeconfig(file: string | undefined, context: string | undefined): Kubeconfig {
  const files = kubeconfigFiles(file);
  const present = files.filter((each) => fs.existsSync(each));
  const source = `the kubeconfig ${files.join(path.delimiter)}`;
  if (present.length === 0) {
    if (context !== undefined && file === undefined) {
      throw new Error(
        `there is no context ${context}: ${source} does not exist, so that there are none; set KUBECONFIG to the file that has it, or name no context`,
      );
    }
    throw new Error(
      `${source} does not exist; name another one in mesh:cluster.kubeconfig, or make a cluster: kind create cluster`,
    );
  }
  return kubeconfigOf(mergeKubeconfigs(present.map(readFile)), context, source);
}

function kubeconfigFiles(configured: string | undefined): string[] {
  if (configured !== undefined) return [configured.replace(/^~(?=$|\/)/, os.homedir())];
  const fromEnvironment = (process.env.KUBECONFIG ?? "").split(path.delimiter).filter((file) => file !== "");
  return fromEnvironment.length > 0 ? fromEnvironment : [path.join(os.homedir(), ".kube", "config")];
}

function readFile(file: string): Kubeconfig {
  let content: unknown;
  try {
    [content] = loadAll(fs.readFileSync(file, "utf8"));
  } catch {
    // The parser's own words quote the file, and with it its credentials.
    throw new Error(`the kubeconfig ${file} cannot be read as YAML`);
  }
  if (typeof content !== "object" || content === null) {
    throw new Error(`the kubeconfig ${file} is empty`);
  }
  return withAbsolutePaths(content, path.dirname(path.resolve(file)));
}
