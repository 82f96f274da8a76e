import type { BookinfoArgs, RatingsDatabase } from "./bookinfo.ts";
import { product } from "../../versions.ts";
import * as field from "../../lib/schema/fields.ts";
import { exposureTls } from "../application/applicationSchema.ts";

/** What a stack file says about Bookinfo. */
export interface BookinfoSection extends Partial<Omit<BookinfoArgs, "images">> {
  /** Whether Bookinfo is deployed. */
  readonly enabled?: boolean;

  /** Where its images come from. */
  readonly images?: Partial<BookinfoArgs["images"]>;
}

const ratings = field
  .section({
    database: field.oneOf(["mongodb", "mysql"]),
    password: field.text(/./, "must be a password").exactOptional(),
  })
  .refine(({ database, password }) => database !== "mongodb" || password === undefined, {
    path: ["password"],
    error: "has no place here: the sample's MongoDB takes none",
    ...field.always,
  })
  .transform((ratings) => ratings as RatingsDatabase);

export const bookinfo = field
  .section({
    enabled: field.flag.default(true),
    namespace: field.namespace.default("bookinfo"),
    hosts: field.gatewayHosts.default(["bookinfo.localhost"]),
    tls: exposureTls.exactOptional(),
    images: field
      .section({
        registry: field.registry.default("registry.istio.io/release"),
        tag: field.imageTag.default(product.bookinfo),
        client: field.image.default(`docker.io/curlimages/curl:${product.curl}`),
        pullPolicy: field.pullPolicy.exactOptional(),
      })
      .prefault({}),
    client: field.flag.default(true),
    ratings: ratings.exactOptional(),
  })
  .refine(({ enabled, ratings }) => enabled || ratings === undefined, {
    path: ["ratings"],
    error: "has no effect while Bookinfo is not enabled: leave it out, or set mesh:bookinfo.enabled to true",
    ...field.always,
  });
