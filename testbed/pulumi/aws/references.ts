import type { Fields } from "../provider/values/value.ts";
import { ACCOUNT_ID, type Account, type Entry } from "./account.ts";
import { apiError } from "./errors.ts";
import { TYPES } from "./types/index.ts";
import { actionOf, idsAt, type AwsType, type Reference } from "./types/type.ts";

/** @throws Error as AWS answers if an input refers to what is not there */
export function mustExist(token: string, type: AwsType, inputs: Fields, account: Account): void {
  for (const reference of type.references ?? []) {
    for (const id of idsAt(inputs, reference.path)) {
      if (isOutside(reference, id) || account.all().some((entry) => isMeant(reference, id, entry))) continue;
      throw apiError(token, type.makes, reference.missing, `${reference.path}: '${id}' does not exist`);
    }
  }
}

/** @throws Error as AWS refuses to delete what something else needs */
export function mustBeFree(entry: Entry, type: AwsType, account: Account): void {
  for (const other of account.all()) {
    for (const reference of TYPES[other.type]?.references ?? []) {
      const isHeld = idsAt(other.properties, reference.path).some((id) => isMeant(reference, id, entry));
      if (!isHeld || reference.holds === undefined) continue;
      const user = `${TYPES[other.type]?.title} (${other.id})`;
      const message = `${type.title} (${entry.id}) has dependencies and cannot be deleted: ${user}`;
      throw apiError(entry.type, actionOf(type, "delete"), reference.holds, message);
    }
  }
}

const isMeant = (reference: Reference, id: string, entry: Entry): boolean =>
  entry.type === reference.type && (reference.by === undefined ? entry.id : entry.properties[reference.by]) === id;

/** Roles and keys may be of another account, or older than the stack: only ids of networks can be told. */
const isOutside = ({ by }: Reference, id: string): boolean => by === "arn" && !id.includes(`:${ACCOUNT_ID}:`);
