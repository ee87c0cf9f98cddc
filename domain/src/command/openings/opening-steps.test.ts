import { expect } from 'chai';
import { openingSteps } from './opening-steps.js';

const commitment = 'A'.repeat(43);
const about = { commitment, subject: 'S', field: 'plate' };
const said = (command: string, input: object): unknown => openingSteps(command, JSON.stringify(input), 'P');

describe('what acts on openings say of the copies', () => {
  it('are the steps of each: who keeps a copy of whose commitment, and who no more', () => {
    const two = [about, { ...about, field: 'driver' }];
    expect(said('KeepOpenings', { requestId: 'r', openings: two })).to.deep.equal(
      two.map((one) => ({ step: 'kept', holder: 'P', owner: 'P', ...one })),
    );
    expect(said('DiscloseOpening', { requestId: 'r', ...about, to: 'Q' })).to.deep.equal([
      { step: 'kept', holder: 'Q', owner: 'P', ...about },
    ]);
    expect(said('PurgeOpening', { requestId: 'r', commitment })).to.deep.equal([
      { step: 'purged', holder: 'P', commitment },
    ]);
    expect(said('PurgeOpening', { requestId: 'r', commitment, of: 'Q' })).to.deep.equal([
      { step: 'purged', holder: 'Q', commitment },
    ]);
  });

  it('is nothing where the argument is none, or the act another', () => {
    expect(openingSteps('KeepOpenings', 'no json', 'P')).to.deep.equal([]);
    expect(said('KeepOpenings', { openings: [about] })).to.deep.equal([]);
    expect(said('OpenShipment', { requestId: 'r', openings: [about] })).to.deep.equal([]);
  });
});
