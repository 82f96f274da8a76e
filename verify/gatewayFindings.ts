// The servers of the ingress gateway: redirects to https, certificates, and clients that must have one.
import { statuses } from "./answers.ts";
import { connect, type PeerCertificate } from "node:tls";
import { refOf, type Gateway } from "./declared.ts";
import { notVerified, verdictOf, type Check, type Finding } from "./findings.ts";
import type { Mesh } from "./mesh.ts";
import { repeatedly } from "../lib/repeatedly.ts";
import { sendOutside } from "./outside.ts";
import { isIngress } from "./plans.ts";

const REQUESTS = 10;

type Server = NonNullable<Gateway["spec"]["servers"]>[number];

export async function gatewayFindings(mesh: Mesh): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const gateway of mesh.declared.gateways.filter((each) => isIngress(mesh, each))) {
    for (const [index, server] of (gateway.spec.servers ?? []).entries()) {
      if (!server.tls) continue; // Plain HTTP shows in the routes.
      for (const host of server.hosts) {
        const checks = await serverChecks(mesh, server, host.replace(/^[^/]+\//, ""));
        findings.push({
          host,
          object: `Gateway ${refOf(gateway)}`,
          rule: `servers[${index}]: ${server.port.protocol} on ${server.port.number}`,
          from: "outside",
          requests: REQUESTS,
          checks,
        });
      }
    }
  }
  return findings;
}

async function serverChecks(mesh: Mesh, { port, tls }: Server, host: string): Promise<Check[]> {
  if (host.startsWith("*")) return [notVerified("server", host, "no request can be generated for a pattern")];
  if (tls?.httpsRedirect === true) return [await redirectCheck(mesh.portForwards.http, host)];
  if (port.number !== 443) return [notVerified("server", `port ${port.number}`, "the port is not exposed here")];
  const certificate = await handshake(mesh.portForwards.https, host);
  switch (tls?.mode) {
    case "SIMPLE":
      return [certificateCheck(host, certificate)];
    case "MUTUAL":
      return [
        {
          what: "client without certificate",
          declared: "refused",
          measured: certificate.refused ? "refused" : "taken",
          verdict: verdictOf(certificate.refused && certificate.certificate !== undefined),
        },
        notVerified("client with certificate", "taken", "no client certificate is available here"),
      ];
    default:
      return [notVerified("TLS", tls?.mode ?? "-", "only SIMPLE and MUTUAL are checked")];
  }
}

async function redirectCheck(port: number, host: string): Promise<Check> {
  const request = { method: "GET", path: "/productpage", query: {}, headers: { host } };
  const answers = await repeatedly(REQUESTS, 1, () => sendOutside({ scheme: "http", port }, request, 10));
  const leads = answers.every(({ headers }) => headers.location?.startsWith(`https://${host}`) === true);
  return {
    what: "redirect",
    declared: `301 to https://${host}`,
    measured: `${statuses(answers)}, to ${answers[0]?.headers.location ?? "nowhere"}`,
    verdict: verdictOf(leads && answers.every(({ status }) => status === 301)),
  };
}

interface Handshake {
  readonly certificate?: PeerCertificate;
  /** Whether the server ended the connection when no certificate came. */
  readonly refused: boolean;
}

/** Opens a connection as a browser would, without a certificate of its own, and sends a request on it. */
function handshake(port: number, host: string): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, servername: host, rejectUnauthorized: false, timeout: 10_000 });
    let certificate: PeerCertificate | undefined;
    const done = (refused: boolean) => {
      socket.destroy();
      resolve({ refused, ...(certificate && { certificate }) });
    };
    socket.on("secureConnect", () => {
      certificate = socket.getPeerCertificate();
      socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    });
    socket.on("data", () => {
      done(false);
    });
    for (const event of ["error", "timeout", "close"]) {
      socket.on(event, () => {
        done(true);
      });
    }
  });
}

function certificateCheck(host: string, { certificate, refused }: Handshake): Check {
  const names = certificate?.subjectaltname?.split(", ").map((name) => name.replace(/^DNS:/, "")) ?? [];
  const covers = names.some((name) => name === host || (name.startsWith("*.") && host.endsWith(name.slice(1))));
  return {
    what: "certificate",
    declared: `for ${host}`,
    measured: certificate ? `for ${names.join(", ") || "no name"}` : "no connection",
    verdict: verdictOf(covers && !refused),
  };
}
