import { describe, expect, it } from "vitest";
import { standInCaller } from "../../../tools/stack/standInCaller.ts";

const ROLE = "arn:aws:iam::111122223333:role";
const file = (eks: object) => ({ "mesh:cluster": { eks } });
const access = {
  look: { principal: `${ROLE}/look`, level: "view" },
  shop: { principal: `${ROLE}/shop`, level: "cluster-admin", namespaces: ["shop"] },
  ci: { principal: `${ROLE}/ci`, level: "cluster-admin" },
};

describe("whoever runs the program where AWS is stood in for", () => {
  it.each([
    ["the first admin of the whole cluster", file({ access }), `${ROLE}/ci`],
    ["the role of the kubeconfig", file({ access, kubeconfigRole: `${ROLE}/deploy` }), `${ROLE}/deploy`],
    [
      "an admin in a section that the engine keeps as text",
      { "mesh:cluster": JSON.stringify({ eks: { access } }) },
      `${ROLE}/ci`,
    ],
  ])("is %s", (_who, config, principal) => {
    expect(standInCaller(config, undefined)).toEqual({ MESH_AWS_CALLER: principal });
    expect(standInCaller(config, "")).toEqual({ MESH_AWS_CALLER: principal });
  });

  it("is whom the user names", () => {
    expect(standInCaller(file({ access }), `${ROLE}/me`)).toEqual({ MESH_AWS_CALLER: `${ROLE}/me` });
  });

  it("is the stand-in's own user where there is no cluster to be made", () => {
    expect(standInCaller({ "mesh:cluster": { stackReference: "a/b/c" } }, undefined)).toEqual({});
  });
});
