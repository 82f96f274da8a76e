import { beforeAll, describe, expect, it } from "vitest";
import type { SigningCa } from "../../../../components/istio/ca/caArgs.ts";
import { caProblems, publicPartOf } from "../../../../components/istio/ca/certificates.ts";
import { breaksTrust, caValues } from "../../../../components/istio/ca/meshCa.ts";
import { parseSettings } from "../../../../settings/parse.ts";
import { authority, type Authority } from "../../../authority.ts";

let root: Authority, other: Authority, between: Authority, own: Authority, deep: Authority;
beforeAll(() => {
  root = authority("root");
  other = authority("other root");
  own = authority("own", { by: root });
  between = authority("between", { by: root });
  deep = authority("deep", { by: between });
});

const good = (): SigningCa => ({ ...own, root: root.certificate });
const problems = (draft: object) => [...caProblems(draft)].map(({ field, reason }) => `${field} ${reason}`);

describe("an authority", () => {
  it("is right with a root, with one in between, as a root itself, and beside a second root", () => {
    for (const ca of [
      good(),
      { ...deep, chain: between.certificate, root: root.certificate },
      { ...root, root: root.certificate },
      { ...own, root: `# the old one\n${other.certificate}${root.certificate}` },
    ]) {
      expect(problems(ca)).toEqual([]);
    }
  });

  it.each<[string, () => object, RegExp]>([
    ["no PEM", () => ({ ...good(), certificate: "none" }), /^certificate must be PEM/],
    ["a PEM that is cut off", () => ({ ...good(), root: root.certificate.slice(0, 200) }), /^root must be PEM/],
    ["a key among certificates", () => ({ ...good(), root: root.certificate + root.key }), /^root must be PEM/],
    [
      "two certificates",
      () => ({ ...good(), certificate: own.certificate + root.certificate }),
      /^certificate must be one/,
    ],
    ["the key of another", () => ({ ...good(), key: other.key }), /^key is not that of certificate/],
    ["a certificate for a key", () => ({ ...good(), key: own.certificate }), /^key must be a private key/],
    ["another root", () => ({ ...good(), root: other.certificate }), /^certificate does not lead to a root/],
    ["a chain that is missing", () => ({ ...deep, root: root.certificate }), /^certificate does not lead to a root/],
    [
      "another chain",
      () => ({ ...deep, chain: own.certificate, root: root.certificate }),
      /^chain does not lead to a root/,
    ],
    ["a root that another signed", () => ({ ...deep, root: between.certificate }), /^root must be signed by itself/],
    [
      "a certificate for a server",
      () => ({ ...authority("leaf", { by: root, isCa: false }), root: root.certificate }),
      /^certificate is not the certificate of an authority/,
    ],
    [
      "a certificate that has expired",
      () => ({ ...authority("old", { by: root, days: -1 }), root: root.certificate }),
      /^certificate expired on \d{4}-\d\d-\d\d: have a new one signed/,
    ],
    [
      "an old root that has expired",
      () => ({ ...own, root: root.certificate + authority("old", { days: -1 }).certificate }),
      /^root expired on .*: leave it out, or rotate/,
    ],
  ])("is refused with %s", (_, draft, message) => {
    const found = problems(draft());
    expect(found.join("\n")).toMatch(new RegExp(message.source, "m"));
    for (const each of found) expect(each).not.toMatch(/-----BEGIN [A-Z ]+-----\n/);
  });

  it("is refused with a key behind a passphrase", () => {
    const key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n";
    expect(problems({ ...good(), key })).toEqual([expect.stringMatching(/^key has a passphrase/)]);
  });

  it("is judged by its other parts while its key is encrypted", () => {
    expect(problems({ ...good(), key: Symbol("encrypted") })).toEqual([]);
  });
});

describe("mesh:istio.ca", () => {
  const parsed = (ca: unknown, secretKeys = ["istio"]) => {
    const result = parseSettings({ istio: { ca } }, { secretKeys: new Set(secretKeys) });
    return "problems" in result ? result.problems.map(({ path, reason }) => `${path} ${reason}`) : [];
  };

  it("takes an authority, whose key is encrypted", () => {
    expect(parsed({ secret: good() })).toEqual([]);
    expect(parsed({ secret: good() }, [])).toEqual([
      expect.stringMatching(
        /^mesh:istio\.ca\.secret\.key is readable in the stack file: .*'mesh:istio\.ca\.secret\.key'/,
      ),
    ]);
  });

  it("asks for the key where it is missing", () => {
    const { certificate, root: trusted } = good();
    expect(parsed({ secret: { certificate, root: trusted } })).toEqual([
      expect.stringMatching(/^mesh:istio\.ca\.secret\.key is missing: .*'mesh:istio\.ca\.secret\.key' < ca-key\.pem$/),
    ]);
  });

  it("takes istio-csr", () => {
    expect(parsed({ certManager: {} })).toEqual([]);
    expect(parsed({ certManager: { address: "csr" } })).toEqual([
      expect.stringMatching(/^mesh:istio\.ca\.certManager\.address must be a host and a port/),
    ]);
  });

  it("names each wrong part by its path", () => {
    expect(parsed({ secret: { ...good(), key: other.key, root: 1 } })).toEqual([
      expect.stringMatching(/^mesh:istio\.ca\.secret\.key is not that/),
      expect.stringMatching(/^mesh:istio\.ca\.secret\.root must be PEM/),
    ]);
    expect(parsed({})).toEqual([expect.stringMatching(/^mesh:istio\.ca must name one authority/)]);
    expect(parsed({ secret: good(), certManager: {} })).toHaveLength(1);
  });
});

describe("what the control plane is told", () => {
  it("is other roots by another annotation, so that it starts anew with them", () => {
    const of = (ca: SigningCa) => caValues({ secret: ca }).podAnnotations;
    expect(of(good())).not.toEqual(of({ ...own, root: root.certificate + other.certificate }));
    expect(of(good())).toEqual(of(good()));
  });

  it("is not to sign where istio-csr does", () => {
    expect(caValues({ certManager: {} })).toEqual({
      global: { caAddress: "cert-manager-istio-csr.cert-manager.svc:443" },
      env: { ENABLE_CA_SERVER: "false" },
    });
  });
});

describe("a rotation", () => {
  const inputs = (ca: SigningCa) => {
    const { signer, roots } = publicPartOf(ca);
    return { metadata: { annotations: { "mesh/ca-signer": signer, "mesh/ca-roots": roots.join() } } };
  };
  const next = () => authority("next", { by: other });
  const both = () => root.certificate + other.certificate;

  it("goes by both roots, the new certificate, and the new root alone", () => {
    const signing = next();
    const steps = [
      good(),
      { ...own, root: both() },
      { ...signing, root: both() },
      { ...signing, root: other.certificate },
    ];
    for (const [index, step] of steps.slice(1).entries()) {
      const before = steps[index];
      if (before) expect(breaksTrust(inputs(before), inputs(step))).toBeUndefined();
      if (before) expect(breaksTrust(inputs(step), inputs(before))).toBeUndefined();
    }
  });

  it("is refused where a new certificate comes before its root is trusted", () => {
    const after = { ...next(), root: both() };
    expect(breaksTrust(inputs(good()), inputs(after))).toMatch(/signed by a root that nobody trusts yet/);
    expect(breaksTrust(inputs(good()), inputs({ ...next(), root: other.certificate }))).toMatch(/nobody trusts yet/);
  });

  it("is refused where the old root goes while certificates are signed by it", () => {
    const before = { ...own, root: both() };
    expect(breaksTrust(inputs(before), inputs({ ...next(), root: other.certificate }))).toMatch(/root lacks the root/);
  });

  it("says nothing of a Secret that others made", () => {
    expect(breaksTrust({ metadata: {} }, inputs(good()))).toBeUndefined();
  });
});
