import type * as pulumi from "@pulumi/pulumi";
import type { ApplicationData, ServiceArgs, VersionArgs } from "../application/service.ts";
import type { ExposureTls } from "../traffic/gateway/exposureSpecs.ts";

/** The database that the second version of ratings reads from; the first knows its ratings by heart. */
export type RatingsDatabase =
  | { readonly database: "mongodb" }
  | {
      /** Which database. */
      readonly database: "mysql";
      /** The password of MySQL's administrator, a secret; for `mysql` only, which needs it. */
      readonly password: pulumi.Input<string>;
    };

/** What varies about Bookinfo; the rest is as Istio's samples have it. */
export interface BookinfoArgs {
  /** The namespace of its services. */
  readonly namespace: string;

  /** Hosts by whose names the product page is called from outside. */
  readonly hosts: readonly string[];

  /**
   * Encryption between the client and the gateway.
   * @default - none
   */
  readonly tls?: ExposureTls;

  readonly images: {
    /** Registry and path of the sample's images. */
    readonly registry: string;
    /** Tag of the sample's images. */
    readonly tag: string;
    /** Image with a shell and curl. */
    readonly client: string;
    /** When nodes pull the images. */
    readonly pullPolicy?: "Always" | "IfNotPresent" | "Never";
  };

  /** Whether there is a pod `sleep`, from which to call the services. */
  readonly client: boolean;

  /** @default - the first version of ratings only */
  readonly ratings?: RatingsDatabase;
}

const PORT = 9080;

/** Path of the page to look at. */
export const PRODUCT_PAGE = "/productpage";

/**
 * Bookinfo as data: the product page calls details and reviews, versions 2 and 3 of reviews call ratings.
 *
 * @see https://istio.io/latest/docs/examples/bookinfo/
 */
export function bookinfoApplication(args: BookinfoArgs) {
  return {
    namespace: args.namespace,
    services: bookinfoServices(args),
    ...(args.images.pullPolicy && { imagePullPolicy: args.images.pullPolicy }),
    exposure: {
      service: "productpage",
      hosts: args.hosts,
      ...(args.tls && { tls: args.tls }),
      paths: [
        { exact: PRODUCT_PAGE },
        { exact: "/login" },
        { exact: "/logout" },
        { prefix: "/static" },
        { prefix: "/api/v1/products" },
      ],
    },
  } satisfies ApplicationData;
}

function bookinfoServices({ images, client, ratings }: BookinfoArgs): Record<string, ServiceArgs> {
  const image = (name: string) => `${images.registry}/examples-bookinfo-${name}:${images.tag}`;
  const answersHttp = { port: PORT, healthPath: "/health" };
  const reviews = (version: string): VersionArgs => ({
    image: image(`reviews-${version}`),
    // A Java application server, which writes below its own folders as well.
    env: { LOG_DIR: "/tmp/logs" },
    writablePaths: ["/tmp", "/opt/ibm/wlp/output"],
    readOnlyRootFilesystem: false,
    requests: { memory: "192Mi" },
    limits: { memory: "1Gi" },
  });
  return {
    productpage: {
      ...answersHttp,
      calls: ["details", "reviews"],
      versions: {
        v1: {
          image: image("productpage-v1"),
          requests: { memory: "128Mi" },
          podAnnotations: {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": String(PORT),
            "prometheus.io/path": "/metrics",
          },
        },
      },
    },
    details: { ...answersHttp, versions: { v1: { image: image("details-v1") } } },
    ratings: {
      ...answersHttp,
      ...(ratings && { calls: [ratings.database === "mongodb" ? "mongodb" : "mysqldb"] }),
      versions: {
        v1: { image: image("ratings-v1") },
        ...(ratings && ratingsWithDatabase(ratings, image("ratings-v2"))),
      },
    },
    reviews: {
      ...answersHttp,
      calls: ["ratings"],
      versions: { v1: reviews("v1"), v2: reviews("v2"), v3: reviews("v3") },
    },
    ...(ratings && database(ratings, image)),
    ...(client && { sleep: sleep(images.client) }),
  };
}

function ratingsWithDatabase(ratings: RatingsDatabase, image: string): Record<string, VersionArgs> {
  switch (ratings.database) {
    case "mongodb":
      return { v2: { image, env: { MONGO_DB_URL: "mongodb://mongodb:27017/test" } } };
    case "mysql":
      return {
        "v2-mysql": {
          image,
          env: { DB_TYPE: "mysql", MYSQL_DB_HOST: "mysqldb", MYSQL_DB_PORT: "3306", MYSQL_DB_USER: "root" },
          secretEnv: { MYSQL_DB_PASSWORD: ratings.password },
        },
      };
  }
}

function database(ratings: RatingsDatabase, image: (name: string) => string): Record<string, ServiceArgs> {
  const small = {
    // Its data lives and goes with the pod, and two pods would not share it.
    replicas: 1,
    user: 999,
    readOnlyRootFilesystem: false,
    requests: { memory: "256Mi" },
    limits: { memory: "1Gi" },
  };
  switch (ratings.database) {
    case "mongodb": {
      const args = ["--ipv6", "--bind_ip_all"];
      const v1 = { ...small, image: image("mongodb"), args, writablePaths: ["/tmp", "/data/db"] };
      return { mongodb: { port: 27017, protocol: "mongo", versions: { v1 } } };
    }
    case "mysql": {
      // Without the sample's arguments: they choose an authentication that MySQL 9, in the image 1.20.3, no longer has.
      const secretEnv = { MYSQL_ROOT_PASSWORD: ratings.password };
      const v1 = { ...small, image: image("mysqldb"), secretEnv, writablePaths: ["/tmp", "/var/lib/mysql"] };
      // MySQL's server speaks first: a proxy that waits for the client's word to tell the protocol waits in vain.
      return { mysqldb: { port: 3306, protocol: "tcp", versions: { v1 } } };
    }
  }
}

function sleep(image: string): ServiceArgs {
  return {
    // It is there to call the services, for whoever looks at them.
    calls: ["productpage", "details", "reviews", "ratings"],
    versions: {
      v1: {
        image,
        replicas: 1,
        // A shell, since `sleep` as the first process of a container does not heed the signal to end.
        command: ["/bin/sh", "-c", "trap 'exit 0' TERM; sleep infinity & wait"],
        user: 100,
        requests: { memory: "16Mi" },
        limits: { memory: "128Mi" },
      },
    },
  };
}
