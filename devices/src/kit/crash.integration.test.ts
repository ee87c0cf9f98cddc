import { expect } from 'chai';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  DEVICE_ROTATION_TYPE,
  readDeviceRotation,
  readStatement,
  type RotationClaim,
  verifyStatement,
} from '@passage/domain';
import { SeededRandom } from '../random/seeded-random.js';
import { expectDeviceError } from '../testing/expect-device-error.js';
import { aud, numberedEvent, scratchFolder } from '../testing/samples.js';
import { DeviceKit } from './device-kit.js';

const rounds = 20;
const signForever = fileURLToPath(import.meta.resolve('../testing/sign-forever.js'));
const rotateForever = fileURLToPath(import.meta.resolve('../testing/rotate-forever.js'));
const signUntilRefused = fileURLToPath(import.meta.resolve('../testing/sign-until-refused.js'));

/** Bytes of statements and rotations that a process has noted when it has had several keys. */
const SEVERAL_KEYS = 8_000;

/** Waits until a file is longer than it was: the process has begun to sign. */
async function untilGrown(file: string, from: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && (!existsSync(file) || statSync(file).size <= from)) await sleep(2);
}

/** What was ever seen of a device's keys. */
class SeenKeys {
  /** Of each key, its statements by number. */
  readonly chains = new Map<string, Map<number, string>>();
  /** Where a key's rotation says that it ended. */
  readonly ends = new Map<string, RotationClaim>();

  note(...texts: readonly string[]): void {
    for (const jws of texts) {
      const [header = ''] = jws.split('.');
      const { typ } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { typ: string };
      if (typ === DEVICE_ROTATION_TYPE) this.#noteEnd(jws);
      else this.#noteStatement(jws);
    }
  }

  /** No key signed beyond its end, nothing between is missing, and the present key has no end. */
  expectWhole(kit: DeviceKit): void {
    expect(this.ends.has(kit.kid), 'the present key has ended').to.equal(false);
    expect(this.chains.get(kit.kid)?.size ?? 0).to.equal(kit.seq);
    for (const [kid, { seq, last }] of this.ends) {
      const chain = this.chains.get(kid);
      expect(chain?.size ?? 0, kid).to.equal(seq);
      expect(chain?.get(seq), kid).to.equal(last);
    }
  }

  #noteStatement(jws: string): void {
    const { header, statementId } = readStatement(jws);
    const chain = this.chains.get(header.kid) ?? new Map<number, string>();
    expect(chain.get(header.seq) ?? statementId, `number ${header.seq}`).to.equal(statementId);
    this.chains.set(header.kid, chain.set(header.seq, statementId));
  }

  #noteEnd(jws: string): void {
    const { kid, claim } = readDeviceRotation(jws);
    expect(this.ends.get(kid) ?? claim, `the end of ${kid}`).to.deep.equal(claim);
    this.ends.set(kid, claim);
  }
}

describe('DeviceKit, when its process dies or its disk is full', () => {
  let scratch: string;
  let folder: string;

  beforeEach(() => {
    scratch = scratchFolder();
    folder = join(scratch, 'kit');
    DeviceKit.create({ folder, alg: 'EdDSA', kind: 'qr_reader', aud }).close();
  });
  afterEach(() => rmSync(scratch, { recursive: true }));

  it('reuses no number with other bytes, leaves no gap and breaks no chain, whenever it is killed', async () => {
    const left = join(scratch, 'left');
    const random = new SeededRandom('kill');
    /** The id of every statement of this key that was ever seen, by number. */
    const seen = new Map<number, string>();
    for (let round = 0; round < rounds; round += 1) {
      const from = existsSync(left) ? statSync(left).size : 0;
      const child = spawn(process.execPath, [signForever, folder, left], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await untilGrown(left, from, child);
      await sleep(random.below(40));
      child.kill('SIGKILL');
      expect(await ended).to.deep.equal([null, 'SIGKILL']);

      const kit = DeviceKit.open(folder);
      const queued = kit.queue().map(({ jws }) => jws);
      for (const jws of [...readFileSync(left, 'utf8').trimEnd().split('\n'), ...queued]) {
        const { header, statementId } = verifyStatement(readStatement(jws), kit.jwk);
        expect(seen.get(header.seq) ?? statementId, `number ${header.seq}`).to.equal(statementId);
        expect(header.prev, `before number ${header.seq}`).to.equal(seen.get(header.seq - 1));
        seen.set(header.seq, statementId);
      }
      expect(seen.size, 'numbers used').to.equal(kit.seq);
      kit.close();
    }
    expect(seen.size).to.be.greaterThan(rounds);
  }).timeout(120_000);

  it('has one key that signs, and knows where each before it ended, whenever it is killed taking a new one', async () => {
    const left = join(scratch, 'left');
    const random = new SeededRandom('rotate');
    const seen = new SeenKeys();
    for (let round = 0; round < 8; round += 1) {
      const from = existsSync(left) ? statSync(left).size : 0;
      const child = spawn(process.execPath, [rotateForever, folder, left], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await untilGrown(left, from + SEVERAL_KEYS, child);
      await sleep(random.below(40));
      child.kill('SIGKILL');
      expect(await ended).to.deep.equal([null, 'SIGKILL']);

      const kit = DeviceKit.open(folder);
      const rotation = kit.rotation ? [kit.rotation.rotation] : [];
      const noted = readFileSync(left, 'utf8').trimEnd().split('\n');
      seen.note(...noted, ...kit.queue().map(({ jws }) => jws), ...rotation);
      seen.expectWhole(kit);
      kit.confirmRotation();
      kit.close();
    }
    expect(seen.ends.size).to.be.greaterThan(8);
  }).timeout(120_000);

  it('is locked against a second process, and free as soon as the first is killed', async () => {
    const left = join(scratch, 'left');
    const child = spawn(process.execPath, [signForever, folder, left], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await untilGrown(left, 0, child);
    await expectDeviceError('DEVICE_LOCKED', () => DeviceKit.open(folder));
    child.kill('SIGKILL');
    await ended;
    DeviceKit.open(folder).close();
  }).timeout(30_000);

  it('refuses to sign what cannot be written, takes back what was, and uses the number when there is room', function () {
    if (process.platform === 'win32') this.skip();
    // No file of the process may grow beyond 18 kB: what a full disk does, without filling one.
    const limited = ['-c', 'ulimit -f 18; exec "$0" "$@"', process.execPath, signUntilRefused];
    const said = execFileSync('bash', [...limited, folder], { encoding: 'utf8' });
    const { code, before, after } = JSON.parse(said) as { code: string; before: number; after: number };
    expect(code).to.equal('QUEUE_WRITE_FAILED');
    expect(before).to.be.greaterThan(1);
    expect(after).to.equal(before + 1);
    const kit = DeviceKit.open(folder);
    const numbers = Array.from({ length: after }, (_, index) => index + 1);
    expect(kit.queue().map(({ seq }) => seq)).to.deep.equal(numbers);
    expect(kit.sign(numberedEvent(0)).seq).to.equal(after + 1);
    kit.close();
  }).timeout(30_000);
});
