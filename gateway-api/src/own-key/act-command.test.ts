import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { actCommand } from '@passage/client/command';
import { expect } from 'chai';

import { run } from '../testing/command-stage.js';
import { ownKey } from '../testing/own-key.js';
import { at } from '../testing/read.js';
import { fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';

describe('passage act', function () {
  this.timeout(20_000);
  let gateway: TestGateway;
  let server: Server;
  let folder: string;
  const file = (name: string): string => join(folder, name);
  const key = ownKey({ party: 'CARRIER', role: 'carrier' });
  const offer = { requestId: 'offer', ucr: UCR, to: 'KRIMP01', place: 'KRPUS' };

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
    folder = mkdtempSync(join(tmpdir(), 'passage-act-'));
    server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await gateway.fetch({ method: 'POST', headers, body }, carrier);
        response.writeHead(answer.status, headers);
        response.end(await answer.text());
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`;
    const business = { name: 'business', mspId: 'BusinessMSP', gateway: { url } };
    const profile = { channel: 'test', chaincode: 'passage', organizations: [business] };
    writeFileSync(file('profile.json'), JSON.stringify(profile));
    writeFileSync(file('key.pem'), key.pem);
    writeFileSync(file('cert.pem'), key.certificate);
    writeFileSync(file('offer.json'), JSON.stringify(offer));
  });
  after(async () => {
    await new Promise((done) => server.close(done));
    await gateway.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const act = (...more: string[]): ReturnType<typeof run> =>
    run(
      actCommand(),
      'OfferHandover',
      '--dir',
      folder,
      '--token',
      't',
      '--input',
      file('offer.json'),
      ...more,
    );
  const own = (): string[] => ['--key', file('key.pem'), '--certificate', file('cert.pem')];

  it('signs an act with a key in a file, once however often it is sent, and says where it stands', async () => {
    const first = await act(...own(), '--json');
    expect(first).to.include({ code: 0, err: '' });
    expect(at(JSON.parse(first.out), 'receipt')).to.include({ requestId: 'offer', duplicate: false });
    const again = await act('--identity', folder);
    expect(again.code).to.equal(0);
    expect(again.out).to.match(
      /^OfferHandover stands in block \d+, as it had been before \(transaction [0-9a-f]{64}, request id offer\)/,
    );
    const query = `{ shipment(ucr: "${UCR}") { custody { open { act { party keyHeldBy } } } } }`;
    const done = at(fine(await gateway.ask(query)), 'shipment.custody.open.act');
    expect(done).to.deep.equal({ party: 'CARRIER', keyHeldBy: 'party' });
  });

  it('says why the rules refuse, and under which request id it may be sent again', async () => {
    writeFileSync(file('again.json'), JSON.stringify({ ...offer, requestId: 'other' }));
    const refused = await act(...own(), '--input', file('again.json'));
    expect(refused.code).to.equal(1);
    expect(refused.err).to.match(/^[A-Z_]+: .*\(request id other\)\n$/);
  });

  it('signs nothing that differs from what was asked for', async () => {
    gateway.ledger.tampering = {
      proposal: (input) => ({ ...input, args: [Buffer.from('OfferHandover'), Buffer.from('{}')] }),
    };
    writeFileSync(file('third.json'), JSON.stringify({ ...offer, requestId: 'third' }));
    const cancelled = await act(...own(), '--input', file('third.json'));
    expect(cancelled.code).to.equal(3);
    expect(cancelled.err).to.match(/^ARGUMENTS_DIFFER: /);
    gateway.ledger.tampering = {};
  });

  it('says in a sentence what is missing or does not fit, before anybody is asked', async () => {
    writeFileSync(file('other.pem'), ownKey({ party: 'CARRIER', role: 'carrier' }).pem);
    writeFileSync(file('list.json'), '[]');
    writeFileSync(file('twice.json'), '{"a":1,"a":2}');
    const cases: readonly (readonly [RegExp, number, readonly string[]])[] = [
      [/--identity FOLDER/, 2, []],
      [/KEY_UNUSABLE: .*another key/, 2, [...own(), '--key', file('other.pem')]],
      [/holds no private key in PEM/, 2, [...own(), '--key', file('cert.pem')]],
      [/holds no certificate in PEM/, 2, [...own(), '--certificate', file('key.pem')]],
      [/cannot be read/, 3, [...own(), '--input', file('none.json')]],
      [/no JSON object/, 2, [...own(), '--input', file('list.json')]],
      [/DUPLICATE/, 2, [...own(), '--input', file('twice.json')]],
      [/no gateway of "port"/, 2, [...own(), '--org', 'port']],
      [/GATEWAY_UNREACHABLE/, 3, [...own(), '--url', 'http://127.0.0.1:1/graphql']],
    ];
    for (const [sentence, exitCode, more] of cases) {
      const said = await act(...more);
      expect(said.err, more.join(' ')).to.match(sentence).and.not.to.contain('    at ');
      expect(said.code, more.join(' ')).to.equal(exitCode);
      expect(said.out).to.equal('');
    }
  });
});
