// Publishes a port of a Service on this machine's loopback, through the cluster's API. Runs until it is ended:
// forward.ts <stack> <namespace> <service> <port>
import { publish } from "../lib/publish.ts";
import { writeWhole } from "../lib/wholeFile.ts";
import { portFile } from "./mesh/endpoint.ts";
import { podConnections } from "./mesh/podConnection.ts";
import { stackFolder } from "./stack/stackFolder.ts";
import { kubeConfigOf, rememberedTarget } from "./stack/target.ts";

const PREFERRED_PORT = 8080;

async function main([stack = "", namespace = "", name = "", port = ""]: string[]): Promise<void> {
  const target = rememberedTarget(stackFolder(stack));
  if (!target) throw new Error(`the stack ${stack} is not deployed`);
  const connect = podConnections(kubeConfigOf(target), namespace, name, Number(port));
  writeWhole(portFile(stack), String(await publish(PREFERRED_PORT, connect)));
}

void main(process.argv.slice(2));
