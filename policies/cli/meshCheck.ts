import { crashText } from "./failures";
import { EXIT } from "./exitCodes";
import { main } from "./main";
import { print, complain, NotWritten } from "./output";

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
