import { expect } from 'chai';
import { compromised, CONTAINER, fact, keyFact, UCR } from '../facts/testing/facts.js';
import { alerts, at, story } from './testing/found-alerts.js';

describe('taint', () => {
  const within = [{ inner: 'carton', outer: CONTAINER, transactionId: 'stuffed', from: at(1) }];

  it('leads from everything that a compromised device touched back to the device', () => {
    const keys = [compromised(5, 8)];
    expect(story({ keys, statements: [fact(1, 6)], within })).to.deep.equal([
      `tainted ${UCR}: ${UCR} < key/1 < key`,
      `tainted carton: carton < stuffed < ${CONTAINER} < key/1 < key`,
      `tainted ${CONTAINER}: ${CONTAINER} < key/1 < key`,
    ]);
  });

  it('leaves out what an independent witness covers', () => {
    const port = { kid: 'port', owner: 'TERMINAL1', mspId: 'PortMSP', consignments: [] };
    const keys = [compromised(5, 8), keyFact({ kid: 'port', kind: 'ocr_camera' })];
    const statements = [fact(1, 6), fact(1, 6, port)];
    expect(story({ keys, statements, within })).to.deep.equal([`tainted ${UCR}: ${UCR} < key/1 < key`]);
  });

  it('hears no witness that is tainted itself', () => {
    const port = { kid: 'port', owner: 'TERMINAL1', mspId: 'PortMSP' };
    const keys = [compromised(5, 8), { ...compromised(5, 8), kid: 'port' }];
    const kinds = alerts({ keys, statements: [fact(1, 6), fact(1, 6, port)] }).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['tainted', 'tainted', 'tainted', 'tainted']);
  });

  it('calls late evidence unproven', () => {
    const keys = [keyFact({ revoked: at(3) })];
    expect(story({ keys, statements: [fact(1, 5, { late: true })] })).to.deep.equal([
      `unproven ${UCR}: ${UCR} < key/1 < key`,
      `unproven ${CONTAINER}: ${CONTAINER} < key/1 < key`,
    ]);
  });
});
