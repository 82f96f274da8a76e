import { describe, expect, it } from "vitest";
import { definitionsIn } from "../../../tools/generate/crds.ts";
import { kindsText, shapesText, specsText } from "../../../tools/generate/istio.ts";

/** A definition as Istio's chart has them, with two versions of the same. */
const crd = (spec: string, other = spec) => `
kind: CustomResourceDefinition
spec:
  group: example.istio.io
  scope: Namespaced
  names: { kind: Thing, plural: things }
  versions:
    - { name: v1, served: true, schema: { openAPIV3Schema: { required: [spec], properties: { spec: ${spec} } } } }
    - { name: v1beta1, served: true, schema: { openAPIV3Schema: { required: [spec], properties: { spec: ${other} } } } }
    - { name: v1alpha1, served: false, schema: { openAPIV3Schema: {} } }
`;

const TLS = "{ type: object, properties: { mode: { type: string, enum: [SIMPLE, MUTUAL] } } }";
const SPEC = `{
  type: object,
  required: [hosts],
  oneOf: [{ not: {} }, { required: [plain] }, { required: [tls] }],
  properties: {
    hosts: { type: array, minItems: 1, items: { type: string } },
    plain: { type: boolean },
    tls: ${TLS},
    timeout: { type: string, x-kubernetes-validations: [{ rule: "duration(self) >= duration('1ms')" }] },
    tcp: { type: object, properties: { idleTimeout: { type: string }, port: { type: integer, minimum: 1, maximum: 65535 } } },
    sha256: { type: string, pattern: "^[a-f0-9]{64}$" },
    levels: { type: object, additionalProperties: { type: integer, format: int32 } },
    value: { type: object, x-kubernetes-preserve-unknown-fields: true },
    other: { type: object, properties: { tls: ${TLS} } }
  }
}`.replaceAll("\n", " ");

const lines = (text: string) => text.replaceAll(/\s+/g, " ");

describe("what is made from definitions", () => {
  const definitions = definitionsIn(crd(SPEC));

  it("has the kinds with the versions that are served", () => {
    expect(lines(kindsText(definitions))).toContain(
      '{ Thing: {"group":"example.istio.io","versions":["v1","v1beta1"],"plural":"things","isNamespaced":true,"needsSpec":true} }',
    );
  });

  it("has the types of specs, in which a part that stands twice has a name", () => {
    const text = lines(specsText(definitions));
    expect(text).toContain('export interface Tls { readonly mode?: "SIMPLE" | "MUTUAL"; }');
    expect(text).toContain(
      "export interface ThingSpec { readonly hosts: readonly (string)[]; readonly plain?: boolean; readonly tls?: Tls; readonly timeout?: string;",
    );
    expect(text).toContain("readonly levels?: Readonly<Record<string, number>>; readonly value?: object;");
    expect(text).toContain("export interface IstioSpecs { readonly Thing: ThingSpec; }");
  });

  it("has the shapes of specs, with the durations that the definitions leave to istiod", () => {
    const text = lines(shapesText(definitions));
    expect(text).toContain('const tls = is.fields({ mode: is.oneOf("SIMPLE","MUTUAL") });');
    expect(text).toContain('"hosts!": is.list(is.text,{ min: 1 })');
    expect(text).toContain("timeout: is.duration,");
    expect(text).toContain("idleTimeout: is.durationOrZero,port: is.wholeNumber(1, 65535)");
    expect(text).toContain("sha256: is.textOf({ pattern: /^[a-f0-9]{64}$/ })");
    expect(text).toContain("levels: is.mapOf(is.int32),value: is.anyMap");
    expect(text).toContain('["plain","tls"])');
  });

  it("is nothing where two versions of a kind differ", () => {
    expect(() => definitionsIn(crd(SPEC, TLS))).toThrow("the versions of Thing differ");
  });

  it("is nothing where a kind has no fields", () => {
    expect(() => definitionsIn(crd("{ type: string }"))).toThrow("Thing has no spec with fields");
  });

  it("is nothing where a field has no type", () => {
    const spec = "{ type: object, properties: { a: { type: object, properties: { b: { description: any } } } } }";
    expect(() => definitionsIn(crd(spec))).toThrow("the type of a.b is unknown");
  });
});
