import { expect } from 'chai';
import { layout } from './layout.js';
import { plan, processNames } from './plan.js';

describe('plan', () => {
  const at = layout('anywhere', 7400);
  const chaincode = { packageId: 'passage_1:ab', version: '1-ab', path: 'passage_1.tgz', main: 'main.js' };

  it('starts one chaincode for all in fast mode and one each in faithful mode', () => {
    const names = (faithful: boolean) => plan(at, { faithful, chaincode }).map(({ name }) => name);
    expect(names(false)).to.deep.equal([
      'network',
      'chaincode',
      'gateway-customs',
      'gateway-port',
      'gateway-business',
    ]);
    expect(names(true)).to.deep.equal([
      'network',
      'chaincode-customs',
      'chaincode-port',
      'chaincode-business',
      'chaincode-auditor',
      'gateway-customs',
      'gateway-port',
      'gateway-business',
    ]);
  });

  it('gives no port twice', () => {
    const ports = plan(at, { faithful: true, chaincode }).flatMap((planned) => planned.ports);
    expect(new Set(ports).size).to.equal(ports.length);
    expect(Math.min(...ports)).to.equal(7400);
  });

  it('plans no process that down and status would not find', () => {
    for (const faithful of [false, true]) {
      const names = plan(at, { faithful, chaincode }).map(({ name }) => name);
      expect(processNames(at)).to.include.members(names);
    }
  });
});
