// What a stack file gives to AWS: the inputs of all that its cluster consists of, and of what it asks AWS before.
import * as pulumi from "@pulumi/pulumi";
import { openCluster } from "../../components/cluster/openCluster.ts";
import { mapOf } from "../../lib/untrusted.ts";
import { DEFAULT_TAGS } from "../../settings/defaultTags.ts";
import { REGION } from "../../settings/region.ts";
import { decoded, parseSettings, settingsByName } from "../../settings/parse.ts";
import { resolved } from "../../settings/resolved.ts";
import { CHOSEN, withName } from "../../testbed/pulumi/aws/inputs.ts";
import { TYPES } from "../../testbed/pulumi/aws/types/index.ts";
import { awsCalls, awsOutputs, CLUSTER_TYPES } from "../components/cluster/eks/aws.ts";
import { insideCluster } from "../components/cluster/eks/insideCluster.ts";
import { record, type Recorded, type RecordOptions } from "../recorder.ts";
import { adminOf } from "../stacks/program.ts";
import type { Config } from "../wholeProgram.ts";
import type { Given } from "./requests.ts";

type Calls = NonNullable<RecordOptions["calls"]>;

const RELEASE: Calls = { "aws:ssm/getParameter:getParameter": () => ({ insecureValue: "1.35.0-20261101" }) };

const ORIGIN = { project: "mesh", stack: "test" };

/**
 * @param inAws what AWS answers, where it is more than that there is nothing yet
 * @throws Error if the stack file is wrong
 */
export async function givenBy(file: Config, inAws: Calls = {}): Promise<Given[]> {
  const region = String(file[REGION]);
  const defaultTags = decoded(file[DEFAULT_TAGS]);
  const parsed = parseSettings(settingsByName(file), { ...ORIGIN, region, defaultTags: file[DEFAULT_TAGS] });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { cluster, profile } = resolved(parsed.settings, { ...ORIGIN, region });
  const asked: Given[] = [];
  const resources = await record(() => openCluster("cluster", cluster, profile), CLUSTER_TYPES, {
    outputs: awsOutputs,
    calls: noted({ ...awsCalls(adminOf(file)), ...RELEASE, ...inAws }, asked),
  });
  const given = [...(await givenByResources(resources)), ...asked];
  return given.map((each) => ({ ...each, defaultTags: mapOf(mapOf(defaultTags).tags) }));
}

/** Those of AWS among the resources, with what the EKS plugin makes, each as its plugin sends it. */
async function givenByResources(resources: readonly Recorded[]): Promise<Given[]> {
  const clusters = resources.filter(({ type }) => type === "eks:index:Cluster");
  const inside: Recorded[] = [];
  for (const each of clusters) inside.push(...(await insideCluster(each)));
  const ofAws = [...resources, ...inside].filter(({ type }) => type.startsWith("aws:"));
  return await Promise.all(ofAws.map(asSent));
}

/** With a name, where the plugin makes one up, and with ids in the place of resources. */
async function asSent({ type, name, inputs: given }: Recorded): Promise<Given> {
  const ids = Object.entries(given).map(async ([input, value]) => [input, await idOf(value)] as const);
  const inputs = Object.fromEntries(await Promise.all(ids));
  const known = TYPES[type];
  if (!known) return { type, name, inputs };
  const call = { type, autoname: (digits: number) => `${name}-${"0a1b2c3d".slice(0, digits)}` };
  const whole = Object.entries(withName(known, {}, inputs, call)).filter(([input]) => input !== CHOSEN);
  return { type, name, inputs: Object.fromEntries(whole) };
}

const idOf = (value: unknown): unknown =>
  pulumi.CustomResource.isInstance(value) ? new Promise((done) => value.id.apply(done)) : value;

/** Calls that write down what they are asked. */
function noted(calls: Calls, asked: Given[]): Calls {
  return Object.fromEntries(
    Object.entries(calls).map(([token, answer]) => [
      token,
      (inputs) => {
        asked.push({ type: token, name: "", inputs });
        return answer(inputs);
      },
    ]),
  );
}
