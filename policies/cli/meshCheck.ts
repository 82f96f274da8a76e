import { crashText } from "./failures.ts";
import { EXIT } from "./exitCodes.ts";
import { main } from "./main.ts";
import { print, complain, NotWritten } from "./output.ts";

process.exitCode = start();

function start(): number {
  try {
    return main(process.argv.slice(2), print, complain);
  } catch (error) {
    const isWriting = error instanceof NotWritten;
    complain(`mesh-check: ${isWriting ? error.message : crashText(error)}`);
    return isWriting ? EXIT.notChecked : EXIT.failed;
  }
}
