import { goPrograms } from "./testbed/goPrograms";
void (async () => { await goPrograms("prometheus"); await goPrograms("jaeger"); })();
