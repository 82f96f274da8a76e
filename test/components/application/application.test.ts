import { describe, expect, it } from "vitest";
import { Application } from "../../../components/application/application";
import { MeshNamespace } from "../../../components/application/meshNamespace";
import { record } from "../../recorder";
import * as pulumi from "@pulumi/pulumi";
describe("x", () => {
  it("y", async () => {
    const r = await record(() => {
      const controlPlane = new pulumi.ComponentResource("test:Mesh", "istiod");
      const namespace = new MeshNamespace("shop");
      new Application("shop", { namespace, profile: "production", mesh: { controlPlane, proxyVersion: "1.31.1" }, services: { cart: { port: 8080, versions: { v1: { image: "a/b:1", secretEnv: {A: "x"} } } } } });
    }, /./);
    console.dir(r, { depth: 12 });
  });
});
