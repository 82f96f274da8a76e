import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account } from "../../../../testbed/pulumi/aws/account.ts";
import { faultsFile, type Fault } from "../../../../testbed/pulumi/aws/faults.ts";
import { ACCOUNT_VARIABLE, AwsPlugin } from "../../../../testbed/pulumi/aws/plugin.ts";
import {
  CheckFailed,
  InitFailed,
  type Call,
  type ResourceDiff,
  type State,
} from "../../../../testbed/pulumi/provider/resource.ts";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";

/** The AWS stand-in with an account of its own, spoken to as the engine does: Check comes before Create and Update. */
export class AwsUnderTest {
  readonly plugin = new AwsPlugin();
  readonly account = new Account(mkdtempSync(join(tmpdir(), "aws-account-")));
  /** What was made last of each resource, by its name. */
  readonly #made = new Map<string, State & { readonly type: string; readonly inputs: Fields }>();

  constructor(args: Fields = { region: "eu-west-1" }) {
    process.env[ACCOUNT_VARIABLE] = this.account.folder;
    this.plugin.configure(args);
  }

  remove(): void {
    rmSync(this.account.folder, { recursive: true });
  }

  order(...faults: Fault[]): void {
    writeFileSync(faultsFile(this.account.folder), JSON.stringify(faults));
  }

  async check(type: string, news: Fields, olds: Fields = {}, name = "thing"): Promise<Fields> {
    return await this.plugin.resourceOf(type).check(callOf(type, name), olds, news);
  }

  diff(type: string, olds: Fields, news: Fields): ResourceDiff {
    return this.plugin.resourceOf(type).diff(olds, news);
  }

  async create(type: string, name: string, given: Fields, { preview = false } = {}): Promise<State> {
    const inputs = await this.check(type, given, {}, name);
    const resource = this.plugin.resourceOf(type);
    const keep = (state: State) => this.#made.set(name, { ...state, type, inputs });
    try {
      const state = await resource.create({ ...callOf(type, name), preview }, inputs);
      keep(state);
      return state;
    } catch (error) {
      if (error instanceof InitFailed) keep(error.state);
      throw error;
    }
  }

  async update(name: string, given: Fields): Promise<State> {
    const { type, id, properties, inputs: olds } = this.#known(name);
    const inputs = await this.check(type, given, olds, name);
    const state = await this.plugin.resourceOf(type).update({ ...callOf(type, name), id }, properties, olds, inputs);
    this.#made.set(name, { ...state, type, inputs });
    return state;
  }

  async read(name: string): Promise<State | undefined> {
    const { type, id, properties, inputs } = this.#known(name);
    return await this.plugin.resourceOf(type).read({ ...callOf(type, name), id }, properties, inputs);
  }

  /** Reads what no program has made. */
  async import(type: string, id: string): Promise<State | undefined> {
    return await this.plugin.resourceOf(type).read({ ...callOf(type, "thing"), id }, {}, {});
  }

  async delete(name: string): Promise<void> {
    const { type, id, properties } = this.#known(name);
    await this.plugin.resourceOf(type).delete({ ...callOf(type, name), id }, properties);
  }

  #known(name: string) {
    const state = this.#made.get(name);
    if (!state) throw new Error(`${name} was never made`);
    return state;
  }
}

/** The properties that a check refuses. */
export async function refusedBy(checked: Promise<unknown>): Promise<string[]> {
  const error: unknown = await checked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return [];
  if (!(error instanceof CheckFailed)) throw error as Error;
  return error.failures.map(({ property }) => property);
}

function callOf(type: string, name: string): Call {
  return {
    ...{ urn: `urn:pulumi:dev::mesh::${type}::${name}`, type, id: "", preview: false, timeout: 0, ignoreChanges: [] },
    autoname: (digits) => `${name}-${"0a1b2c3d".slice(0, digits)}`,
    progress: () => undefined,
    warn: () => undefined,
  };
}
