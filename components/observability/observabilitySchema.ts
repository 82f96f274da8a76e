import { z } from "zod";
import type { ObservabilityOptions } from "./observabilityOptions.ts";
import { addonNames } from "./addonNames.ts";
import * as field from "../../lib/schema/fields.ts";
import { anyValues, chartSource } from "../istio/schema/charts.ts";

/** What a stack file says about the tools that look at the mesh. */
export interface ObservabilitySection extends Omit<ObservabilityOptions, "timeout"> {
  /**
   * Whether the tools are installed.
   * @default - true in the demo profile, false in the production profile
   */
  readonly enabled?: boolean;

  /**
   * Longest time for each tool to become ready.
   * @default "5m"
   */
  readonly timeout?: string;
}

const storage = field.section({
  size: field.memory,
  storageClass: field.text(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "must be the name of a StorageClass").exactOptional(),
});

const tool = { enabled: field.flag.exactOptional(), values: anyValues.exactOptional() };

const url = (what: string, example: string) =>
  field.text(/^https?:\/\/[^\s/?#]+\S*$/, `must be the URL of ${what}, such as ${example}`);

const prometheus = field.section({
  ...tool,
  url: url("a Prometheus that scrapes the mesh", "http://prometheus.monitoring:9090").exactOptional(),
  retention: field
    .text(/^[1-9]\d*(m|h|d|w|y)$/, "must be a time as Prometheus writes it, such as 12h or 15d")
    .exactOptional(),
  storage: storage.exactOptional(),
});

const dashboardsError =
  "must be false, or the URL of a folder with Istio's dashboards, which begins with https and ends without a slash";

const grafana = field.section({
  ...tool,
  user: field.text(/^[\w.@-]{1,190}$/, "must be a name for the administrator").exactOptional(),
  password: field.text(/^.{12,}$/s, "must be a password of 12 characters or more").exactOptional(),
  anonymous: field.flag.exactOptional(),
  dashboards: z
    .union([z.literal(false), field.text(/^https:\/\/\S*[^\s/]$/, dashboardsError)], { error: dashboardsError })
    .exactOptional(),
  storage: storage.exactOptional(),
});

const jaeger = field
  .section({
    ...tool,
    maxTraces: field.wholeNumber(1, 10_000_000).exactOptional(),
    retention: field.text(/^[1-9]\d*(m|h)$/, "must be a time in minutes or hours, such as 72h").exactOptional(),
    storage: storage.exactOptional(),
  })
  .refine(({ maxTraces, storage }) => maxTraces === undefined || storage === undefined, {
    path: ["maxTraces"],
    error: "has no effect on a volume, where retention says what is kept: leave one of maxTraces and storage out",
    ...field.always,
  })
  .refine(({ retention, storage }) => retention === undefined || storage !== undefined, {
    path: ["retention"],
    error: "needs storage: in memory, maxTraces says what is kept",
    ...field.always,
  });

const kiali = field.section({
  ...tool,
  signingKey: field
    .text(/^([!-~]{16}|[!-~]{24}|[!-~]{32})$/, "must be a key of 16, 24 or 32 characters")
    .exactOptional(),
  anonymous: field.flag.exactOptional(),
  viewOnly: field.flag.exactOptional(),
});

const exposure = field.section({
  domain: field.host,
  credentialName: field.dnsLabel,
  tools: z
    .array(field.oneOf(addonNames), { error: `must be a list of ${field.list(addonNames, "and")}` })
    .min(1, { error: "must have one tool or more" })
    .refine((tools) => new Set(tools).size === tools.length, { error: "must name each tool once" })
    .exactOptional(),
  jwt: field
    .section({
      issuer: field.text(/\S/, "must be the issuer of the tokens, such as https://login.example.com"),
      jwksUri: field.text(/^https:\/\/\S+$/, "must be the https URL of the issuer's public keys").exactOptional(),
      audiences: z
        .array(field.text(/\S/, "must be an audience"), { error: "must be a list of audiences" })
        .min(1, { error: "must have one audience or more" })
        .exactOptional(),
      cookie: field.text(/^[\w-]+$/, "must be the name of a cookie").exactOptional(),
    })
    .exactOptional(),
});

/** The tools that look at the mesh: exactly the arguments of `Observability`, and whether they are installed. */
export const observability = field.section({
  enabled: field.flag.exactOptional(),
  charts: chartSource.exactOptional(),
  prometheus: prometheus.exactOptional(),
  grafana: grafana.exactOptional(),
  jaeger: jaeger.exactOptional(),
  kiali: kiali.exactOptional(),
  exposure: exposure.exactOptional(),
  timeout: field.duration.prefault("5m"),
});
