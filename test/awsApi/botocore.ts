// botocore, AWS's own library for Python, of the version that the lists in components/cluster/eks/aws.json are from. It comes
// from PyPI once, in a few seconds, and is kept.
import { join } from "node:path";
import { pipFolder } from "../../tools/pip.ts";
import { NotFound, run } from "../../lib/run.ts";
import { modelIn, type ServiceModel } from "../../tools/aws/models.ts";

/** What is sent to AWS. */
export interface Request {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export type ModelOf = (service: string) => ServiceModel;

export class Botocore {
  /** Where pip has put it. */
  readonly folder: string;
  readonly #models = new Map<string, ServiceModel>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @throws Error that says what is missing, where it cannot be had */
  static async installed(): Promise<Botocore> {
    try {
      const botocore = new Botocore(await pipFolder("botocore"));
      // It may be kept, and Python gone.
      await botocore.objections([]);
      return botocore;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      const plain = new Error(
        `${error.message}: AWS's models of its services are judged by it; install Python 3.10 or newer`,
      );
      // Where in the tests it was missed is of no use to anybody.
      plain.stack = "";
      throw plain;
    }
  }

  readonly modelOf: ModelOf = (service) => {
    const model = this.#models.get(service) ?? modelIn(this.folder, service);
    this.#models.set(service, model);
    return model;
  };

  /** What botocore's own validator has against each of the requests: wrong types, what is missing or unknown, or too short. */
  async objections(requests: readonly Request[]): Promise<string[]> {
    const output = await run("python3", [join(import.meta.dirname, "validator.py")], {
      env: { PYTHONPATH: this.folder },
      stdin: { string: JSON.stringify(requests) },
    });
    return JSON.parse(output) as string[];
  }
}
