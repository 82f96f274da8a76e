// As much of GitLab's API as its pipeline takes, for the project 42. Whoever has the token is user 5.
import { pageOf, serve, type Body, type Route, type Served } from "./server.ts";

const SELF = { author: { id: 5 } };

export interface Note {
  readonly id: number;
  body: string;
  readonly author: { readonly id: number };
}

export interface GitlabIssue {
  readonly iid: number;
  title: string;
  description: string;
  state: string;
  readonly author: { readonly id: number };
}

export interface GitlabStandIn extends Served {
  readonly notes: readonly Note[];
  readonly issues: readonly GitlabIssue[];
  readonly releases: readonly Body[];
}

/** @param before the notes that are there already */
export async function gitlabStandIn(token: string, before: readonly Note[] = []): Promise<GitlabStandIn> {
  const notes = [...before];
  const issues: GitlabIssue[] = [];
  const releases: Body[] = [];
  const route = (
    call: string,
    answer: Route["answer"],
    needs: readonly string[] = [],
    takes: readonly string[] = [],
  ) => {
    const [method = "", path = ""] = call.split(" ");
    return { method, path: new RegExp(`^/projects/42${path}$`), answer, needs, takes };
  };
  const routes: Route[] = [
    { method: "GET", path: /^\/user$/, answer: () => ({ id: SELF.author.id }) },
    route(String.raw`GET /merge_requests/\d+/notes`, ({ query }) => pageOf(notes, query)),
    route(
      String.raw`POST /merge_requests/\d+/notes`,
      ({ body }) => {
        notes.push({ id: notes.length + 1, body: String(body.body), ...SELF });
        return {};
      },
      ["body"],
    ),
    route(
      String.raw`PUT /merge_requests/\d+/notes/(\d+)`,
      ({ parts: [id], body }) => {
        const found = notes.find((one) => one.id === Number(id));
        return found && Object.assign(found, body);
      },
      ["body"],
    ),
    route("GET /issues", ({ query }) =>
      pageOf(
        issues.filter(
          ({ state, author }) => state === query.get("state") && author.id === Number(query.get("author_id")),
        ),
        query,
      ),
    ),
    route(
      "POST /issues",
      ({ body: { title, description } }) => {
        const text = { title: String(title), description: String(description) };
        issues.push({ iid: issues.length + 1, ...text, state: "opened", ...SELF });
        return {};
      },
      ["title"],
      ["description"],
    ),
    route(
      String.raw`PUT /issues/(\d+)`,
      ({ parts: [iid], body: { state_event, ...text } }) => {
        const found = issues.find((one) => one.iid === Number(iid));
        return found && Object.assign(found, text, state_event === "close" && { state: "closed" });
      },
      [],
      ["title", "description", "state_event"],
    ),
    route("GET /releases/(.+)", ({ parts: [tag] }) => releases.find(({ tag_name }) => tag_name === tag)),
    route(
      "POST /releases",
      ({ body }) => {
        releases.push({ ...body });
        return {};
      },
      ["tag_name"],
      ["name", "description"],
    ),
    route(
      "PUT /releases/(.+)",
      ({ parts: [tag], body }) => {
        const found = releases.find(({ tag_name }) => tag_name === tag);
        return found && Object.assign(found, body);
      },
      [],
      ["name", "description"],
    ),
  ];
  return { ...(await serve({ authorization: `Bearer ${token}` }, routes)), notes, issues, releases };
}
