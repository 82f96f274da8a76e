import { describe, expect, it } from "vitest";
import { html } from "../../report/html.ts";
import { markdown } from "../../report/markdown.ts";
import { noRates, ratesOf, rateText, type Rates } from "../../report/rates.ts";
import { stackReport } from "../../report/stackReport.ts";
import { stackRates } from "../../tools/preview/rates.ts";
import { eventsOf, manifests } from "./change.ts";
import { mesh, split, stock } from "./shop.ts";

const sample = (account: string, rate: string, host = "stock.shop.svc.cluster.local") => ({
  metric: {
    destination_service: host,
    source_principal: account === "" ? "unknown" : `spiffe://cluster.local/ns/${account}`,
  },
  value: [0, rate],
});
const HOUR = [
  sample("shop/sa/cart", "119.6"),
  sample("shop/sa/stock", "30"),
  sample("", "1000"),
  sample("shop/sa/cart", "7", "other"),
];

const of = (before: object[], after: object[], rates: Rates) =>
  stackReport("dev", eventsOf([...mesh, ...before], [...mesh, ...after]), { rates });

describe("the requests a minute that a change concerns", () => {
  it("are those of the host and the callers", async () => {
    const rates = await ratesOf(() => Promise.resolve(HOUR));
    const report = of(stock(split(90, 10)), stock(split(70, 30)), rates);
    expect(report.rates).toBe("Prometheus, the last hour");
    expect(report.traffic.moved[0]?.perMinute).toBeCloseTo(149.6);
    expect(markdown([report])).toContain("| everybody in the mesh, about 150/min |");
    expect(html([report])).toContain("<td>everybody in the mesh, about 150/min</td>");
  });

  it("are told for each caller that is treated otherwise", async () => {
    const rates = await ratesOf(() => Promise.resolve(HOUR));
    const denied = manifests(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: stock, namespace: shop }
spec: { action: DENY, selector: { matchLabels: { app: stock } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/stock] } }] }] }
`);
    const { moved } = of([], denied, rates).traffic;
    expect(moved.map(({ accounts, perMinute }) => [accounts, perMinute])).toEqual([[["shop/stock"], 30]]);
  });

  it("are those of the day where the hour has none, and nothing where nobody called", async () => {
    const asked: string[] = [];
    const quiet = await ratesOf((query) => {
      asked.push(query);
      return Promise.resolve(query.includes("[1d]") ? HOUR : []);
    });
    expect(quiet.source).toBe("Prometheus, the last day");
    expect(asked).toHaveLength(2);
    expect(await ratesOf(() => Promise.resolve([]))).toEqual(
      noRates("Prometheus has counted no request in the last day"),
    );
    await expect(ratesOf(() => Promise.resolve("no"))).rejects.toThrow();
  });

  it("are not asked for where the stack has no Prometheus", async () => {
    const stack = { name: "dev", target: { kind: "eks", kubeconfig: "" }, env: {}, file: "", standIns: [] } as never;
    expect(await stackRates(stack, [])).toEqual(noRates("the stack has no Prometheus"));
  });

  it.each([
    [undefined, ""],
    [0.2, ", less than 1/min"],
    [1234, ", about 1200/min"],
  ])("in words: %s", (perMinute, text) => {
    expect(rateText(perMinute === undefined ? {} : { perMinute })).toBe(text);
  });
});
