// What runs in the pods of the simulator's judge, written to be handed to Node as text.

/** Answers with what it has seen of a request, with the status and after the milliseconds that the request asks for. */
export const ECHO = `
const { createServer } = require("node:http");
const server = createServer((request, answer) => {
  const { "x-answer-status": status = "200", "x-answer-after": after = "0" } = request.headers;
  const { method, url, headers } = request;
  setTimeout(() => {
    answer.writeHead(Number(status), { "content-type": "application/json" });
    answer.end(JSON.stringify({ version: process.env.VERSION, method, url, headers }));
  }, Number(after));
});
for (const port of [8080, 8081, 8082]) {
  require("node:http").createServer(server.listeners("request")[0]).listen(port);
}
process.on("SIGTERM", () => process.exit(0));
`;

/** Sends the requests on its standard input, so many at a time as it says, and prints the answers in their order. */
export const CALLER = `
const { request } = require("node:http");
let text = "";
process.stdin.on("data", (chunk) => (text += chunk)).on("end", async () => {
  const { all, width } = JSON.parse(text);
  const answers = new Array(all.length);
  const ask = ({ to, port, method, path, headers }) => new Promise((resolve) => {
    const began = Date.now();
    const done = (answer) => resolve({ ...answer, milliseconds: Date.now() - began });
    const sent = request({ host: to, port, method, path, headers, timeout: 15000, agent: false }, (answer) => {
      let body = "";
      answer.on("data", (chunk) => (body += chunk)).on("error", () => done({}));
      answer.on("end", () => done({ status: answer.statusCode, location: answer.headers.location, body }));
    });
    sent.on("error", (error) => done({ problem: error.code })).on("timeout", () => sent.destroy());
    sent.end();
  });
  let next = 0;
  const work = async () => {
    for (let index = next++; index < all.length; index = next++) answers[index] = await ask(all[index]);
  };
  await Promise.all(Array.from({ length: width }, work));
  process.stdout.write(JSON.stringify(answers));
});
`;
