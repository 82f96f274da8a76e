import { afterEach, describe, expect, it } from "vitest";
import { comment } from "../../report/comment.ts";
import { MARK, markdown } from "../../report/markdown.ts";
import { stackReport } from "../../report/stackReport.ts";
import { codeHost, type CodeHost, type Comment } from "../codeHost.ts";
import { eventsOf } from "./change.ts";

const person = (id: number, body: string): Comment => ({ id, body, user: { type: "User" } });

describe("the comment on a pull request", () => {
  let host: CodeHost;
  const place = async (before: readonly Comment[]) => {
    host = await codeHost("of-the-workflow", before);
    return { api: host.url, repository: "acme/mesh", pullRequest: 7, token: "of-the-workflow" };
  };
  afterEach(() => {
    host.close();
  });

  const many = () => Array.from({ length: 130 }, (_, index) => person(index + 1, "looks good"));
  const text = (stack: string) => markdown([stackReport(stack, eventsOf([], []))]);

  it("is written once, and then anew, on whatever page it stands", async () => {
    const there = await place(many());
    expect(await comment(there, MARK, text("one"))).toBe("created");
    expect(await comment(there, MARK, text("two"))).toBe("updated");
    expect(host.comments.filter(({ body }) => body.startsWith(MARK)).map(({ body }) => body)).toEqual([text("two")]);
    expect(host.comments).toHaveLength(131);
    expect(host.calls.at(-1)).toBe(`PATCH /repos/acme/mesh/issues/comments/131`);
  });

  it("leaves alone what a person wrote, with the mark or without", async () => {
    await comment(await place([person(1, `${MARK} mine`), person(2, "no")]), MARK, text("one"));
    expect(host.comments.slice(0, 2).map(({ body }) => body)).toEqual([`${MARK} mine`, "no"]);
    expect(host.comments).toHaveLength(3);
  });

  it("says what the code host refuses, without the token", async () => {
    const refused = comment({ ...(await place(many())), token: "wrong" }, MARK, text("one"));
    await expect(refused).rejects.toThrow("the code host answers 401 to GET /repos/acme/mesh/issues/7/comments");
    await expect(refused).rejects.not.toThrow("wrong");
    expect(host.comments).toHaveLength(130);
  });
});
