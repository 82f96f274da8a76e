import { describe, expect, it } from "vitest";
import {
  kubeconfigOf,
  mergeKubeconfigs,
  withAbsolutePaths,
  type Kubeconfig,
} from "../../../components/cluster/kubeconfig.ts";

const context = (name: string, cluster = name, user = name) => ({ name, context: { cluster, user } });
const cluster = (name: string, fields = {}) => ({
  name,
  cluster: { server: `https://${name}.example.com`, ...fields },
});
const user = (name: string, fields = {}) => ({ name, user: { token: `token of ${name}`, ...fields } });

const kubeconfig: Kubeconfig = {
  "current-context": "kind",
  contexts: [context("kind"), context("prod"), context("dangling", "gone")],
  clusters: [cluster("kind"), cluster("prod")],
  users: [user("kind"), user("prod")],
};

describe("the kubeconfig of one context", () => {
  it.each([
    [undefined, "kind"],
    ["prod", "prod"],
  ])("asked for %s has nothing but %s", (wanted, name) => {
    expect(kubeconfigOf(kubeconfig, wanted, "the kubeconfig x")).toEqual({
      "current-context": name,
      contexts: [context(name)],
      clusters: [cluster(name)],
      users: [user(name)],
    });
  });

  it.each<[why: string, kubeconfig: Kubeconfig, wanted: string | undefined, message: string]>([
    [
      "the context is not there",
      kubeconfig,
      "prd",
      "the kubeconfig x has no context prd; there are kind, prod, dangling",
    ],
    [
      "no context is current",
      { contexts: [context("kind")] },
      undefined,
      "the kubeconfig x has no current context; choose one: there are kind",
    ],
    ["there is no context at all", {}, "kind", "the kubeconfig x has no context kind; it has none"],
    [
      "the context's cluster is not there",
      kubeconfig,
      "dangling",
      "the context dangling in the kubeconfig x names a cluster gone that the file does not have",
    ],
  ])("says so when %s", (_why, from, wanted, message) => {
    expect(() => kubeconfigOf(from, wanted, "the kubeconfig x")).toThrow(new Error(message));
  });
});

describe("several kubeconfigs", () => {
  it("are one, in which the first that says something wins", () => {
    const other = { "current-context": "prod", contexts: [context("kind", "other")], clusters: [cluster("other")] };
    const merged = mergeKubeconfigs([{ contexts: [context("lab")] }, kubeconfig, other]);
    expect(merged["current-context"]).toBe("kind");
    expect(kubeconfigOf(merged, undefined, "x").clusters).toEqual([cluster("kind")]);
    expect(merged.contexts?.map(({ name }) => name)).toEqual(["lab", "kind", "prod", "dangling", "kind"]);
  });
});

describe("files that a kubeconfig names", () => {
  it("are found from its folder, wherever the program runs", () => {
    const relative = {
      clusters: [cluster("kind", { "certificate-authority": "ca.crt" })],
      users: [user("kind", { "client-certificate": "../tls/me.crt", "client-key": "/etc/me.key" })],
    };
    expect(withAbsolutePaths(relative, "/home/me/.kube")).toEqual({
      clusters: [cluster("kind", { "certificate-authority": "/home/me/.kube/ca.crt" })],
      users: [user("kind", { "client-certificate": "/home/me/tls/me.crt", "client-key": "/etc/me.key" })],
    });
  });
});
