import { z } from "zod";
import { protocols } from "./service.ts";
import { pathMatches } from "../traffic/routing/paths.ts";
import * as field from "../../lib/schema/fields.ts";

/** Memory of a container whose arguments do not say. */
export const defaultMemory = { request: "64Mi", limit: "512Mi" } as const;

const amounts = field.section({ cpu: field.cpu.exactOptional(), memory: field.memory.exactOptional() });

const words = (what: string) =>
  z.array(z.string({ error: "must be a string; put it in quotes" }), { error: `must be a list of ${what}` });

const version = field
  .section({
    image: field.image,
    replicas: field.wholeNumber(1, 100).exactOptional(),
    command: words("the words of a command").exactOptional(),
    args: words("arguments").exactOptional(),
    env: field.environment.exactOptional(),
    secretEnv: field.environment.exactOptional(),
    writablePaths: z.array(field.containerPath, { error: "must be a list of paths" }).exactOptional(),
    readOnlyRootFilesystem: field.flag.exactOptional(),
    user: field
      .wholeNumber(1, 65534, "the number of a user who is not root")
      .refine((user) => user !== 1337, {
        error: "must not be 1337: the sidecar's user, whose traffic goes past the sidecar",
      })
      .exactOptional(),
    requests: amounts.exactOptional(),
    limits: amounts.exactOptional(),
    podAnnotations: field.annotations.exactOptional(),
    sidecar: field.flag.exactOptional(),
  })
  .superRefine(({ env, secretEnv, requests, limits }, context) => {
    for (const name of Object.keys(Object(secretEnv) as object)) {
      if (Object.hasOwn(Object(env) as object, name)) {
        context.addIssue({ code: "custom", path: ["env", name], message: "is in secretEnv too: leave it out here" });
      }
    }
    const request = field.bytesOf(requests?.memory ?? defaultMemory.request);
    const limit = field.bytesOf(limits?.memory ?? defaultMemory.limit);
    if (request > limit) {
      const message = `must not be more than limits.memory, which is ${defaultMemory.limit} unless you set it; requests.memory is ${defaultMemory.request} unless you set it`;
      context.addIssue({ code: "custom", path: ["requests", "memory"], message });
    }
  }, field.always);

const service = field
  .section({
    port: field.port.exactOptional(),
    protocol: field.oneOf(protocols).exactOptional(),
    healthPath: field.urlPath.exactOptional(),
    calls: z
      .array(
        field.text(
          /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$/,
          "must be the name of a service, such as ratings or ratings.bookinfo",
        ),
        { error: "must be a list of services" },
      )
      .exactOptional(),
    versions: field.atLeastOne(field.named(field.dnsLabel, version, "names of versions to versions"), "version"),
  })
  .refine(({ port, healthPath }) => port !== undefined || healthPath === undefined, {
    path: ["healthPath"],
    error: "needs a port that answers it: set port",
    ...field.always,
  });

/** TLS that ends at the ingress gateway. */
export const exposureTls = field.section({ credentialName: field.dnsLabel });

const exposure = field.section({
  service: field.serviceName,
  hosts: field.gatewayHosts,
  paths: pathMatches.exactOptional(),
  tls: exposureTls.exactOptional(),
});

const application = field
  .section({
    namespace: field.namespace.exactOptional(),
    services: field.atLeastOne(field.named(field.serviceName, service, "names of services to services"), "service"),
    imagePullPolicy: field.pullPolicy.exactOptional(),
    exposure: exposure.exactOptional(),
  })
  .superRefine(({ services, exposure }, context) => {
    const name: unknown = (exposure as { service?: unknown } | undefined)?.service;
    if (typeof name !== "string") return;
    const exposed = (Object(services) as Record<string, { port?: unknown } | undefined>)[name];
    if (exposed?.port === undefined) {
      context.addIssue({
        code: "custom",
        path: ["exposure", "service"],
        message: "must be a service of this application that has a port",
      });
    }
  }, field.always);

export const applications = field.named(field.namespace, application, "names of applications to applications");
