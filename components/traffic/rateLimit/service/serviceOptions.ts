import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as field from "../../../../lib/schema/fields.ts";
import { mapOf } from "../../../../lib/untrusted.ts";
import { durationThat, type Duration } from "../../durations.ts";

/** The namespace of the service, where a stack file makes it. */
export const RATE_LIMIT_NAMESPACE = "rate-limit";

/** Name of the service, and label of its pods. */
export const SERVICE = "ratelimit";

/** Its full name in a namespace. */
export const serviceHost = (namespace: string): string => `${SERVICE}.${namespace}.svc.cluster.local`;

/** What becomes of requests about which the service does not answer. */
export const failureModes = ["allow", "deny"] as const;
export type FailureMode = (typeof failureModes)[number];

/** A Redis of your own, such as ElastiCache with the cluster mode off. */
export interface RedisOptions {
  /** Its host and port, such as `redis.example.com:6379`. Stacks that share it share the counts of hosts of one name. */
  readonly address: string;

  /**
   * Whether connections to it are encrypted; its certificate has to be of a public authority.
   * @default false
   */
  readonly tls?: boolean;

  /**
   * User who logs in.
   * @default - Redis' default user
   */
  readonly username?: string;

  /**
   * The password, a secret. Another one starts the service anew.
   * @default - no login
   */
  readonly password?: pulumi.Input<string>;
}

/** The rate limit service, which counts the requests of all limits with `scope: mesh`. Without such a limit there is none. */
export interface RateLimitServiceOptions {
  /**
   * What becomes of requests about which the service does not answer in time: they pass (`allow`), or are answered with 503
   * (`deny`).
   * @default "allow"
   */
  readonly failureMode?: FailureMode;

  /**
   * How long a request waits for the service's answer at most, up to `10s`.
   * @default "250ms"
   */
  readonly timeout?: Duration;

  /**
   * Where it counts. Without one, each pod has a Valkey beside it that keeps nothing on a disk: a pod that starts, also when limits
   * change, counts from zero. That is for the demo profile; the production profile needs one.
   * @default - a Valkey in the service's pod
   */
  readonly redis?: RedisOptions;

  /**
   * Number of pods; more than one needs `redis`, since they would count apart.
   * @default - 1, and 2 in the production profile
   */
  readonly replicas?: number;

  /**
   * The images, where they come from elsewhere.
   * @default - Docker Hub
   */
  readonly images?: {
    /**
     * The service itself.
     * @default - docker.io/envoyproxy/ratelimit, in the version of this project
     */
    readonly ratelimit?: string;
    /**
     * The Valkey beside it.
     * @default - docker.io/valkey/valkey, in the version of this project
     */
    readonly valkey?: string;
  };
}

const addressError = "must be the host and port of a Redis, such as redis.example.com:6379, without a scheme";
const LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?";
const ADDRESS = new RegExp(`^${LABEL}(?:\\.${LABEL})*:[1-9]\\d{0,4}$`);
const address = z
  .string({ error: addressError })
  .refine((text) => ADDRESS.test(text) && portOf(text) <= 65535, { error: addressError });

/** The port in an address. */
export const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(":") + 1));

const redis = field
  .section({
    address,
    tls: field.flag.exactOptional(),
    username: field.text(/^[^\s:]+$/, "must be the name of a user, without a colon").exactOptional(),
    password: field.text(/./, "must be a password").exactOptional(),
  })
  .refine(({ username, password }) => username === undefined || password !== undefined, {
    path: ["username"],
    error: "needs the password of that user: set password, or leave it out",
    ...field.always,
  });

/** Schema of `RateLimitServiceOptions`. */
export const rateLimitService = field
  .section({
    failureMode: field.oneOf(failureModes).exactOptional(),
    timeout: durationThat(
      (length) => length > 0 && length <= 10_000,
      "must be a duration from 1ms to 10s, such as 250ms",
    ).exactOptional(),
    redis: redis.exactOptional(),
    replicas: field.wholeNumber(1, 100).exactOptional(),
    images: field
      .section({ ratelimit: field.image.exactOptional(), valkey: field.image.exactOptional() })
      .exactOptional(),
  })
  .superRefine(({ redis, replicas, images }, context) => {
    const issue = (path: string[], message: string) => {
      context.addIssue({ code: "custom", path, message });
    };
    if (redis === undefined && typeof replicas === "number" && replicas > 1) {
      issue(["replicas"], "needs a Redis that the pods share, or they count apart: set redis, or leave it out");
    }
    if (redis !== undefined && mapOf(images).valkey !== undefined) {
      issue(["images", "valkey"], "has no place beside redis, which is used in its stead: leave it out");
    }
  }, field.always);
