import { once } from "node:events";
import * as net from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseMongoAddress } from "../../../testbed/bookinfo/database.ts";
import { Apps, closedPort } from "./app.ts";

const apps = new Apps();
beforeAll(() => apps.bundle());
afterAll(() => apps.end());

const mysql = (port: number) => ({
  VERSION: "v2",
  DB_TYPE: "mysql",
  MYSQL_DB_HOST: "127.0.0.1",
  MYSQL_DB_PORT: String(port),
  MYSQL_DB_USER: "root",
  MYSQL_DB_PASSWORD: "s3cret-word",
});
const mongo = (port: number) => ({ VERSION: "v2", MONGO_DB_URL: `mongodb://root:s3cret-word@127.0.0.1:${port}/test` });

describe("ratings v2", () => {
  it.each([
    ["mongodb", mongo, { Reviewer1: 4, Reviewer2: 3 }],
    ["mysqldb", mysql, { Reviewer1: 2, Reviewer2: 1 }],
  ])("reads its stars from %s, and says nothing of its password", async (kind, env, stars) => {
    const database = await apps.start(kind);
    const ratings = await apps.start("ratings", env(database.port));
    for (let round = 0; round < 3; round++) {
      const answer = await fetch(`${ratings.url}/ratings/0`);
      expect(await answer.json()).toEqual({ id: 0, ratings: stars });
    }
    await expect.poll(() => database.log.filter(({ command }) => command === "ratings").length).toBe(3);
    expect((await fetch(`${ratings.url}/ratings/0`, { method: "POST", body: "{}" })).status).toBe(501);
    expect(JSON.stringify([database.log, ratings.log])).not.toContain("s3cret-word");
  });

  it.each([
    ["mongodb", mongo],
    ["mysqldb", mysql],
  ])("answers 500 without %s", async (_kind, env) => {
    const ratings = await apps.start("ratings", env(await closedPort()));
    expect((await fetch(`${ratings.url}/ratings/0`)).status).toBe(500);
  });

  it("answers 500 when the other side closes the connection, as a proxy without an endpoint does", async () => {
    const server = net.createServer((socket) => socket.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const ratings = await apps.start("ratings", mysql((server.address() as net.AddressInfo).port));
    expect((await fetch(`${ratings.url}/ratings/0`)).status).toBe(500);
    server.close();
  });
});

describe("a database", () => {
  it.each([
    ["mysqldb", "hello mysqldb\n"],
    ["mongodb", "error\n"],
  ])("%s: who speaks first is as in the original", async (kind, first) => {
    const { port } = await apps.start(kind);
    const socket = net.connect(port, "127.0.0.1");
    if (kind === "mongodb") socket.write("anything\n");
    const [data] = (await once(socket, "data")) as [Buffer];
    expect(data.toString()).toBe(first);
    socket.destroy();
  });

  it("takes the options of the real one without a word, and its port", async () => {
    const { port } = await apps.start("mongodb", {}, "--ipv6", "--bind_ip_all");
    expect(port).toBe(27017);
  });

  it("ends on SIGTERM though a client holds a connection", async () => {
    const { port, process } = await apps.start("mysqldb");
    const socket = net.connect(port, "127.0.0.1");
    await once(socket, "data");
    process.kill("SIGTERM");
    const [code] = (await once(process, "exit")) as [number];
    expect(code).toBe(0);
    socket.destroy();
  });
});

describe("MongoDB's address", () => {
  it.each([
    ["mongodb://mongodb:27017/test", "mongodb", 27017],
    ["mongodb://mongodb", "mongodb", 27017],
    ["mongodb://user:p%40ss@db.example:5000,other:5001/test?tls=true", "db.example", 5000],
    ["mongodb://[::1]:5000/test", "::1", 5000],
  ])("%s", (address, host, port) => {
    expect(parseMongoAddress(address)).toEqual({ kind: "mongodb", host, port });
  });

  it("is not repeated when it is wrong", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{8,20}$/), (password) => {
        expect(() => parseMongoAddress(`mongo://root:${password}@db`)).toThrow(
          expect.not.objectContaining({ message: expect.stringContaining(password) as string }) as Error,
        );
      }),
    );
  });
});
