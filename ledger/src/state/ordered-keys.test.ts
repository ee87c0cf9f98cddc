import { expect } from 'chai';
import { OrderedKeys } from './ordered-keys.js';

describe('OrderedKeys', () => {
  it('keeps no more than it must of keys that go and come back while nobody ranges', () => {
    const keys = new OrderedKeys();
    const isPresent = (key: string): boolean => key === 'a';
    for (let time = 0; time < 5000; time++) {
      keys.add('a');
      keys.trim(1, isPresent);
    }
    expect(keys.length).to.be.at.most(1002);
    expect([...keys.between('', '', isPresent)]).to.deep.equal(['a']);
  });
});
