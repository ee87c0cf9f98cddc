import { readStatement } from '@passage/domain';
import { expect } from 'chai';

import { TestDevice } from '../testing/test-device.js';
import { UCR } from '../testing/test-gateway.js';
import { recordedPayload } from './recorded-payload.js';

describe('recordedPayload', () => {
  it('is what the strict reader reads', () => {
    const members = {
      'psg:note': 'é \u{1f6a2} "quoted"',
      'psg:amount': -2.5,
      'psg:list': [{ a: null }, true],
    };
    const jws = new TestDevice().statement(UCR, members);
    expect(recordedPayload(jws)).to.deep.equal(readStatement(jws).payload);
  });
});
