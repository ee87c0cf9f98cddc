import { expect } from 'chai';
import { utf8 } from '../../bytes/bytes.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { adminCaller, TestWorld } from '../../testing/index.js';
import { about, approve, business, customs, port, propose } from '../../testing/parameter-stage.js';

describe('parameters', () => {
  it('count an approval for what was approved alone', () => {
    const world = TestWorld.started();
    propose(world, { topSpeed: 900 });
    approve(world, customs);
    approve(world, port);
    const key = keys.proposal('PortMSP', 'p-1');
    // What two endorsers could do: alter the proposal after it was approved.
    world.put(key, utf8(JSON.stringify({ ...world.get(key), changes: { topSpeed: 1 } })));
    expect(approve(world, business).response['result']).to.include({ inForce: false });
    // Who approved something else may approve what stands there now.
    const anew = world.play(customs, 'ApproveParameters', { requestId: 'anew', ...about });
    expect(anew.response['result']).to.include({ inForce: false });
  });

  it('let an organisation change its word while the proposal is open', () => {
    const world = TestWorld.started();
    propose(world, { topSpeed: 900 });
    approve(world, customs);
    approve(world, port);
    const rejected = world.play(customs, 'RejectParameters', {
      requestId: 'r-1',
      ...about,
      reason: 'too low',
    });
    expect(rejected.writes).to.deep.equal([
      'approval/PortMSP/p-1/CustomsMSP',
      'request/admin:CustomsMSP/r-1',
    ]);
    expect(approve(world, business).response['result']).to.include({ inForce: false });
    const again = world.play(customs, 'ApproveParameters', { requestId: 'again', ...about });
    expect(again.response['result']).to.include({ inForce: true });
  });

  it('refuse a word on what is not open, or said already', () => {
    const world = TestWorld.started();
    propose(world, { topSpeed: 900 });
    const code = (by: typeof port, name: string, input: JsonObject) => world.refusal(by, name, input).code;
    const word = { requestId: 'x', ...about };
    expect(code(adminCaller('Customs2MSP'), 'ApproveParameters', word)).to.equal('NO_SAY');
    expect(code(customs, 'ApproveParameters', { ...word, proposal: 'p-9' })).to.equal('PROPOSAL_UNKNOWN');
    approve(world, customs);
    expect(code(customs, 'ApproveParameters', word)).to.equal('WORD_GIVEN');
    const rejection = { ...word, reason: 'no' };
    world.play(customs, 'RejectParameters', { ...rejection, requestId: 'r' });
    expect(code(customs, 'RejectParameters', rejection)).to.equal('WORD_GIVEN');
    const withdrawal = { requestId: 'w', proposal: 'p-1' };
    expect(code(customs, 'WithdrawParameters', withdrawal)).to.equal('PROPOSAL_UNKNOWN');
    const withdrawn = world.play(port, 'WithdrawParameters', withdrawal);
    expect(withdrawn.writes).to.deep.equal(['proposal/PortMSP/p-1', 'request/admin:PortMSP/w']);
    expect(code(business, 'ApproveParameters', word)).to.equal('PROPOSAL_CLOSED');
    expect(code(port, 'WithdrawParameters', { ...withdrawal, requestId: 'w2' })).to.equal('PROPOSAL_CLOSED');
  });
});
