import { afterEach, describe, expect, it } from "vitest";
import { codeHostIn, pullRequestIn } from "../../../tools/codeHost/inWorkflow.ts";
import { gitlabStandIn, type GitlabStandIn, type Note } from "../../codeHost/gitlab.ts";

const MARK = "<!-- mesh-report -->";
const TOKEN = "of-the-project";
const text = (words: string) => `${MARK}\n${words}`;

describe("GitLab", () => {
  let host: GitlabStandIn;
  async function there(before: readonly Note[] = []) {
    host = await gitlabStandIn(TOKEN, before);
    return codeHostIn({ GITLAB_CI: "true", CI_API_V4_URL: host.url, CI_PROJECT_ID: "42", GITLAB_TOKEN: TOKEN });
  }
  afterEach(() => {
    host.close();
  });

  it("gets one comment on a merge request, beside those of others", async () => {
    const others = Array.from({ length: 120 }, (_, id): Note => ({
      id: id + 1,
      body: text("mine"),
      author: { id: 3 },
    }));
    const api = await there(others);
    expect(await api.comment(7, MARK, text("one"))).toBe("created");
    expect(await api.comment(7, MARK, text("two"))).toBe("updated");
    expect(host.notes).toHaveLength(121);
    expect(host.notes.at(-1)?.body).toBe(text("two"));
    expect(host.calls.at(-1)).toBe("PUT /projects/42/merge_requests/7/notes/121");
  });

  it("gets an issue, which is written anew and closed", async () => {
    const api = await there();
    const said = [];
    for (const found of [undefined, text("one"), text("two"), undefined, undefined]) {
      said.push(await api.issue(MARK, "drift", found));
    }
    expect(said).toEqual(["not needed", "opened", "updated", "closed", "not needed"]);
    expect(host.issues).toEqual([
      { iid: 1, title: "drift", description: text("two"), state: "closed", author: { id: 5 } },
    ]);
  });

  it("gets a release", async () => {
    const api = await there();
    expect(await api.release("v1.0.0", "first", false)).toBe("created");
    expect(await api.release("v1.0.0", "second", false)).toBe("updated");
    expect(host.releases).toEqual([{ tag_name: "v1.0.0", name: "v1.0.0", description: "second" }]);
  });
});

describe("the variables of a run", () => {
  it("are named where they are missing, all at once, without what the others hold", () => {
    const github = { GITHUB_TOKEN: "a-secret" };
    expect(() => codeHostIn(github, ["FILE"])).toThrow(/^set FILE, GITHUB_REPOSITORY: docs\/pull-requests.md/);
    expect(() => codeHostIn({ GITLAB_CI: "true" })).toThrow(/^set CI_API_V4_URL, CI_PROJECT_ID, GITLAB_TOKEN:/);
  });

  it.each(["", "0", "-1", "7/../8", "7 ", "１", "99999999999"])("take no %s for a number", (number) => {
    expect(() => pullRequestIn({ PULL_REQUEST: number })).toThrow("PULL_REQUEST must be the number");
    expect(() => pullRequestIn({ GITLAB_CI: "true", CI_MERGE_REQUEST_IID: number })).toThrow("CI_MERGE_REQUEST_IID");
  });
});
