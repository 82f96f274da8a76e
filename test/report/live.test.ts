import { describe, expect, it } from "vitest";
import { simulate } from "../../istio/routing/simulate.ts";
import { askedFor } from "../../report/askedFor.ts";
import { liveDifferences } from "../../report/live.ts";
import { worldOfObjects } from "../istio/routing/worldOf.ts";
import { mesh, split, stock } from "./shop.ts";

const HOST = "stock.shop.svc.cluster.local";
const world = worldOfObjects([...mesh, ...stock(split(90, 10))]);

interface Has {
  readonly owner?: string;
  readonly weights?: Readonly<Record<string, number>>;
  readonly domains?: readonly string[];
}

const dump = ({ owner = "stock", weights = { v1: 90, v2: 10 }, domains = [HOST, "stock", "stock.shop"] }: Has) => ({
  configs: [
    {
      dynamic_route_configs: [
        {
          route_config: {
            name: "8080",
            virtual_hosts: [
              { domains: ["*"], routes: [{ route: { cluster: "PassthroughCluster" } }] },
              {
                domains,
                routes: [
                  {
                    metadata:
                      owner === ""
                        ? {}
                        : {
                            filter_metadata: {
                              istio: {
                                config: `/apis/networking.istio.io/v1/namespaces/shop/virtual-service/${owner}`,
                              },
                            },
                          },
                    route: {
                      weighted_clusters: {
                        clusters: Object.entries(weights).map(([subset, weight]) => ({
                          name: `outbound|8080|${subset}|${HOST}`,
                          weight,
                        })),
                      },
                    },
                  },
                ],
              },
            ],
          },
        },
      ],
    },
  ],
});

const found = (has: Has, text = "GET http://stock:8080/"): string[] => {
  const request = askedFor(world, text, "cart");
  return liveDifferences(dump(has), request, simulate(world, request));
};

describe("a proxy held against what is declared", () => {
  it("agrees", () => {
    expect(found({})).toEqual([]);
    expect(found({}, "GET http://nobody.example/")).toEqual([]);
  });

  it.each([
    [
      { weights: { v1: 70, v2: 30 } },
      `the proxy sends 70 % v1 of ${HOST} and 30 % v2 of ${HOST}; declared is 90 % v1 of ${HOST} and 10 % v2 of ${HOST}`,
    ],
    [{ owner: "older" }, "the proxy has the routes of VirtualService older.shop for the host, not those of stock.shop"],
    [{ owner: "" }, "the proxy has no VirtualService for the host, not those of stock.shop"],
    [
      { domains: ["other"] },
      "the proxy knows no host stock at port 8080: it has not got the rules, or a Sidecar keeps them from it",
    ],
  ])("differs: %j", (has, text) => {
    expect(found(has)).toEqual([text]);
  });
});
