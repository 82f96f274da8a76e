// A thousand hosts, each of which changes.
import { describe, expect, it } from "vitest";
import { html } from "../../report/html.ts";
import { stackReport } from "../../report/stackReport.ts";
import { eventsOf, withFindings } from "./change.ts";
import { manyHosts } from "./manyHosts.ts";
import { mesh } from "./shop.ts";

/** Milliseconds for so many hosts, and the page that comes of it. */
function measured(hosts: number): { readonly time: number; readonly page: string } {
  const [before, after] = [90, 70].map((v1) => [...mesh, ...manyHosts(hosts, v1)]) as [object[], object[]];
  const events = withFindings(eventsOf(before, after), {});
  const begin = performance.now();
  const page = html([stackReport("dev", events)]);
  return { time: performance.now() - begin, page };
}

describe("a report of a thousand hosts", () => {
  it("takes little more for each than one of a hundred, and is a page of less than a megabyte", () => {
    measured(10);
    const [some, many] = [measured(100), measured(1000)];
    expect(many.page).toContain("s999.shop:8080");
    expect(many.page.length).toBeLessThan(1_000_000);
    // Ten times as many, and what every host is held against.
    expect(many.time).toBeLessThan(50 * some.time);
  });
});
