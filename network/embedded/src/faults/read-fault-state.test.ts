import { expect } from 'chai';

import { NO_FAULTS } from './fault-state.js';
import { readFaultState } from './read-fault-state.js';

const KNOWN = ['customs', 'port', 'business', 'auditor'];

describe('readFaultState', () => {
  it('reads what is wrong, and nothing where nothing is said', () => {
    expect(readFaultState('{}', KNOWN)).to.deep.equal(NO_FAULTS);
    const state = {
      down: ['port'],
      differing: ['customs'],
      stalled: true,
      delivery: { business: { delayMs: 5, cutAt: 7, forge: 8, withholdFrom: 9 } },
    };
    expect(readFaultState(JSON.stringify(state), KNOWN)).to.deep.equal(state);
  });

  const refused: readonly [string, RegExp][] = [
    ['', /not JSON$/],
    ['[]', /not a JSON object/],
    ['{"dwon":[]}', /there is no fault 'dwon'/],
    ['{"down":"port"}', /'down' must be a list/],
    ['{"down":["harbour"]}', /there is no organisation "harbour"/],
    ['{"stalled":1}', /'stalled' must be true or false/],
    ['{"delivery":{"sea":{}}}', /there is no organisation "sea"/],
    ['{"delivery":{"port":{"forge":-1}}}', /'forge' must be a whole number/],
    ['{"delivery":{"port":{"melt":1}}}', /no fault of delivery 'melt'/],
  ];
  for (const [json, why] of refused) {
    it(`refuses ${json || 'nothing'}`, () => {
      expect(() => readFaultState(json, KNOWN)).to.throw(TypeError, why);
    });
  }
});
