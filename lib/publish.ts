import { createServer, type Server } from "node:net";
import type { Duplex } from "node:stream";

/**
 * Listens on this machine's loopback and joins every connection with one that `connect` makes.
 * @param preferred the port to listen on; if it is taken, the next free one
 */
export async function publish(preferred: number, connect: () => Duplex | Promise<Duplex>): Promise<number> {
  const server = createServer((client) => {
    const fail = () => client.destroy();
    client.on("error", fail);
    Promise.resolve()
      .then(connect)
      .then((upstream) => {
        join(client, upstream);
      }, fail);
  });
  for (let port = preferred; port < preferred + 100; port++) {
    if (await listens(server, port)) return port;
  }
  throw new Error(`no free local port from ${preferred} to ${preferred + 99}`);
}

/** Passes on what each end sends to the other. The end of one is the end of both. */
export function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroy());
    from.pipe(to);
  }
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off("listening", done);
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(error);
    };
    const done = () => {
      server.off("error", failed);
      resolve(true);
    };
    server.once("error", failed);
    server.once("listening", done);
    server.listen({ host: "127.0.0.1", port });
  });
}
