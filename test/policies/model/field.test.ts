import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Field, UNKNOWN } from "../../../policies/model/field.ts";
import { kindOf } from "../../../policies/model/mesh.ts";

const read = (value: unknown) => {
  const unread = new Set<string>();
  return { field: new Field(value, "", unread), unread };
};

describe("a field", () => {
  it("leads to a value by a path that a person can follow", () => {
    const { field } = read({ spec: { http: [{ match: [{ "x-user": "jason" }] }] } });
    const [route] = field.at("spec", "http").items();
    const [match] = route?.at("match").items() ?? [];
    expect(match?.at("x-user").path).toBe('spec.http[0].match[0]["x-user"]');
    expect(match?.at("x-user").string()).toBe("jason");
  });

  it("is absent where nothing is, whatever stands above", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("missing", "__proto__", "constructor"), (value, key) => {
        const { field, unread } = read({ value });
        expect(field.at(key).isAbsent()).toBe(true);
        expect(field.at(key, "deeper").items()).toEqual([]);
        expect(unread.size).toBe(0);
      }),
    );
  });

  it("notes the place of an unknown value, for all that is below it, and says nothing of it", () => {
    const { field, unread } = read({ spec: UNKNOWN });
    const host = field.at("spec", "host");
    expect([host.string(), host.items(), host.isAbsent(), host.isUnknown()]).toEqual([undefined, [], false, true]);
    expect([...unread]).toEqual(["spec"]);
  });

  it("notes nothing that is not read", () => {
    const { field, unread } = read({ host: UNKNOWN, other: "a" });
    expect(field.at("other").string()).toBe("a");
    field.at("host");
    expect(unread.size).toBe(0);
  });
});

describe("the kind of a resource", () => {
  it.each([
    ["kubernetes:networking.istio.io/v1:VirtualService", "VirtualService"],
    ["kubernetes:networking.istio.io/v1alpha3:Gateway", "Gateway"],
    ["istio:networking.istio.io/v1:DestinationRule", "DestinationRule"],
    ["kubernetes:core/v1:Namespace", "Namespace"],
    ["kubernetes:helm.sh/v3:Release", "Release"],
    ["kubernetes:gateway.networking.k8s.io/v1:Gateway", "K8sGateway"],
    ["random:index/randomId:RandomId", undefined],
    ["kubernetes:apps/v1:DeploymentPatch", undefined],
    ["aws:s3/bucket:Bucket", "aws:s3/bucket:Bucket"],
    ["pulumi:pulumi:Stack", undefined],
    ["", undefined],
  ])("%s", (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });
});
