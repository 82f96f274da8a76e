// What the TSDoc of our types says of each property, read by TypeScript's compiler.
import { join } from "node:path";
import * as ts from "typescript";
import { checkout } from "../../stack/checkout.ts";

/** What a doc comment says. */
export interface Docs {
  readonly text?: string | undefined;
  /** As `@default` has it: a value, or words after a dash. */
  readonly default?: string | undefined;
  /** Where it is described. */
  readonly source?: string | undefined;
}

/** A type of ours, of which only the comments are of interest. */
export class DocumentedType {
  readonly #checker: ts.TypeChecker;
  readonly #types: readonly ts.Type[];

  constructor(checker: ts.TypeChecker, types: readonly ts.Type[]) {
    this.#checker = checker;
    // What may be several things is documented by all of them.
    this.#types = types.flatMap((type) => (type.isUnion() && !type.aliasSymbol ? type.types : type));
  }

  /** The comment on the type itself, or on what a list or a map of it holds. */
  get docs(): Docs {
    const symbols = this.#types.flatMap((type) => type.aliasSymbol ?? type.getSymbol() ?? []);
    const own = symbols.map((symbol) => this.#docsOf(symbol)).find(({ text }) => text !== undefined);
    if (own) return own;
    const inner = this.items ?? this.values;
    return inner ? inner.docs : {};
  }

  property(name: string): { readonly docs: Docs; readonly type: DocumentedType } | undefined {
    const symbols = this.#parts.flatMap((type) => this.#checker.getPropertyOfType(type, name) ?? []);
    if (symbols.length === 0) return undefined;
    const docs = symbols.map((symbol) => this.#docsOf(symbol));
    const type = new DocumentedType(
      this.#checker,
      symbols.map((symbol) => this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(symbol))),
    );
    return { docs: docs.find(({ text }) => text !== undefined) ?? docs.find((each) => each.default) ?? {}, type };
  }

  /** What a list of this type holds. */
  get items(): DocumentedType | undefined {
    return this.#indexed(ts.IndexKind.Number, (type) => this.#checker.isArrayType(type));
  }

  /** What a map of this type holds, whose keys are the user's own. */
  get values(): DocumentedType | undefined {
    return this.#indexed(ts.IndexKind.String, (type) => !this.#checker.isArrayType(type));
  }

  get #parts(): readonly ts.Type[] {
    return this.#types.flatMap((type) => (type.isUnion() ? type.types : type));
  }

  #indexed(kind: ts.IndexKind, isIt: (type: ts.Type) => boolean): DocumentedType | undefined {
    const types = this.#parts.filter(isIt).flatMap((type) => this.#checker.getIndexInfoOfType(type, kind)?.type ?? []);
    return types.length > 0 ? new DocumentedType(this.#checker, types) : undefined;
  }

  #docsOf(symbol: ts.Symbol): Docs {
    const text = inOneLine(symbol.getDocumentationComment(this.#checker));
    const tags = symbol.getJsDocTags(this.#checker);
    const tag = (name: string) => inOneLine(tags.find((each) => each.name === name)?.text);
    return { text, default: tag("default"), source: /https?:\S+/.exec(tag("see") ?? "")?.[0] };
  }
}

function inOneLine(parts: readonly ts.SymbolDisplayPart[] | undefined): string | undefined {
  const text = ts
    .displayPartsToString([...(parts ?? [])])
    .replace(/\s+/g, " ")
    .trim();
  return text === "" ? undefined : text;
}

/** An exported type of a file of the checkout. Types of packages are left out: ours say all there is to say, and soon. */
export function documentedType(file: string, name: string): DocumentedType {
  const path = join(checkout, file);
  const options: ts.CompilerOptions = { strict: true, target: ts.ScriptTarget.ES2024, noEmit: true, types: [] };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith(".") ? ts.resolveModuleName(text, from, options, host).resolvedModule : undefined,
    }));
  const program = ts.createProgram([path], { ...options, lib: ["lib.es5.d.ts"] }, host);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  if (!symbol) throw new Error(`${file} exports no type ${name}`);
  return new DocumentedType(checker, [checker.getDeclaredTypeOfSymbol(symbol)]);
}
