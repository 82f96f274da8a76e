import { describe, expect, it } from "vitest";
import { html } from "../../report/html.ts";
import { stackReport, type StackReport } from "../../report/stackReport.ts";
import { eventsOf } from "./change.ts";
import { mesh, split, stock } from "./shop.ts";

const report = stackReport("dev", eventsOf([...mesh, ...stock(split(90, 10))], [...mesh, ...stock(split(70, 30))]));

describe("the report as a page", () => {
  it("has the shares before and after, as words and as bars", () => {
    const page = html([report]);
    expect(page).toContain("<h2>dev: 1 kind of request moves</h2>");
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect([...page.matchAll(/<rect x="([\d.]+)" width="([\d.]+)"/g)].map(([, x, width]) => [x, width])).toEqual([
      ["0", "90"],
      ["90", "10"],
      ["0", "70"],
      ["70", "30"],
    ]);
  });

  it("needs nothing beside it, and runs nothing", () => {
    const page = html([report, report]);
    expect(page).not.toMatch(/\b(src|href)=|<script|@import|url\(/);
  });

  it("gives no text of a stack any meaning", () => {
    const name = '"><img src=x onerror=alert(1)>';
    const moved = [
      {
        host: name,
        port: 80,
        clients: [name],
        accounts: [],
        requests: [name],
        before: name,
        after: `10 % ${name}`,
        isLost: true,
      },
    ];
    const hostile: StackReport = {
      ...report,
      stack: name,
      traffic: { ...report.traffic, moved, losing: [name], undecided: [name] },
    };
    expect(html([hostile])).not.toContain("<img");
  });

  it("stays small for many hosts", () => {
    const [row] = report.traffic.moved;
    const moved = Array.from(
      { length: 1000 },
      (_, index) => ({ ...row, host: `host-${index}.shop` }) as NonNullable<typeof row>,
    );
    expect(html([{ ...report, traffic: { ...report.traffic, moved } }]).length).toBeLessThan(1_000_000);
  });
});
