import type { Difference } from "./values/difference.ts";
import type { Fields } from "./values/value.ts";

/** What a call of the engine is about. */
export interface Call {
  readonly urn: string;
  /** The type token, e.g. `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** `namespace/name`, or `name`; empty before the object exists. */
  readonly id: string;
  /** Nothing may be changed: the engine asks what would be. */
  readonly preview: boolean;
  /** The program's own limit in seconds; 0 if it sets none. */
  readonly timeout: number;
  readonly ignoreChanges: readonly string[];
  /** The name to take if the program gives none: the resource's own with so many random digits, or what the engine is told to propose. */
  autoname(digits: number): string;
  /** Shows a line of progress; the next one replaces it. */
  progress(line: string): void;
  /** Shows a warning that stays. */
  warn(message: string): void;
}

export interface ResourceChange extends Difference {
  /** The change cannot be made in place. */
  readonly replace: boolean;
}

export interface ResourceDiff {
  readonly changes: readonly ResourceChange[];
  /** The old object has to go before the new one can come: they have the same name. */
  readonly deleteBeforeReplace: boolean;
  /** The answer names the properties besides the paths: some of the real plugins do, others do not. */
  readonly namesProperties: boolean;
}

/** What the engine keeps of a resource. */
export interface State {
  readonly id: string;
  readonly properties: Fields;
  readonly inputs?: Fields;
}

/** How one sort of resource is managed: objects of a cluster, Helm releases, the types of a cloud. */
export interface Resource {
  check(call: Call, olds: Fields, news: Fields): Promise<Fields>;
  diff(oldInputs: Fields, news: Fields): ResourceDiff;
  create(call: Call, inputs: Fields): Promise<State>;
  update(call: Call, olds: Fields, oldInputs: Fields, news: Fields): Promise<State>;
  /** Undefined if it is gone. Without inputs it is imported. */
  read(call: Call, properties: Fields, inputs: Fields): Promise<State | undefined>;
  delete(call: Call, properties: Fields): Promise<void>;
}

/** Inputs that no resource could be made of; each reason goes with its property. */
export class CheckFailed extends Error {
  readonly failures: readonly CheckFailure[];

  constructor(failures: readonly CheckFailure[]) {
    super(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
    this.failures = failures;
  }
}

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** The resource exists, but is not as it should be: the engine keeps its state and tries again the next time. */
export class InitFailed extends Error {
  readonly reasons: readonly string[];
  readonly state: State;

  constructor(reasons: readonly [string, ...string[]], state: State) {
    super(reasons[0]);
    this.reasons = reasons;
    this.state = state;
  }
}
