import { expect } from 'chai';
import fc from 'fast-check';
import type { SignedStatement } from '../statement/sign-statement.js';
import { expectDeviceError } from '../testing/expect-device-error.js';
import { flush, type Outbox } from './flush.js';

/** A queue in memory with statements 1 to `count`. */
function outboxOf(count: number): Outbox & { readonly waiting: Map<string, SignedStatement> } {
  const waiting = new Map(
    Array.from({ length: count }, (_, index) => {
      const statementId = `id-${index + 1}`;
      return [statementId, { seq: index + 1, statementId, jws: '' }] as const;
    }),
  );
  return {
    waiting,
    queue: () => [...waiting.values()],
    acknowledge: (ids) => ids.forEach((id) => waiting.delete(id)),
  };
}

const ids = (statements: readonly SignedStatement[]): string[] =>
  statements.map(({ statementId }) => statementId);

describe('flush', () => {
  it('hands everything over once, in order, in chunks', async () => {
    const outbox = outboxOf(7);
    const seen: number[][] = [];
    const taken = await flush(
      outbox,
      async (statements) => {
        seen.push(statements.map(({ seq }) => seq));
        return Promise.resolve(ids(statements));
      },
      { chunk: 3 },
    );
    expect(seen).to.deep.equal([[1, 2, 3], [4, 5, 6], [7]]);
    expect(taken).to.equal(7);
    expect(outbox.queue()).to.be.empty;
  });

  it('loses nothing and keeps the order, whatever of each chunk is taken and whenever the link fails', async () => {
    const answers = fc.array(fc.oneof(fc.constant('fails' as const), fc.nat(3)), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(12), answers, async (count, plan) => {
        const outbox = outboxOf(count);
        const taken: string[] = [];
        let turn = 0;
        await flush(
          outbox,
          (statements) => {
            const answer = plan[turn++] ?? 3;
            if (answer === 'fails') return Promise.reject(new Error('link down'));
            const some = ids(statements).slice(0, answer);
            taken.push(...some);
            return Promise.resolve(some);
          },
          { chunk: 3, attempts: 100, wait: () => Promise.resolve() },
        );
        expect(taken).to.deep.equal(ids(outboxOf(count).queue()));
      }),
    );
  });

  it('waits longer after each failure, up to a bound, and gives up with everything still queued', async () => {
    const outbox = outboxOf(2);
    const waits: number[] = [];
    const options = {
      attempts: 5,
      firstWait: 100,
      longestWait: 300,
      wait: (milliseconds: number) => Promise.resolve(waits.push(milliseconds)),
    };
    const down = () => Promise.reject(new Error('link down'));
    const error = await expectDeviceError('LINK_FAILED', () => flush(outbox, down, options));
    expect(error.message).to.include('2 statements').and.include('link down');
    expect(outbox.queue()).to.have.lengthOf(2);
    expect(waits).to.have.lengthOf(4);
    [100, 200, 300, 300].forEach((longest, index) =>
      expect(waits[index]).to.be.within(longest / 2, longest + 1),
    );
  });

  it('does not try again what the receiver says is no use', async () => {
    let calls = 0;
    const refuse = (): Promise<never> => {
      calls += 1;
      return Promise.reject(Object.assign(new Error('key revoked'), { retryable: false }));
    };
    await expectDeviceError('LINK_FAILED', () => flush(outboxOf(1), refuse));
    expect(calls).to.equal(1);
  });

  it('takes an answer without any known id for a failure', async () => {
    const nothing = () => Promise.resolve(['id-of-somebody-else']);
    const options = { attempts: 3, wait: () => Promise.resolve() };
    await expectDeviceError('LINK_FAILED', () => flush(outboxOf(1), nothing, options));
  });
});
