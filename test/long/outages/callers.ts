import { guest } from "../../e2e/callers.ts";
import type { Inside } from "../../e2e/insideCalls.ts";

type Curl = (url: string, ...options: readonly string[]) => Promise<number>;

/** Who sends requests; each gets the status of the answer, or 0 where the connection was cut. */
export interface Callers {
  /** With a sidecar. */
  readonly inMesh: Curl;
  /** Without one. */
  readonly outside: Curl;
  /** The address of the gateway's pod, which has ports that its Service has not. */
  readonly gatewayPod: string;
  /** Seconds that a request from a pod with a sidecar takes. */
  readonly secondsOf: (url: string) => Promise<number>;
  /** How often the proxy of details has logged a text. */
  readonly logged: (text: string) => Promise<number>;
}

const CLIENT = "client";
const IN_MESH = ["-n", "bookinfo", "exec", "deploy/sleep-v1", "-c", "sleep"];
const OUTSIDE = ["-n", CLIENT, "exec", CLIENT, "-c", CLIENT];

/** Starts a pod without a sidecar, beside Bookinfo's own client. */
export async function callersOf(inside: Inside): Promise<Callers> {
  const image = await inside.kubectl(
    ...["-n", "bookinfo", "get", "deploy", "sleep-v1"],
    ...["-o", "jsonpath={.spec.template.spec.containers[0].image}"],
  );
  for (const object of guest(CLIENT, CLIENT, CLIENT, image, false)) await inside.apply(object);
  await inside.kubectl("-n", CLIENT, "wait", "--for=condition=Ready", `pod/${CLIENT}`, "--timeout=120s");
  const gatewayPod = await inside.kubectl(
    ...["-n", "istio-ingress", "get", "pods", "-l", "istio=ingressgateway"],
    ...["-o", "jsonpath={.items[0].status.podIP}"],
  );
  // Where the connection is cut, curl fails, which is what was asked.
  const print = async (exec: readonly string[], told: string, url: string, options: readonly string[]) => {
    const words = ["curl", "-s", "-m", "20", "-o", "/dev/null", "-w", told, ...options, url];
    const command = `${words.map((word) => `'${word}'`).join(" ")} || true`;
    return Number(await inside.kubectl(...exec, "--", "/bin/sh", "-c", command));
  };
  return {
    gatewayPod: gatewayPod.trim(),
    inMesh: (url, ...options) => print(IN_MESH, "%{http_code}", url, options),
    outside: (url, ...options) => print(OUTSIDE, "%{http_code}", url, options),
    secondsOf: (url) => print(IN_MESH, "%{time_total}", url, []),
    logged: async (text) => {
      const lines = await inside.kubectl(
        "-n",
        "bookinfo",
        "logs",
        "-l",
        "app=details",
        "-c",
        "istio-proxy",
        "--tail=-1",
      );
      return lines.split(text).length - 1;
    },
  };
}
