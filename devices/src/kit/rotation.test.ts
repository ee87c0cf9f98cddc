import { expect } from 'chai';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readDeviceRotation, readStatement } from '@passage/domain';
import { partyCaller, testLedger, TestWorld } from '@passage/domain/testing';
import { expectDeviceError } from '../testing/expect-device-error.js';
import { numberedEvent, scratchFolder } from '../testing/samples.js';
import { DeviceKit } from './device-kit.js';
import type { Send } from './flush.js';

const owner = { owner: 'CARRIER1' };
const carrier = partyCaller('CARRIER1');

describe('DeviceKit, when its key or its memory changes', () => {
  let folder: string;
  let kit: DeviceKit;
  let world: TestWorld;
  let requests = 0;

  const act = (name: string, input: object): Record<string, unknown> => {
    requests += 1;
    const { response } = world.play(carrier, name, { requestId: `kit-${String(requests)}`, ...input });
    return response['result'] as Record<string, unknown>;
  };
  /** Hands the queue over to the rules of the ledger. */
  const flush = (): Promise<number> => kit.flush(send, { attempts: 1 });
  const send: Send = (statements) => {
    world.play(carrier, 'RecordStatements', { statements: statements.map(({ jws }) => jws) });
    return Promise.resolve(statements.map(({ statementId }) => statementId));
  };
  const reopen = (): DeviceKit => {
    kit.close();
    return (kit = DeviceKit.open(folder));
  };

  beforeEach(() => {
    folder = scratchFolder();
    kit = DeviceKit.create({ folder, alg: 'EdDSA', kind: 'plate_reader', place: 'KRPUS', aud: testLedger });
    world = TestWorld.started();
    const { kind, place } = kit.description;
    act('RegisterDevice', { kind, place, proof: kit.proofOfPossession(owner) });
  });
  afterEach(() => {
    kit.close();
    rmSync(folder, { recursive: true });
  });

  it('takes a new key, which the ledger takes over the chain, and hands over what the old one signed', async () => {
    const { kid: first } = kit;
    kit.sign(numberedEvent(1));
    await flush();
    const last = kit.sign(numberedEvent(2));
    const rotation = kit.rotate(owner);
    expect(readDeviceRotation(rotation.rotation)).to.deep.include({
      kid: first,
      claim: { successor: kit.kid, seq: 2, last: last.statementId },
    });
    expect(kit.kid).not.to.equal(first);
    expect(kit.sign(numberedEvent(3))).to.include({ seq: 1 });
    expect(kit.rotate(owner), 'again').to.deep.equal(rotation);
    expect(await flush(), 'of the old key alone').to.equal(1);
    expect(reopen().rotation).to.deep.equal(rotation);
    act('RotateDevice', { ...rotation });
    kit.confirmRotation();
    expect(await flush()).to.equal(1);
    expect(reopen().rotation).to.equal(undefined);
    expect(kit.queue()).to.deep.equal([]);
    kit.rotate(owner);
    expect(kit.description.generation).to.equal(3);
  });

  it('removes the old private key, and keeps the new one from other users', async () => {
    kit.rotate(owner);
    expect(readdirSync(folder).filter((name) => !name.startsWith('lock'))).to.have.members([
      'device.json',
      'key-2.json',
      'queue-2.jsonl',
      'rotation-2.json',
    ]);
    expect(statSync(join(folder, 'key-2.json')).mode & 0o777).to.equal(0o600);
    kit.close();
    expect(() => kit.sign(numberedEvent(1))).to.throw('QUEUE_CLOSED');
    await expectDeviceError('QUEUE_CLOSED', () => kit.rotate(owner));
    expect(existsSync(join(folder, 'key-3.json'))).to.equal(false);
    writeFileSync(join(folder, 'rotation-2.json'), '{}');
    await expectDeviceError('DEVICE_DAMAGED', () => DeviceKit.open(folder));
  });

  it('has its old key where laying the new one was cut short', () => {
    const { kid } = kit;
    kit.sign(numberedEvent(1));
    kit.close();
    for (const file of ['key', 'queue', 'rotation']) writeFileSync(join(folder, `${file}-2.json`), 'half');
    kit = DeviceKit.open(folder);
    expect(kit).to.include({ kid, seq: 1, rotation: undefined });
    kit.rotate(owner);
    expect(reopen().kid).not.to.equal(kid);
  });

  it('goes on in a new epoch where its memory is lost, as the ledger says', async () => {
    const known = kit.sign(numberedEvent(1));
    await flush();
    kit.sign(numberedEvent(2));
    kit.close();
    const queue = join(folder, 'queue.jsonl');
    const lost = readFileSync(queue, 'utf8').slice(30);
    writeFileSync(queue, lost);
    await expectDeviceError('QUEUE_DAMAGED', () => DeviceKit.open(folder));
    const { firstSeq, prev } = act('StartEpoch', { kid: kit.kid, after: 1, firstSeq: 1000 });
    expect(prev).to.equal(known.statementId);
    const epoch = { firstSeq: Number(firstSeq), prev: String(prev) };
    kit = DeviceKit.startEpoch(folder, epoch);
    const next = kit.sign(numberedEvent(3));
    expect(readStatement(next.jws).header).to.include({ seq: 1000, prev });
    expect(await flush()).to.equal(1);
    expect(readFileSync(`${queue}.before-1000`, 'utf8')).to.equal(lost);
    expect(reopen().seq).to.equal(1000);
  });

  it('keeps what waits when a queue came back from a backup, and uses no number again', async () => {
    kit.sign(numberedEvent(1));
    const queue = join(folder, 'queue.jsonl');
    copyFileSync(queue, `${queue}.backup`);
    kit.sign(numberedEvent(2));
    await flush();
    kit.close();
    copyFileSync(`${queue}.backup`, queue);
    const { firstSeq, prev } = act('StartEpoch', { kid: kit.kid, after: 2, firstSeq: 50 });
    const epoch = { firstSeq: Number(firstSeq), prev: String(prev) };
    for (const wrong of [{ firstSeq: 1 }, { firstSeq: 2.5 }, { prev: 'x' }]) {
      await expectDeviceError('EPOCH_INVALID', () => DeviceKit.startEpoch(folder, { ...epoch, ...wrong }));
    }
    kit = DeviceKit.startEpoch(folder, epoch);
    expect(kit.queue().map(({ seq }) => seq)).to.deep.equal([1]);
    kit.sign(numberedEvent(3));
    expect(await flush()).to.equal(2);
    kit.close();
    await expectDeviceError('EPOCH_INVALID', () => DeviceKit.startEpoch(folder, epoch));
    kit = DeviceKit.open(folder);
  });
});
