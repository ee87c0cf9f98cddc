import { expect } from 'chai';
import { keys } from '../state/keys.js';
import { partyCaller, TestDevice, testLedger, TestWorld } from '../testing/index.js';
import { customsPolicy } from './held-keys.js';

const owner = partyCaller('CARRIER1');
const officer = partyCaller('OFFICER1');
const terminal = partyCaller('TERMINAL1');
const GUARD = 'guard/CustomsMSP';

describe("customs' policy on a device", () => {
  let world: TestWorld;
  let device: TestDevice;
  let requests = 0;
  const act = (caller: typeof owner, name: string, input: object = {}): ReturnType<TestWorld['play']> => {
    requests += 1;
    return world.play(caller, name, { requestId: `r${String(requests)}`, kid: device.kid, ...input });
  };
  const policy = (): unknown => world.policy(keys.device(device.kid));

  beforeEach(() => {
    world = TestWorld.started();
    device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'CARRIER1', kind: 'drone' });
    world.play(owner, 'RegisterDevice', { requestId: 'd', kind: 'drone', proof });
  });

  it('comes with a suspension by customs, and goes with its end', () => {
    world.play(terminal, 'RecordStatements', { statements: [device.next()] });
    expect(act(officer, 'SuspendDevice', { reason: 'x' }).writes).to.include(GUARD);
    expect(policy()).to.deep.equal(customsPolicy('CustomsMSP'));
    act(owner, 'StartEpoch', { after: 1, firstSeq: 9 });
    expect(policy()).to.deep.equal(customsPolicy('CustomsMSP'));
    expect(act(officer, 'ResumeDevice').writes).not.to.include(GUARD);
    expect(policy()).to.equal(undefined);
  });

  it('does not come with the owner’s own suspension', () => {
    const { policies, writes } = act(owner, 'SuspendDevice', { reason: 'x' });
    expect(policies).to.deep.equal({});
    expect(writes).not.to.include(GUARD);
  });

  it('comes with a proof of equivocation, which needs no customs to be filed', () => {
    const prev = (byte: number): string => `ni:///sha-256;${Buffer.alloc(32, byte).toString('base64url')}`;
    const statements = [1, 2].map((byte) => device.statement({ seq: 3, prev: prev(byte) }));
    const { writes } = world.play(terminal, 'FileEquivocation', { requestId: 'e', statements });
    expect(writes).not.to.include(GUARD);
    expect(policy()).to.deep.equal(customsPolicy('CustomsMSP'));
  });

  it('comes with a confirmed compromise, for good', () => {
    const compromisedSince = { block: 1 };
    act(owner, 'RevokeDevice', { reason: 'lost', compromisedSince });
    expect(policy()).to.equal(undefined);
    expect(act(officer, 'ConfirmCompromise', { compromisedSince }).writes).to.include(GUARD);
    expect(policy()).to.deep.equal(customsPolicy('CustomsMSP'));
  });

  it('goes when the owner revokes a key that customs has suspended', () => {
    act(officer, 'SuspendDevice', { reason: 'x' });
    act(owner, 'RevokeDevice', { reason: 'lost' });
    expect(policy()).to.equal(undefined);
  });
});
