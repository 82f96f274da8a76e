/**
 * Stand-ins for the images of Istio's Bookinfo sample, all in one program: SERVICE and VERSION, set in the image, say which
 * one it is. The other variables are those of the sample's own images.
 */
import { DATABASE_PORTS, parseMongoAddress, serveDatabase, type DatabaseAddress } from "./database.ts";
import { details } from "./details.ts";
import { productPageRoutes } from "./productPage.ts";
import { ratings } from "./ratings.ts";
import { reviews } from "./reviews.ts";
import { serve, type Route } from "./server.ts";
import { upstream } from "./upstream.ts";

const env = process.env;
const service = env.SERVICE ?? "";
const version = env.SERVICE_VERSION ?? env.VERSION ?? "v1";
const identity = { service, version };

// The databases' images are given options of the real servers, which mean nothing here.
const argument = process.argv[2] ?? "";
const portOr = (standard: number) => (/^\d+$/.test(argument) ? Number(argument) : standard);

function start(): void {
  switch (service) {
    case "mongodb":
    case "mysqldb":
      serveDatabase(identity, service, portOr(DATABASE_PORTS[service]));
      return;
    default:
      serve(identity, portOr(9080), routes());
  }
}

function routes(): Route[] {
  switch (service) {
    case "productpage":
      return productPageRoutes({
        details: upstream("details", env),
        reviews: upstream("reviews", env),
        ratings: upstream("ratings", env),
        floodFactor: wholeNumber("FLOOD_FACTOR", env.FLOOD_FACTOR ?? "0"),
      });
    case "details":
      return details({
        external: flag(env.ENABLE_EXTERNAL_BOOK_SERVICE, version === "v2"),
        plain: flag(env.DO_NOT_ENCRYPT, false),
        externalHost: env.EXTERNAL_BOOK_SERVICE_HOST ?? "www.googleapis.com",
      });
    case "reviews":
      return reviews({
        ratings: flag(env.ENABLE_RATINGS, version !== "v1"),
        starColor: env.STAR_COLOR ?? (version === "v3" ? "red" : "black"),
        ratingsAddress: upstream("ratings", env),
        podName: env.HOSTNAME,
        clusterName: env.CLUSTER_NAME,
      });
    case "ratings":
      return ratings({ version, database: version === "v2" ? ratingsDatabase() : undefined });
    default:
      throw new Error("SERVICE must be productpage, details, reviews, ratings, mongodb or mysqldb");
  }
}

function ratingsDatabase(): DatabaseAddress {
  if (env.DB_TYPE !== "mysql") return parseMongoAddress(env.MONGO_DB_URL ?? "");
  return {
    kind: "mysqldb",
    host: env.MYSQL_DB_HOST ?? "mysqldb",
    port: wholeNumber("MYSQL_DB_PORT", env.MYSQL_DB_PORT ?? String(DATABASE_PORTS.mysqldb)),
  };
}

function flag(value: string | undefined, standard: boolean): boolean {
  return value === undefined ? standard : value === "true";
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new Error(`${name} must be a whole number`);
  return Number(value);
}

start();
