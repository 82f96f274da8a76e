import { afterEach, describe, expect, it } from "vitest";
import { github, githubApi } from "../../../tools/codeHost/github.ts";
import { githubStandIn, type Comment, type GithubStandIn, type Issue } from "../../codeHost/github.ts";

const MARK = "<!-- mesh-report -->";
const TOKEN = "of-the-workflow";
const person = (id: number, body: string): Comment => ({ id, body, user: { type: "User" } });
const text = (words: string) => `${MARK}\n${words}`;

let host: GithubStandIn;
async function there(before: Parameters<typeof githubStandIn>[1] = {}, token = TOKEN) {
  host = await githubStandIn(TOKEN, before);
  return github(githubApi(host.url, "acme/mesh", token));
}
afterEach(() => {
  host.close();
});

describe("the comment on a pull request", () => {
  const many = () => Array.from({ length: 130 }, (_, index) => person(index + 1, "looks good"));

  it("is written once, and then anew, on whatever page it stands", async () => {
    const api = await there({ comments: many() });
    expect(await api.comment(7, MARK, text("one"))).toBe("created");
    expect(await api.comment(7, MARK, text("two"))).toBe("updated");
    expect(host.comments.filter(({ body }) => body.startsWith(MARK)).map(({ body }) => body)).toEqual([text("two")]);
    expect(host.comments).toHaveLength(131);
    expect(host.calls.at(-1)).toBe(`PATCH /repos/acme/mesh/issues/comments/131`);
  });

  it("leaves alone what a person wrote, with the mark or without", async () => {
    const api = await there({ comments: [person(1, `${MARK} mine`), person(2, "no")] });
    await api.comment(7, MARK, text("one"));
    expect(host.comments.slice(0, 2).map(({ body }) => body)).toEqual([`${MARK} mine`, "no"]);
    expect(host.comments).toHaveLength(3);
  });

  it("says what the code host refuses, without the token", async () => {
    const refused = (await there({ comments: many() }, "wrong")).comment(7, MARK, text("one"));
    await expect(refused).rejects.toThrow("the code host answers 401 to GET /repos/acme/mesh/issues/7/comments");
    await expect(refused).rejects.not.toThrow("wrong");
    expect(host.comments).toHaveLength(130);
  });

  it("says that nobody answers", async () => {
    const api = await there();
    host.close();
    await expect(api.comment(7, MARK, text("one"))).rejects.toThrow("the code host does not answer GET");
  });
});

describe("the issue", () => {
  const issue = (number: number, more: Partial<Issue>): Issue => ({
    ...{ number, title: "a title", body: text("found"), state: "open", user: { type: "Bot" } },
    ...more,
  });
  const others = [
    issue(1, { user: { type: "User" } }),
    issue(2, { state: "closed" }),
    issue(3, { pull_request: {} }),
    issue(4, { body: "<!-- another mark -->" }),
  ];

  it("is opened, written anew and closed, and no other is touched", async () => {
    const api = await there({ issues: others.map((one) => ({ ...one })) });
    expect(await api.issue(MARK, "drift", undefined)).toBe("not needed");
    expect(await api.issue(MARK, "drift", text("one"))).toBe("opened");
    expect(await api.issue(MARK, "more drift", text("two"))).toBe("updated");
    expect(host.issues[4]).toMatchObject({ title: "more drift", body: text("two"), state: "open" });
    expect(await api.issue(MARK, "drift", undefined)).toBe("closed");
    expect(host.issues[4]).toMatchObject({ title: "more drift", body: text("two"), state: "closed" });
    expect(await api.issue(MARK, "drift", undefined)).toBe("not needed");
    expect(await api.issue(MARK, "drift", text("again"))).toBe("opened");
    expect(host.issues.slice(0, 4)).toEqual(others);
    expect(host.issues).toHaveLength(6);
  });
});

describe("the release", () => {
  it("is made once; run again, its notes are written anew", async () => {
    const api = await there();
    expect(await api.release("v1.0.0-rc.1", "first", true)).toBe("created");
    expect(await api.release("v1.0.0-rc.1", "second", true)).toBe("updated");
    expect(host.releases).toEqual([
      { id: 1, tag_name: "v1.0.0-rc.1", name: "v1.0.0-rc.1", body: "second", draft: false, prerelease: true },
    ]);
  });
});

it("the stand-in tells of a call that GitHub would not take", async () => {
  await there();
  const headers = { authorization: `Bearer ${TOKEN}` };
  await fetch(`${host.url}/repos/acme/mesh/issues`, { method: "DELETE", headers });
  await fetch(`${host.url}/repos/acme/mesh/issues`, { method: "POST", headers, body: '{"tittle":"x"}' });
  const asked = host;
  host = await githubStandIn(TOKEN);
  expect(() => {
    asked.close();
  }).toThrow(
    /DELETE .* is not known\nPOST .* has another accept\n.*\n.*has no JSON\n.*lacks title\n.*lacks body\n.*has tittle/,
  );
});
