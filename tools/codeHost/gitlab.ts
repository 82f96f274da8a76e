// GitLab's API, with the token of a project.
import { ask, firstOf, look, type Api } from "./api.ts";
import { put, putIssue, type CodeHost } from "./codeHost.ts";

interface Author {
  readonly id: number;
}

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: Author;
}

interface Issue {
  readonly iid: number;
  readonly description: string | null;
  readonly author: Author;
}

/**
 * @param url such as `https://gitlab.com/api/v4`
 * @param project its number, or its path
 * @see https://docs.gitlab.com/api/rest/
 */
export function gitlab(url: string, project: string, token: string): CodeHost {
  const headers = { authorization: `Bearer ${token}` };
  const api: Api = { url: `${url}/projects/${encodeURIComponent(project)}`, headers };
  /** Anybody can write the mark into a text: only what the token's own user wrote is ours. */
  const self = async () => ((await ask({ url, headers }, "GET", "/user")) as Author).id;
  return {
    async comment(mergeRequest, mark, text) {
      const id = await self();
      const notes = `/merge_requests/${mergeRequest}/notes`;
      const own = await firstOf<Note>(api, notes, ({ body, author }) => author.id === id && body.startsWith(mark));
      return put(
        own,
        () => ask(api, "POST", notes, { body: text }),
        (note) => ask(api, "PUT", `${notes}/${note.id}`, { body: text }),
      );
    },

    async issue(mark, title, text) {
      const id = await self();
      const open = `/issues?state=opened&author_id=${id}`;
      const own = await firstOf<Issue>(api, open, ({ description }) => description?.startsWith(mark) === true);
      return putIssue(own, text, {
        open: () => ask(api, "POST", "/issues", { title, description: text }),
        update: ({ iid }) => ask(api, "PUT", `/issues/${iid}`, { title, description: text }),
        close: ({ iid }) => ask(api, "PUT", `/issues/${iid}`, { state_event: "close" }),
      });
    },

    /** GitLab knows no releases that are previews. */
    async release(tag, notes) {
      const path = `/releases/${encodeURIComponent(tag)}`;
      return put(
        await look(api, path),
        () => ask(api, "POST", "/releases", { tag_name: tag, name: tag, description: notes }),
        () => ask(api, "PUT", path, { name: tag, description: notes }),
      );
    },
  };
}
