// Takes the place of a tool whose program no package registry carries: it answers where the tool would, says that it is
// none, and asks for the tool's password. Everything about it comes from its environment.
import { createServer, type IncomingMessage } from "node:http";
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";

const { TOOL = "a tool", PORT = "8080", HEALTH_PATH = "/healthz", ADMIN_USER, ADMIN_PASSWORD, ANONYMOUS } = process.env;

createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://placeholder").pathname;
  const send = (status: number, text: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "text/plain", ...headers }).end(`${text}\n`);
  };
  if (path === HEALTH_PATH) send(200, "ok");
  else if (!mayLook(request)) send(401, "who are you?", { "www-authenticate": `Basic realm="${TOOL}"` });
  else send(200, `This is not ${TOOL}: it stands in its place on the testbed.${visitor(request)}`);
}).listen(Number(PORT));

// The first process of a container is not ended by a signal that it does not heed.
process.on("SIGTERM", () => process.exit());

/** Who looks, as a login before it says. */
function visitor({ headers }: IncomingMessage): string {
  const said = ["user", "email", "groups"].flatMap((name) => headers[`x-auth-request-${name}`] ?? []);
  return said.length > 0 ? ` You are ${said.join(", ")}.` : "";
}

/** Like the tool: whoever says who they are has to prove it, even where nobody has to. */
function mayLook({ headers }: IncomingMessage): boolean {
  if (ADMIN_USER === undefined || ADMIN_PASSWORD === undefined) return true;
  if (headers.authorization === undefined) return ANONYMOUS === "true";
  const given = Buffer.from(headers.authorization);
  const right = Buffer.from(`Basic ${Buffer.from(`${ADMIN_USER}:${ADMIN_PASSWORD}`).toString("base64")}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
