import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMENT, fitted } from "../../report/budget.ts";
import { cell, markdown } from "../../report/markdown.ts";
import { stackReport, type StackReport } from "../../report/stackReport.ts";
import { eventsOf } from "./change.ts";
import { manyHosts } from "./manyHosts.ts";
import { mesh, split, stock } from "./shop.ts";

describe("a comment", () => {
  it("keeps within what a code host takes, however much changes", () => {
    const events = eventsOf([...mesh, ...manyHosts(600, 90)], [...mesh, ...manyHosts(600, 70)]);
    const report = stackReport("dev", events);
    expect(report.traffic.moved).toHaveLength(600);
    const text = markdown([report]);
    expect(text.length).toBeLessThanOrEqual(COMMENT);
    expect(text).toContain("600 kinds of requests move");
    expect(markdown([report, report, report]).length).toBeLessThanOrEqual(COMMENT);
  });

  it("is cut to the character where even the shortest is too long", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: "binary", maxLength: 80 }), { minLength: 1, maxLength: 4 })),
        fc.integer({ min: 100, max: 400 }),
        (parts, limit) => {
          const text = fitted(
            parts.map((versions) => ({ versions })),
            limit,
          );
          expect(text.length).toBeLessThanOrEqual(limit);
          expect(text.endsWith("\uD83D")).toBe(false);
        },
      ),
    );
  });

  it("takes each limit, down to the shortest version of everything", () => {
    const events = eventsOf([...mesh, ...manyHosts(14, 90)], [...mesh, ...manyHosts(14, 70)]);
    const report = stackReport("dev", events);
    const whole = markdown([report]).length;
    for (let limit = 200; limit <= whole + 2; limit += 1) {
      expect(markdown([report], limit).length, String(limit)).toBeLessThanOrEqual(limit);
    }
    expect(markdown([report], whole).length).toBe(whole);
  });

  it("gives no text of a stack any meaning", () => {
    expect(cell("<img src=x onerror=y> @everyone | a\nb `c` **d** [e](f)")).toBe(
      "&lt;img src=x onerror=y&gt; &#64;everyone \\| a b \\`c\\` \\*\\*d\\*\\* \\[e\\](f)",
    );
    const name = 'x"] --> y["<script>';
    const report: StackReport = {
      ...stackReport("dev", eventsOf([], [])),
      traffic: {
        ...{ losing: [], copied: [], unreached: [], unanswered: [], undecided: [] },
        compared: 1,
        moved: [
          {
            host: name,
            port: 80,
            clients: [name],
            accounts: [],
            requests: ["```"],
            before: name,
            after: "@team",
            isLost: false,
          },
        ],
      },
    };
    const text = markdown([report]);
    // Inside of code nothing has a meaning.
    expect(text.replaceAll(/`[^`\n]*`/g, "")).not.toContain("<script>");
    expect(text).not.toMatch(/@team/);
    expect(text.match(/^```/gm)).toHaveLength(2);
    const [picture = ""] = /```mermaid[^]*```/.exec(text) ?? [];
    expect(picture).toContain("flowchart");
    expect(picture).not.toContain('"] --> y["');
  });

  it("shows no secret", () => {
    const secret = (text: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: JSON.stringify(text),
    });
    const [routes = {}] = stock(split(50, 50));
    const hidden = {
      ...routes,
      spec: {
        hosts: ["stock"],
        http: [
          {
            match: [{ headers: { authorization: { exact: secret("hunter2") } } }],
            directResponse: { status: 200, body: { string: "[secret]" } },
          },
        ],
      },
    };
    const report = stackReport("dev", eventsOf([...mesh, ...stock(split(50, 50))], [...mesh, hidden]));
    for (const text of [markdown([report]), JSON.stringify(report)]) expect(text).not.toContain("hunter2");
    expect(report.traffic.undecided).toEqual(["VirtualService stock is not known yet"]);
  });
});
