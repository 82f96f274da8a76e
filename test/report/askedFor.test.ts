import { describe, expect, it } from "vitest";
import { simulate } from "../../istio/routing/simulate.ts";
import { askedFor, NotUnderstood } from "../../report/askedFor.ts";
import { explanation } from "../../report/explanation.ts";
import { splitWords } from "../../lib/words.ts";
import { worldOfObjects } from "../istio/routing/worldOf.ts";
import { mesh, split, stock } from "./shop.ts";

const world = worldOfObjects([...mesh, ...stock(split(90, 10))]);

describe("a request as it is typed", () => {
  it.each([
    [
      "GET http://stock:8080/items?a=b -H 'end-user: jason'",
      { method: "GET", host: "stock", port: 8080, path: "/items?a=b", headers: { "end-user": "jason" } },
    ],
    ["http://stock/items", { method: "GET", host: "stock", port: 8080, path: "/items" }],
    ["POST stock.shop:8080", { method: "POST", host: "stock.shop", port: 8080, path: "/" }],
    ["GET /stock/1", { host: "stock", port: 8080, path: "/stock/1" }],
    ["https://pay.example/x", { scheme: "https", host: "pay.example", port: 443 }],
  ])("is understood: %s", (text, expected) => {
    expect(askedFor(world, text, "cart")).toMatchObject(expected);
  });

  it("comes in from outside where a gateway sends it", () => {
    const request = askedFor(world, "GET /", "ingress");
    expect(request).toMatchObject({ host: "shop.example", port: 80, from: { gateway: { name: "ingress" } } });
  });

  it.each([
    ["", "cart", "REQUEST is written as"],
    ["GET /nowhere", "cart", "no service is called nowhere"],
    ["GET http://stock/ -X POST", "cart", "the option -X is not known"],
    ["GET http://stock/ -H no-value", "cart", "a header is written as"],
    ["GET http://[stock/", "cart", "no URL that can be read"],
    ["GET http://stock/ more", "cart", "REQUEST is written as"],
    ["GET http://stock/", "nobody", "use one of cart, ingress, stock"],
  ])("is refused with the way out: %s from %s", (text, from, reason) => {
    expect(() => askedFor(world, text, from)).toThrow(NotUnderstood);
    expect(() => askedFor(world, text, from)).toThrow(reason);
  });

  it("has words as a shell would split them, and nothing else of a shell", () => {
    expect(splitWords(`a "b c" -H 'x: $(id)' d"e f"g`)).toEqual(["a", "b c", "-H", "x: $(id)", "de fg"]);
  });
});

describe("an explanation", () => {
  it("has each decision with its object, and the answer last", () => {
    const request = askedFor(world, "GET http://stock:8080/items", "cart");
    expect(explanation(request, simulate(world, request), ({ name }) => `${name}.yaml:1`).split("\n")).toEqual([
      "GET http://stock:8080/items, from cart-v1.shop",
      "",
      "1. The route takes every request     VirtualService stock.shop spec.http[0]  stock.yaml:1",
      "2. 90 % of the requests go this way  VirtualService stock.shop spec.http[0].route[0]  stock.yaml:1",
      "3. A subset says which pods          DestinationRule stock.shop spec.subsets[0]  stock.yaml:1",
      "4. The request goes to stock-v1      Service stock.shop  stock.yaml:1",
      "5. 10 % of the requests go this way  VirtualService stock.shop spec.http[0].route[1]  stock.yaml:1",
      "6. A subset says which pods          DestinationRule stock.shop spec.subsets[1]  stock.yaml:1",
      "7. The request goes to stock-v2      Service stock.shop  stock.yaml:1",
      "",
      "=> 90 % stock.shop:8080 v1 (stock-v1), mutual TLS",
      "=> 10 % stock.shop:8080 v2 (stock-v2), mutual TLS",
    ]);
  });
});
