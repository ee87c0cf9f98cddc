import { judgeChain, readChain, recordedTransactions, verdictOf } from './chain.js';
import type { NetworkUnderTest } from './network/under-test.js';
import type { Observation } from './observation.js';
import type { Scenario } from './scenario.js';
import { Stage } from './stage.js';

/** Plays every scenario on a network and returns all that was observed, the chain at last. */
export async function play(
  network: NetworkUnderTest,
  scenarios: readonly Scenario[],
  tell: (scenario: string, seconds: number) => void = () => undefined,
): Promise<Observation[]> {
  const stage = await Stage.open(network);
  try {
    for (const scenario of scenarios) {
      const began = performance.now();
      stage.begin(scenario.name);
      try {
        await scenario.play(stage);
      } catch (error) {
        throw new Error(`${network.kind}: ${scenario.name}: ${String(error)}`, { cause: error });
      }
      tell(scenario.name, (performance.now() - began) / 1000);
    }
    await observeChain(stage);
    return stage.observations;
  } finally {
    stage.connections.close();
  }
}

async function observeChain(stage: Stage): Promise<void> {
  const { organizations } = stage.network;
  const [ours, ...others] = await Promise.all(organizations.map(({ name }) => readChain(stage, name)));
  if (ours === undefined) throw new TypeError('a network without organisations');
  stage.begin('the transactions in their blocks');
  for (const { step, seen } of recordedTransactions(ours, stage.normalizer)) stage.note(step, seen);
  stage.begin('the chain');
  stage.note('in which ledger/ differs from the peers', judgeChain(ours));
  const verdicts = ours.map(verdictOf).join('\n');
  stage.note(
    'flags and commit hashes are the same at all peers',
    others.every((chain) => chain.map(verdictOf).join('\n') === verdicts),
  );
}
