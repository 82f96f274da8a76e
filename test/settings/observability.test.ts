import { describe, expect, it } from "vitest";
import { missingSecretsIn, parseSettings, settingsProblems } from "../../settings/parse.ts";
import { pathText } from "../../lib/schema/problems.ts";
import { inStackFile, pathsOf } from "./stackFile.ts";

const observe = (observability: object, others: object = {}) => ({ ...others, observability });
const exposure = { domain: "mesh.example.com", credentialName: "addons" };
const jwt = { issuer: "https://login.example.com" };

describe("mesh:observability", () => {
  it.each<[right: string, config: Record<string, unknown>]>([
    ["nothing", observe({})],
    ["no tools at all", observe({ enabled: false })],
    ["charts where no tools are, as a machine has them", observe({ enabled: false, charts: { folder: "./charts" } })],
    [
      "charts in production, where no tools are",
      observe({ charts: { folder: "./charts" } }, { profile: "production" }),
    ],
    ["some of the tools", observe({ kiali: { enabled: false }, grafana: { enabled: false } })],
    [
      "tools in production, on volumes",
      observe(
        { enabled: true, prometheus: { storage: { size: "50Gi" }, retention: "30d" } },
        { profile: "production" },
      ),
    ],
    ["traces on a volume", observe({ jaeger: { storage: { size: "10Gi", storageClass: "gp3" }, retention: "48h" } })],
    [
      "a Prometheus that is there already",
      observe({ prometheus: { enabled: false, url: "http://prometheus.monitoring:9090" } }),
    ],
    ["no Prometheus and nobody who needs it", observe({ prometheus: { enabled: false }, kiali: { enabled: false } })],
    ["hosts for the tools that have a login", observe({ exposure })],
    [
      "hosts for all tools, two of them behind tokens",
      observe({ exposure: { ...exposure, tools: ["grafana", "kiali", "prometheus", "jaeger"], jwt } }),
    ],
    [
      "an anonymous Kiali beside an exposed Grafana",
      observe({ kiali: { anonymous: true }, exposure: { ...exposure, tools: ["grafana"] } }),
    ],
    ["a Kiali that writes, for those who log in", observe({ kiali: { anonymous: false, viewOnly: false } })],
    [
      "encrypted secrets",
      observe({ grafana: { password: { secure: "v1:abc" } }, kiali: { signingKey: { secure: "v1:abc" } } }),
    ],
    ["no dashboards", observe({ grafana: { dashboards: false } })],
  ])("may say %s", (_right, config) => {
    expect(pathsOf(config)).toEqual([]);
  });

  it.each<[wrong: string, config: Record<string, unknown>, paths: string[]]>([
    ["a tool that is none", observe({ loki: {} }), ["loki"]],
    ["a retention without a unit", observe({ prometheus: { retention: 15 } }), ["prometheus.retention"]],
    ["a volume without a size", observe({ grafana: { storage: {} } }), ["grafana.storage.size"]],
    [
      "a number of traces on a volume",
      observe({ jaeger: { maxTraces: 10, storage: { size: "1Gi" } } }),
      ["jaeger.maxTraces"],
    ],
    ["a retention in memory", observe({ jaeger: { retention: "72h" } }), ["jaeger.retention"]],
    ["two Prometheuses", observe({ prometheus: { url: "http://a:9090" } }), ["prometheus.url"]],
    ["a Kiali without metrics", observe({ prometheus: { enabled: false } }), ["kiali.enabled"]],
    [
      "a tool that is off and says more",
      observe({ grafana: { enabled: false, dashboards: false } }),
      ["grafana.dashboards"],
    ],
    ["all off and more", observe({ enabled: false, jaeger: {}, exposure }), ["exposure", "jaeger"]],
    ["a tool in production, where they are off", observe({ jaeger: {} }, { profile: "production" }), ["enabled"]],
    [
      "an open Grafana in production",
      observe({ enabled: true, grafana: { anonymous: true } }, { profile: "production" }),
      ["grafana.anonymous"],
    ],
    [
      "an open Kiali in production",
      observe({ enabled: true, kiali: { anonymous: true } }, { profile: "production" }),
      ["kiali.anonymous"],
    ],
    [
      "an open Grafana for everybody outside",
      observe({ grafana: { anonymous: true }, exposure }),
      ["grafana.anonymous"],
    ],
    [
      "an open Kiali for everybody outside",
      observe({ kiali: { anonymous: true }, exposure: { ...exposure, tools: ["kiali"] } }),
      ["kiali.anonymous"],
    ],
    ["a Kiali that lets everybody write", observe({ kiali: { viewOnly: false } }), ["kiali.viewOnly"]],
    [
      "Prometheus for everybody outside",
      observe({ exposure: { ...exposure, tools: ["prometheus"] } }),
      ["exposure.jwt"],
    ],
    [
      "traces for everybody outside",
      observe({ exposure: { ...exposure, tools: ["grafana", "jaeger"] } }),
      ["exposure.jwt"],
    ],
    ["tokens for nothing", observe({ exposure: { ...exposure, jwt } }), ["exposure.jwt"]],
    ["hosts without a certificate", observe({ exposure: { domain: "example.com" } }), ["exposure.credentialName"]],
    [
      "hosts of a tool that is off",
      observe({ kiali: { enabled: false }, exposure: { ...exposure, tools: ["grafana", "kiali"] } }),
      ["exposure.tools[1]"],
    ],
    [
      "a tool that is exposed twice",
      observe({ exposure: { ...exposure, tools: ["grafana", "grafana"] } }),
      ["exposure.tools"],
    ],
    [
      "an exposure of nothing",
      observe({ grafana: { enabled: false }, kiali: { enabled: false }, exposure }),
      ["exposure"],
    ],
    [
      "a host that the product page has",
      observe({ exposure }, { bookinfo: { hosts: ["kiali.mesh.example.com"] } }),
      ["exposure.domain"],
    ],
    ["a password that all can read", observe({ grafana: { password: "correct horse" } }), ["grafana.password"]],
    [
      "a short key, which all can read",
      observe({ kiali: { signingKey: "short" } }),
      ["kiali.signingKey", "kiali.signingKey"],
    ],
    [
      "keys over plain HTTP",
      observe({ exposure: { ...exposure, tools: ["jaeger"], jwt: { ...jwt, jwksUri: "http://a/keys" } } }),
      ["exposure.jwt.jwksUri"],
    ],
    [
      "dashboards over plain HTTP",
      observe({ grafana: { dashboards: "http://example.com/dashboards" } }),
      ["grafana.dashboards"],
    ],
  ])("may not say %s", (_wrong, config, paths) => {
    expect(pathsOf(config)).toEqual(paths.map((path) => `observability.${path}`));
  });

  it("says what is wrong and the way out, and never a secret", () => {
    const problems = settingsProblems(
      inStackFile(observe({ grafana: { password: "correct horse" }, exposure: { ...exposure, tools: ["jaeger"] } })),
    );
    expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      "mesh:observability.exposure.jwt is missing: jaeger would be open to everybody, since they have no login; name the issuer of the tokens that people have to bring, set login in its place, or leave them out of tools",
      "mesh:observability.grafana.password is readable in the stack file: remove it there, then set it with: pulumi config set --secret --path 'mesh:observability.grafana.password'",
    ]);
  });
});

describe("secrets that nobody has to think up", () => {
  const both = ["observability.grafana.password", "observability.kiali.signingKey"];
  const there = { grafana: { password: { secure: "v1:abc" } } };

  it.each<[of: string, config: Record<string, unknown>, paths: string[]]>([
    ["a new stack", {}, both],
    ["a stack that has one", { "mesh:observability": there }, both.slice(1)],
    ["a section that is JSON in a string", { "mesh:observability": JSON.stringify(there) }, both.slice(1)],
    ["a section that is encrypted as a whole", { "mesh:observability": { secure: "v1:abc" } }, []],
    ["a stack without Kiali", { "mesh:observability": { kiali: { enabled: false } } }, both.slice(0, 1)],
    ["a stack without tools", { "mesh:observability": { enabled: false } }, []],
    ["a stack for production", { "mesh:profile": "production" }, []],
    ["tools in production", { "mesh:profile": "production", "mesh:observability": { enabled: true } }, both],
  ])("are missing in %s as they should", (_of, config, paths) => {
    expect(missingSecretsIn(config).map(({ path }) => pathText(path))).toEqual(paths);
  });

  it("are asked for where the program runs, with the command that makes one", () => {
    expect(parseSettings({}, { madeBy: "make up" })).toEqual({
      problems: [
        {
          path: "mesh:observability.grafana.password",
          reason:
            "is missing: the password of Grafana's administrator; `make up` makes one, or set it with: openssl rand -hex 16 | pulumi config set --secret --path 'mesh:observability.grafana.password'",
        },
        {
          path: "mesh:observability.kiali.signingKey",
          reason:
            "is missing: the key of Kiali's sessions; `make up` makes one, or set it with: openssl rand -hex 16 | pulumi config set --secret --path 'mesh:observability.kiali.signingKey'",
        },
      ],
    });
  });
});
