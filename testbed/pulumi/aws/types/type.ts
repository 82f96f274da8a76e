import type { CheckFailure } from "../../provider/resource.ts";
import type { Fields, Value } from "../../provider/values/value.ts";
import type { Account } from "../account.ts";

/** What a resource gets when it is made. */
export interface Birth {
  /** 17 hexadecimal digits, different for each resource. */
  readonly random: string;
  readonly region: string;
  readonly accountId: string;
  /** The account, to look up what the inputs refer to. */
  readonly account: Account;
}

/** An input that says which other resource is meant. */
export interface Reference {
  /** The property, or the path to it, e.g. `vpcConfig.subnetIds`; lists are looked through. */
  readonly path: string;
  readonly type: string;
  /**
   * The property of the other resource that the input holds.
   * @default `id`
   */
  readonly by?: string;
  /** What AWS answers if there is none: its code. */
  readonly missing: string;
  /** The other resource cannot be deleted as long as this one is there: the code of AWS's refusal. */
  readonly holds?: string;
}

/** What is known of a resource type: the table that the stand-in works by. */
export interface AwsType {
  /** Its name in the messages of the real plugin. */
  readonly title: string;
  /** The operation of the service that makes it, as messages name it. */
  readonly makes: string;
  id(inputs: Fields, birth: Birth): string;
  readonly required?: readonly string[];
  /** At most one of each group may be given. */
  readonly conflicts?: readonly (readonly string[])[];
  /** Exactly one of each group has to be given. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Properties, or paths, with the values that they may have, where AWS's models do not say them: those `test/awsApi` holds. */
  readonly values?: Readonly<Record<string, readonly Value[]>>;
  /** Rules that the real plugin checks before it calls AWS. */
  problems?(inputs: Fields): CheckFailure[];
  /** Properties whose change makes another resource; all of them if undefined. */
  readonly fixed?: readonly string[];
  /** The property that gets a name if the program gives none. */
  readonly autoname?: {
    readonly property: string;
    /**
     * How long a name the plugin makes, whatever AWS takes.
     * @default 255
     */
    readonly longest?: number;
  };
  /** Longest texts that AWS takes, by property. */
  readonly lengths?: Readonly<Record<string, number>>;
  readonly references?: readonly Reference[];
  /** What holds without being said. */
  readonly defaults?: Fields;
  /** What AWS adds. */
  outputs?(inputs: Fields, id: string, birth: Birth): Fields;
  /** What AWS changes by an update. */
  updated?(olds: Fields, inputs: Fields): Fields;
  /** @throws Error as AWS refuses to make it, e.g. since its network has no gateway */
  beforeCreate?(inputs: Fields, account: Account): void;
  /** @throws Error as AWS refuses to change it so */
  beforeUpdate?(olds: Fields, inputs: Fields): void;
  /** @throws Error as AWS refuses to delete it; what `references` say is known already */
  beforeDelete?(properties: Fields, account: Account): void;
}

/** The value at a path such as `vpcConfig.subnetIds`. */
export const valueAt = (fields: Fields, path: string): Value =>
  path.split(".").reduce<Value>((value, key) => value?.[key], fields);

/** Every id that the inputs hold at the path. */
export const idsAt = (fields: Fields, path: string): string[] =>
  [valueAt(fields, path)].flat().filter((id): id is string => typeof id === "string" && id !== "");

export const problem = (property: string, reason: string): CheckFailure => ({ property, reason });

/** The operation of the service, as messages name it: `DeleteNodegroup` beside `CreateNodegroup`. */
export function actionOf({ makes }: AwsType, operation: "create" | "update" | "delete"): string {
  if (operation === "create") return makes;
  return makes.replace(/^[A-Z][a-z]+/, operation === "update" ? "Update" : "Delete");
}

/** A document that is no JSON is refused before AWS is asked. */
export function jsonProblems(property: string, document: unknown, what = "JSON"): CheckFailure[] {
  if (typeof document !== "string") return [];
  try {
    JSON.parse(document);
    return [];
  } catch {
    return [problem(property, `"${property}" contains an invalid ${what}`)];
  }
}
