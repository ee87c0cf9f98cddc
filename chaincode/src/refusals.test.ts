import { decodeContractError, errorRules, type ErrorCode } from '@passage/domain';
import { scenarios, scenesOf, testLedger } from '@passage/domain/testing';
import { expect } from 'chai';
import type { Endorsement } from './testing/in-memory-ledger.js';
import { refusalStories } from './testing/refusals/index.js';
import type { Story } from './testing/refusals/story.js';
import { Stage } from './testing/stage.js';

/** The stage after what has happened before. */
async function staged({ empty, before }: Story): Promise<Stage> {
  const stage = empty === true ? new Stage() : await Stage.started();
  for (const step of before) {
    if ('days' in step) stage.wait(step.days);
    else if ('key' in step) stage.ledger.put(step.key, Buffer.from(JSON.stringify(step.value)));
    else await stage.given(step.caller, step.name, step.input, step.openings);
  }
  return stage;
}

/** The code of a refusal, or of the one statement for which a batch is refused. */
function codeOf({ status, message }: Endorsement): string {
  const error = status === 200 ? undefined : decodeContractError(message);
  const [statement] = (error?.details['refused'] ?? []) as readonly { readonly code: string }[];
  return statement?.code ?? error?.code ?? `${String(status)} ${message}`;
}

describe('what is refused, on the in-memory stub', () => {
  for (const story of refusalStories) {
    it(story.about, async () => {
      const stage = await staged(story);
      for (const { code, caller, name, input } of story.refused) {
        const endorsement = await stage.when(caller, name, input);
        expect(codeOf(endorsement), name).to.equal(code);
        const { writes, policies, privateWrites, event } = endorsement;
        expect({ writes, policies, privateWrites, event }, `${name} leaves no trace`).to.deep.equal({
          writes: [],
          policies: [],
          privateWrites: [],
          event: undefined,
        });
      }
    });
  }

  it('has every code of the list in a story here or in a scenario, so that none is there for nothing', () => {
    const today = new Date('2026-01-01T00:00:00.000Z');
    const inScenarios = scenarios
      .flatMap((scenario) => scenesOf(scenario, testLedger, today))
      .map((scene) => scene.expect.refused);
    const provoked = new Set<string | undefined>([
      ...inScenarios,
      ...refusalStories.flatMap(({ refused }) => refused.map(({ code }) => code)),
    ]);
    const missing = (Object.keys(errorRules) as ErrorCode[]).filter((code) => !provoked.has(code));
    expect(missing).to.deep.equal([]);
  });
});
