import * as net from "node:net";
import { log, logListening, stopOnSignal, type Identity } from "./server.ts";

/**
 * The databases behind ratings v2. THIS IS NOT THE WIRE PROTOCOL OF MONGODB OR MYSQL: no client of theirs can talk to it. It
 * is what the mesh sees of them, a TCP connection whose content is no HTTP:
 *
 *     server: hello mysqldb          (mysqldb only: MySQL's server speaks first, MongoDB's client does)
 *     client: ratings
 *     server: [2,1]
 */
export type DatabaseKind = "mongodb" | "mysqldb";

/** Numbers of stars that no other source of ratings has, so that the page shows which one answered. */
const STARS: Readonly<Record<DatabaseKind, readonly number[]>> = { mongodb: [4, 3], mysqldb: [2, 1] };

export const DATABASE_PORTS: Readonly<Record<DatabaseKind, number>> = { mongodb: 27017, mysqldb: 3306 };

const TIMEOUT = 10_000;

const LONGEST_LINE = 1_000;

export interface DatabaseAddress {
  readonly kind: DatabaseKind;
  readonly host: string;
  readonly port: number;
}

/** Serves the stars of one database until SIGTERM. */
export function serveDatabase(identity: Identity, kind: DatabaseKind, port: number): net.Server {
  const open = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    if (kind === "mysqldb") socket.write(`hello ${kind}\n`);
    onLine(socket, (line) => {
      const known = line === "ratings";
      socket.write(known ? `${JSON.stringify(STARS[kind])}\n` : "error\n");
      log(identity, { command: known ? line : "unknown" });
    });
  });
  server.listen(port, () => {
    logListening(identity, server);
  });
  stopOnSignal(identity, {
    close(done) {
      server.close(done);
      for (const socket of open) socket.end();
    },
  });
  return server;
}

/**
 * The first host of a MongoDB address, e.g. `mongodb://mongodb:27017/test`.
 * @throws if it names no host; the message does not repeat the address, which may hold a password
 */
export function parseMongoAddress(address: string): DatabaseAddress {
  const match = /^mongodb:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:,/[\]]+)(?::(\d+))?(?:[,/?]|$)/.exec(address);
  const host = match?.[1];
  if (host === undefined) throw new Error("MONGO_DB_URL must look like mongodb://<host>:<port>/<database>");
  return { kind: "mongodb", host: host.replace(/[[\]]/g, ""), port: Number(match?.[2] ?? DATABASE_PORTS.mongodb) };
}

/** Not readline: it throws the socket's errors once more, where nobody catches them. */
function onLine(socket: net.Socket, take: (line: string) => void): void {
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
    if (rest.length > LONGEST_LINE) socket.destroy();
  });
}

/** Reads the stars over a connection of its own, as the sample does. */
export function readStars({ kind, host, port }: DatabaseAddress): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, noDelay: true });
    let greeted = kind !== "mysqldb";
    // Of the whole exchange, not of silence on the line.
    const timer = setTimeout(() => socket.destroy(new Error("the database takes too long")), TIMEOUT);
    socket.on("connect", () => {
      if (greeted) socket.write("ratings\n");
    });
    onLine(socket, (line) => {
      if (!greeted) {
        greeted = true;
        socket.write("ratings\n");
        return;
      }
      try {
        resolve(JSON.parse(line) as readonly number[]);
      } catch {
        reject(new Error("the database's answer is not understood"));
      }
      socket.end();
    });
    socket.on("error", reject);
    socket.on("close", () => {
      clearTimeout(timer);
      reject(new Error("the database closed the connection"));
    });
  });
}
