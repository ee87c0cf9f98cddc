import { expect } from 'chai';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PassageError, readStatement, verifyDeviceProof, verifyStatement } from '@passage/domain';
import { expectDeviceError } from '../testing/expect-device-error.js';
import { aud, numberedEvent, scratchFolder } from '../testing/samples.js';
import { DeviceKit } from './device-kit.js';
import type { Send } from './flush.js';

describe('DeviceKit', () => {
  let folder: string;
  let kit: DeviceKit | undefined;

  const create = (alg: 'ES256' | 'EdDSA' = 'ES256'): DeviceKit =>
    (kit = DeviceKit.create({ folder, alg, kind: 'plate_reader', place: 'KRPUS', aud }));
  const reopen = (): DeviceKit => {
    kit?.close();
    return (kit = DeviceKit.open(folder));
  };
  const queueFile = (): string => join(folder, 'queue.jsonl');

  beforeEach(() => {
    folder = scratchFolder();
    kit = undefined;
  });
  afterEach(() => {
    try {
      kit?.close();
    } catch {
      // A test may have closed it.
    }
    rmSync(folder, { recursive: true });
  });

  for (const alg of ['ES256', 'EdDSA'] as const) {
    it(`signs a chain of ${alg} statements that goes on where it stopped`, () => {
      const signed = [create(alg).sign(numberedEvent(1)), kit?.sign(numberedEvent(2))];
      signed.push(reopen().sign(numberedEvent(3)));
      const statements = signed.map((statement) => readStatement(statement?.jws ?? ''));
      const { jwk, kid } = reopen();
      statements.forEach((statement, index) => {
        expect(() => verifyStatement(statement, jwk)).not.to.throw();
        expect(statement.header).to.include({ alg, kid, aud, seq: index + 1 });
        expect(statement.header.prev).to.equal(statements[index - 1]?.statementId);
        expect(statement.payload).to.deep.equal(numberedEvent(index + 1));
      });
    });
  }

  it('keeps the private key from other users, and refuses one that they can read', async () => {
    create().close();
    const key = join(folder, 'key.json');
    expect(statSync(key).mode & 0o777).to.equal(0o600);
    chmodSync(key, 0o640);
    await expectDeviceError('KEY_EXPOSED', () => DeviceKit.open(folder));
    chmodSync(key, 0o600);
  });

  it('proves to the registry that it has its key, for its own kind, place and ledger', () => {
    const proof = verifyDeviceProof(create().proofOfPossession({ owner: 'TERMINAL-KRPUS' }));
    expect(proof).to.deep.equal({
      kid: kit?.kid,
      jwk: kit?.jwk,
      aud,
      claim: { owner: 'TERMINAL-KRPUS', kind: 'plate_reader', place: 'KRPUS' },
    });
  });

  it('keeps statements until they are acknowledged, in any order and more than once', () => {
    create();
    const ids = [1, 2, 3, 4].map((number) => kit?.sign(numberedEvent(number)).statementId ?? '');
    kit?.acknowledge([ids[2] ?? '', ids[0] ?? '']);
    kit?.acknowledge([ids[0] ?? '', 'ni:///sha-256;unknown']);
    expect(kit?.queue().map(({ seq }) => seq)).to.deep.equal([2, 4]);
    expect(
      reopen()
        .queue()
        .map(({ seq }) => seq),
    ).to.deep.equal([2, 4]);
  });

  it('hands its queue over once though flushed twice, and keeps what a broken link left', async () => {
    create();
    for (let number = 1; number <= 3; number += 1) kit?.sign(numberedEvent(number));
    const handed: number[] = [];
    let up = true;
    const send: Send = (statements) => {
      if (!up) return Promise.reject(new Error('link down'));
      up = false;
      handed.push(...statements.map(({ seq }) => seq));
      return Promise.resolve(statements.map(({ statementId }) => statementId));
    };
    const flush = () => kit?.flush(send, { chunk: 2, attempts: 1 });
    await expectDeviceError('LINK_FAILED', () => Promise.all([flush(), flush()]));
    expect(
      reopen()
        .queue()
        .map(({ seq }) => seq),
    ).to.deep.equal([3]);
    up = true;
    expect(await Promise.all([flush(), flush()])).to.deep.equal([1, 1]);
    expect(handed).to.deep.equal([1, 2, 3]);
  });

  it('tidies its queue file, and still knows the chain and what waits', () => {
    create('EdDSA');
    const first = kit?.sign(numberedEvent(0));
    for (let number = 1; number <= 200; number += 1) {
      kit?.acknowledge([kit.sign(numberedEvent(number)).statementId]);
    }
    expect(readFileSync(queueFile(), 'utf8').split('\n')).to.have.lengthOf(2);
    expect(reopen().queue()).to.deep.equal([first]);
    expect(kit?.sign(numberedEvent(201)).seq).to.equal(202);
    expect(reopen().queue()).to.have.lengthOf(2);
  }).timeout(30_000);

  it('refuses what no ledger takes, and uses no number for it', () => {
    create();
    expect(() => kit?.sign({ ...numberedEvent(1), action: 'SEE' }))
      .to.throw(PassageError)
      .with.property('code', 'INVALID_FIELD');
    expect(() => kit?.sign({ ...numberedEvent(1), note: 'x' })).to.throw(PassageError);
    expect(kit?.seq).to.equal(0);
    expect(kit?.sign(numberedEvent(1)).seq).to.equal(1);
  });

  it('cuts off a line that was being written when the process died, and uses its number', () => {
    create().sign(numberedEvent(1));
    const half = readFileSync(queueFile(), 'utf8').trimEnd().split('\n').at(-1)?.slice(0, 90) ?? '';
    appendFileSync(queueFile(), half);
    expect(reopen().seq).to.equal(1);
    expect(kit?.sign(numberedEvent(2)).seq).to.equal(2);
    expect(reopen().queue()).to.have.lengthOf(2);
  });

  it('lets one process at a time open a folder', async () => {
    create();
    await expectDeviceError('DEVICE_LOCKED', () => DeviceKit.open(folder));
    expect(reopen().seq).to.equal(0);
  });

  it('signs nothing more once it is closed', async () => {
    create().close();
    await expectDeviceError('QUEUE_CLOSED', () => kit?.sign(numberedEvent(1)));
  });

  it('does not lay a second device over the first', async () => {
    const { kid } = create();
    kit?.close();
    await expectDeviceError('DEVICE_EXISTS_HERE', () => create());
    expect(DeviceKit.open(folder)).to.have.property('kid', kid);
  });

  it('lays a device into a folder where laying one was cut short', () => {
    create().close();
    rmSync(join(folder, 'device.json'));
    expect(create().seq).to.equal(0);
  });

  it('refuses options that make no device', async () => {
    const options = { folder: join(folder, 'x'), alg: 'ES256', kind: 'plate_reader', aud } as const;
    for (const wrong of [{ alg: 'RS256' }, { kind: 'A toaster' }, { aud: 'AB'.repeat(32) }, { place: 7 }]) {
      await expectDeviceError('DEVICE_INVALID', () => DeviceKit.create({ ...options, ...wrong } as never));
    }
    expect(existsSync(options.folder)).to.equal(false);
  });

  it('says what is missing or damaged', async () => {
    await expectDeviceError('DEVICE_NOT_FOUND', () => DeviceKit.open(folder));
    await expectDeviceError('DEVICE_NOT_FOUND', () => DeviceKit.open(join(folder, 'nowhere')));
    create().close();
    const spoil = async (file: string, text: string, code: Parameters<typeof expectDeviceError>[0]) => {
      const path = join(folder, file);
      const right = readFileSync(path);
      writeFileSync(path, text);
      await expectDeviceError(code, () => DeviceKit.open(folder));
      writeFileSync(path, right);
    };
    await spoil('device.json', '{', 'DEVICE_DAMAGED');
    await spoil('device.json', '{"format":"passage-device-0"}', 'DEVICE_DAMAGED');
    await spoil('key.json', '{}', 'KEY_DAMAGED');
    await spoil('queue.jsonl', '', 'QUEUE_DAMAGED');
    await spoil('queue.jsonl', '{"format":"passage-queue-1","seq":3,"waiting":[]}\n', 'QUEUE_DAMAGED');
    rmSync(queueFile());
    await expectDeviceError('QUEUE_DAMAGED', () => DeviceKit.open(folder));
    rmSync(join(folder, 'key.json'));
    await expectDeviceError('KEY_DAMAGED', () => DeviceKit.open(folder));
  });

  it('notices every line of its queue that was taken out, doubled, swapped or changed', async () => {
    create();
    for (let number = 1; number <= 4; number += 1) kit?.sign(numberedEvent(number));
    kit?.close();
    const lines = readFileSync(queueFile(), 'utf8').trimEnd().split('\n');
    const [head = '', a = '', b = '', c = '', d = ''] = lines;
    const flipped = b.slice(0, 400) + (b[400] === 'A' ? 'B' : 'A') + b.slice(401);
    const damaged = [
      [head, b, c, d],
      [a, b, c, d],
      [head, a, c, d],
      [head, a, a, b],
      [head, b, a, c],
      [head, a, flipped, c],
    ];
    for (const queue of damaged) {
      writeFileSync(queueFile(), `${queue.join('\n')}\n`);
      await expectDeviceError('QUEUE_DAMAGED', () => DeviceKit.open(folder));
    }
  });

  it('notices when the first line does not fit the chain that follows', async () => {
    create();
    for (let number = 1; number <= 2; number += 1) kit?.sign(numberedEvent(number));
    kit?.close();
    const [, first = '', second = ''] = readFileSync(queueFile(), 'utf8').trimEnd().split('\n');
    const { jws } = JSON.parse(first) as { jws: string };
    const { statementId: last } = readStatement(jws);
    const write = (head: object): void => {
      writeFileSync(
        queueFile(),
        `${JSON.stringify({ format: 'passage-queue-1', waiting: [], ...head })}\n${second}\n`,
      );
    };
    const { statementId: other } = readStatement((JSON.parse(second) as { jws: string }).jws);
    for (const head of [
      { seq: 2, last },
      { seq: 1, last: other },
      { seq: 0 },
      { seq: 0, last, waiting: [jws] },
    ]) {
      write(head);
      await expectDeviceError('QUEUE_DAMAGED', () => DeviceKit.open(folder));
    }
    write({ seq: 1, last });
    expect((kit = DeviceKit.open(folder)).seq).to.equal(2);
  });

  it('refuses the queue of another key or another ledger', async () => {
    create().sign(numberedEvent(1));
    const queue = readFileSync(queueFile());
    kit?.close();
    const description = readFileSync(join(folder, 'device.json'), 'utf8');
    writeFileSync(join(folder, 'device.json'), description.replace(aud, 'cd'.repeat(32)));
    await expectDeviceError('QUEUE_DAMAGED', () => DeviceKit.open(folder));
    rmSync(folder, { recursive: true });
    create().close();
    writeFileSync(queueFile(), queue);
    await expectDeviceError('QUEUE_DAMAGED', () => DeviceKit.open(folder));
  });
});
