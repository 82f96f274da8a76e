import { afterAll, beforeAll, beforeEach } from "vitest";
import { FakeCluster } from "./fakeCluster.ts";
import { ProviderUnderTest } from "./provider.ts";

export interface UnderTest {
  readonly provider: ProviderUnderTest;
  readonly cluster: FakeCluster;
}

/** One plugin for the tests of a file, and for each test a new cluster that it is configured for. */
export function setUp(env: NodeJS.ProcessEnv = {}): UnderTest {
  const under = {} as { provider: ProviderUnderTest; cluster: FakeCluster };
  beforeAll(async () => {
    under.provider = await ProviderUnderTest.start(env);
  });
  beforeEach(async () => {
    under.cluster = await FakeCluster.start();
    under.provider.plugin.logged.length = 0;
    await under.provider.configure({ kubeconfig: under.cluster.kubeconfig() });
    return () => {
      under.cluster.stop();
    };
  });
  afterAll(async () => {
    await under.provider.stop();
  });
  return under;
}
