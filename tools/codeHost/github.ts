// GitHub's API, with the token of a workflow.
import { ask, firstOf, look, type Api } from "./api.ts";
import { put, putIssue, type CodeHost } from "./codeHost.ts";

interface Text {
  readonly id: number;
  readonly number: number;
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
  /** GitHub lists pull requests among the issues. */
  readonly pull_request?: object;
}

/** @see https://docs.github.com/en/rest */
export function github(api: Api): CodeHost {
  return {
    async comment(pullRequest, mark, text) {
      const comments = `/issues/${pullRequest}/comments`;
      const own = await firstOf(api, comments, isOwn(mark));
      return put(
        own,
        () => ask(api, "POST", comments, { body: text }),
        ({ id }) => ask(api, "PATCH", `/issues/comments/${id}`, { body: text }),
      );
    },

    async issue(mark, title, text) {
      const isIt = isOwn(mark);
      const own = await firstOf<Text>(api, "/issues?state=open", (one) => one.pull_request === undefined && isIt(one));
      return putIssue(own, text, {
        open: () => ask(api, "POST", "/issues", { title, body: text }),
        update: ({ number }) => ask(api, "PATCH", `/issues/${number}`, { title, body: text }),
        close: ({ number }) => ask(api, "PATCH", `/issues/${number}`, { state: "closed" }),
      });
    },

    async release(tag, notes, isPreview) {
      const made = (await look(api, `/releases/tags/${encodeURIComponent(tag)}`)) as Text | undefined;
      const content = { tag_name: tag, name: tag, body: notes, draft: false, prerelease: isPreview };
      return put(
        made,
        () => ask(api, "POST", "/releases", content),
        ({ id }) => ask(api, "PATCH", `/releases/${id}`, content),
      );
    },
  };
}

interface PullRequest {
  readonly number: number;
  readonly head: { readonly sha: string };
}

/**
 * The open pull request of a branch, if it still is at that commit.
 * @param head `<owner>:<branch>`
 */
export async function pullRequestOf(api: Api, head: string, sha: string): Promise<number | undefined> {
  const path = `/pulls?state=open&head=${encodeURIComponent(head)}`;
  return (await firstOf<PullRequest>(api, path, (one) => one.head.sha === sha))?.number;
}

/** @param repository `<owner>/<name>` */
export const githubApi = (url: string, repository: string, token: string): Api => ({
  url: `${url}/repos/${repository}`,
  headers: {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "x-github-api-version": "2022-11-28",
  },
});

/** Anybody can write the mark into a text: only that of a bot is ours. */
const isOwn =
  (mark: string) =>
  ({ body, user }: Text): boolean =>
    user?.type === "Bot" && body?.startsWith(mark) === true;
