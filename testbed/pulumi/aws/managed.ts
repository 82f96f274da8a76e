import { randomBytes } from "node:crypto";
import type { Call, Resource, ResourceDiff, State } from "../provider/resource.ts";
import { InitFailed } from "../provider/resource.ts";
import { differences, isEqual, isWithin } from "../provider/values/difference.ts";
import { concealLike, reveal } from "../provider/values/secrets.ts";
import { select } from "../provider/values/selection.ts";
import type { Fields, Value } from "../provider/values/value.ts";
import { ACCOUNT_ID, type Account, type Entry } from "./account.ts";
import { faultOf, refusalOf, shortcomingOf, type Fault } from "./faults.ts";
import { CHOSEN, mustBeValid, withName } from "./inputs.ts";
import { mustBeFree, mustExist } from "./references.ts";
import { actionOf, type AwsType, type Birth } from "./types/type.ts";

/** What the provider is configured with. */
export interface Settings {
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** Resources of one type, kept in the account. */
export class Managed implements Resource {
  readonly #token: string;
  readonly #type: AwsType;
  readonly #settings: Settings;
  readonly #accountOf: () => Account;

  constructor(token: string, type: AwsType, settings: Settings, accountOf: () => Account) {
    this.#token = token;
    this.#type = type;
    this.#settings = settings;
    this.#accountOf = accountOf;
  }

  check(call: Call, olds: Fields, news: Fields): Promise<Fields> {
    const inputs = withName(this.#type, olds, news, call);
    mustBeValid(this.#type, inputs);
    return Promise.resolve(inputs);
  }

  diff(oldInputs: Fields, news: Fields): ResourceDiff {
    const [before, after] = [withoutNotes(reveal(oldInputs)), withoutNotes(reveal(news))];
    const { fixed, autoname } = this.#type;
    const changes = differences(before, after).map((difference) => ({
      ...difference,
      replace: fixed?.some((path) => isWithin(difference.path, path)) ?? true,
    }));
    const name = autoname?.property;
    const isNamed = name !== undefined && before[name] === after[name] && !news[CHOSEN]?.includes(name);
    const deleteBeforeReplace = isNamed && changes.some(({ replace }) => replace);
    return { changes, deleteBeforeReplace, namesProperties: true };
  }

  create(call: Call, inputs: Fields): Promise<State> {
    const known = withoutNotes(reveal(inputs));
    const asPlanned = { ...this.#type.defaults, ...withoutNotes(inputs), ...this.#tagsOf(known) };
    if (call.preview) return Promise.resolve({ id: "", properties: asPlanned });

    const account = this.#accountOf();
    const fault = this.#fault(account, "create", call);
    mustExist(this.#token, this.#type, known, account);
    this.#type.beforeCreate?.(known, account);
    const birth = this.#birth(account);
    const id = this.#type.id(known, birth);
    if (account.find(this.#token, id)) throw new Error(`${this.#type.title} (${id}) exists already`);
    const properties = {
      ...this.#type.defaults,
      ...known,
      ...this.#type.outputs?.(known, id, birth),
      ...this.#tagsOf(known),
    };
    return Promise.resolve(this.#keep(account, { type: this.#token, id, properties }, inputs, fault));
  }

  update(call: Call, olds: Fields, oldInputs: Fields, news: Fields): Promise<State> {
    const known = withoutNotes(reveal(news));
    // What AWS added stays; what the program no longer gives goes.
    const added = Object.entries(olds).filter(([key]) => !(key in oldInputs));
    const kept = { ...this.#type.defaults, ...Object.fromEntries(added) };
    const changed = { ...this.#type.updated?.(olds, known), ...this.#tagsOf(known) };
    if (call.preview) {
      return Promise.resolve({ id: call.id, properties: { ...kept, ...withoutNotes(news), ...changed } });
    }
    const account = this.#accountOf();
    const fault = this.#fault(account, "update", call);
    mustExist(this.#token, this.#type, known, account);
    this.#type.beforeUpdate?.(olds, known);
    const untouched = sameIn(withoutNotes(reveal(oldInputs)), known);
    const live = select(account.find(this.#token, call.id)?.properties ?? {}, untouched);
    const entry = { type: this.#token, id: call.id, properties: { ...kept, ...known, ...live, ...changed } };
    return Promise.resolve(this.#keep(account, entry, news, fault));
  }

  read(call: Call, _properties: Fields, inputs: Fields): Promise<State | undefined> {
    const account = this.#accountOf();
    const properties = account.find(this.#token, call.id)?.properties;
    if (!properties) return Promise.resolve(undefined);
    const given = withoutNotes(reveal(inputs));
    const isImport = Object.keys(given).length === 0;
    const { tags } = properties;
    const live = isImport
      ? this.#sayable(call.id, properties, account)
      : { ...select(properties, given), ...(tags && { tags }) };
    return Promise.resolve({
      id: call.id,
      properties: concealLike(properties, inputs),
      inputs: concealLike({ ...live, [CHOSEN]: inputs[CHOSEN] ?? [] }, inputs),
    });
  }

  delete(call: Call, properties: Fields): Promise<void> {
    const account = this.#accountOf();
    const entry = account.find(this.#token, call.id);
    if (!entry) return Promise.resolve();
    this.#fault(account, "delete", call);
    this.#type.beforeDelete?.(properties, account);
    mustBeFree(entry, this.#type, account);
    account.remove(entry);
    return Promise.resolve();
  }

  /** What a program says of it: neither what AWS adds nor what holds anyway. */
  #sayable(id: string, properties: Fields, account: Account): Fields {
    const { defaults = {}, required = [] } = this.#type;
    const added = { tagsAll: {}, ...this.#type.outputs?.(properties, id, this.#birth(account)) };
    const isSaid = ([key, value]: [string, Value]) =>
      required.includes(key) || !(key in added || (key in defaults && isEqual(defaults[key], value)));
    return Object.fromEntries(Object.entries(properties).filter(isSaid));
  }

  #birth(account: Account): Birth {
    const random = randomBytes(9).toString("hex").slice(0, 17);
    return { random, region: this.#settings.region, accountId: ACCOUNT_ID, account };
  }

  /** The fault that leaves something behind; @throws Error for one that leaves nothing. */
  #fault(account: Account, operation: Fault["operation"], { urn }: Call): "time-out" | "half-made" | undefined {
    const fault = faultOf(account.folder, operation, this.#token, urn);
    if (fault === "quota" || fault === "throttling")
      throw refusalOf(fault, this.#token, actionOf(this.#type, operation));
    return fault;
  }

  #keep(account: Account, entry: Entry, inputs: Fields, fault: "time-out" | "half-made" | undefined): State {
    const state = { id: entry.id, properties: concealLike(entry.properties, inputs), inputs };
    if (!fault) {
      account.put(entry);
      return state;
    }
    const reason = shortcomingOf(fault, this.#type.title, entry.id);
    account.put({ ...entry, unfinished: reason });
    throw new InitFailed([reason], state);
  }

  #tagsOf({ tags }: Fields): Fields {
    const all = { ...this.#settings.defaultTags, ...tags };
    return Object.keys(all).length > 0 ? { tagsAll: all } : {};
  }
}

/** What an update leaves out: only what differs from the last time is sent, and AWS keeps what it has of the rest. */
function sameIn(olds: Fields, news: Fields): Fields {
  return Object.fromEntries(Object.entries(news).filter(([key, value]) => key in olds && isEqual(olds[key], value)));
}

/** Without what the plugin notes for itself. */
function withoutNotes(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== CHOSEN));
}
