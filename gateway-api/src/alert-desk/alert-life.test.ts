import { expect } from 'chai';
import * as fc from 'fast-check';

import { alertOutcomes, moved, raised } from './alert-life.js';
import type { AlertLife, AlertMove } from './alert-life.js';

const parties = ['A', 'B'] as const;

const moves: fc.Arbitrary<AlertMove> = fc.oneof(
  fc.constantFrom(...parties).map((to) => ({ step: 'assigned', to }) as const),
  fc.constant({ step: 'acknowledged' } as const),
  fc.constantFrom(...alertOutcomes).map((outcome) => ({ step: 'closed', outcome }) as const),
);

/** What one party after the other makes of an alert; refused moves leave it as it is. */
function lifeAfter(steps: readonly (readonly [AlertMove, string])[]): readonly AlertLife[] {
  const lives: AlertLife[] = [raised];
  for (const [move, by] of steps) {
    const next = moved(lives.at(-1) ?? raised, move, by);
    if (typeof next !== 'string') lives.push(next);
  }
  return lives;
}

describe("an alert's life", () => {
  const assigned = moved(raised, { step: 'assigned', to: 'A' }, 'B') as AlertLife;
  const acknowledged = moved(assigned, { step: 'acknowledged' }, 'A') as AlertLife;
  const close = { step: 'closed', outcome: 'confirmed' } as const;

  it('goes from raised by assigned and acknowledged to closed', () => {
    expect(assigned).to.deep.equal({ state: 'assigned', version: 1, assignedTo: 'A' });
    expect(acknowledged).to.deep.equal({ state: 'acknowledged', version: 2, assignedTo: 'A' });
    expect(moved(acknowledged, close, 'A')).to.deep.equal({
      state: 'closed',
      version: 3,
      assignedTo: 'A',
      outcome: 'confirmed',
    });
  });

  it("is taken up by whoever comes first where it is nobody's", () => {
    expect(moved(raised, { step: 'acknowledged' }, 'B')).to.include({ assignedTo: 'B' });
  });

  it('is not closed before it is acknowledged, nor acknowledged twice', () => {
    expect(moved(raised, close, 'A')).to.equal('ALERT_STEP');
    expect(moved(assigned, close, 'A')).to.equal('ALERT_STEP');
    expect(moved(acknowledged, { step: 'acknowledged' }, 'A')).to.equal('ALERT_STEP');
  });

  it('is for whom it is assigned to, until it is assigned to another', () => {
    expect(moved(assigned, { step: 'acknowledged' }, 'B')).to.equal('ALERT_NOT_YOURS');
    expect(moved(acknowledged, close, 'B')).to.equal('ALERT_NOT_YOURS');
    const again = moved(acknowledged, { step: 'assigned', to: 'B' }, 'A');
    expect(again).to.deep.equal({ state: 'assigned', version: 3, assignedTo: 'B' });
  });

  it('counts every step, ends with closing, and has an outcome exactly then, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(moves, fc.constantFrom(...parties)), { maxLength: 20 }), (steps) => {
        const lives = lifeAfter(steps);
        lives.forEach(({ version, state, outcome }, i) => {
          expect(version).to.equal(i);
          expect(outcome !== undefined).to.equal(state === 'closed');
          if (state === 'closed') expect(i).to.equal(lives.length - 1);
        });
      }),
    );
  });
});
