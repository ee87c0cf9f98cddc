import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import type * as client from '@passage/client';
import { needBrowser, scriptForBrowser } from '@passage/testing/browser';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';

import { certificateFor } from '../testing/certificate.js';
import type { Tampering } from '../testing/fake-own-key-ledger.js';
import { at } from '../testing/read.js';
import { fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';

/** What the page has: `client/` as a script, a key that cannot be taken out of it, and a way to the gateway. */
interface Globals {
  passage: typeof client;
  key: CryptoKeyPair;
  gateway: (body: string) => Promise<string>;
}

type Outcome = { readonly block: number } | { readonly code: string };

/** The WebCrypto key of the page; its public half as PEM. */
async function newKey(page: Page): Promise<string> {
  const spki = await page.evaluate(async () => {
    const globals = globalThis as unknown as Globals;
    globals.key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    return [...new Uint8Array(await crypto.subtle.exportKey('spki', globals.key.publicKey))];
  });
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return key.export({ format: 'pem', type: 'spki' }).toString();
}

/** A certificate for the carrier's own key, as `passage enroll` would bring it. */
function certificateOf(publicKey: string): string {
  const attributes = { 'passage.party': 'CARRIER', 'passage.role': 'carrier', 'passage.keyHeldBy': 'party' };
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pair = { publicKey: createPublicKey(publicKey), privateKey };
  return certificateFor('CARRIER.carrier.browser', { attributes, pair });
}

/** The carrier offers a handover from the page, and what came of it. */
function offer(page: Page, certificate: string): Promise<Outcome> {
  return page.evaluate(
    async ([pem, ucr]) => {
      const { passage, key, gateway } = globalThis as unknown as Globals;
      const { PassageClient, webCryptoSigner, ClientError } = passage;
      const toGateway: typeof fetch = async (_, request) =>
        new Response(await gateway(request?.body as string), {
          headers: { 'content-type': 'application/json' },
        });
      const party = new PassageClient({
        gateway: { url: 'http://gateway/graphql', token: () => Promise.resolve('t'), fetch: toGateway },
        signer: webCryptoSigner(key.privateKey, 'BusinessMSP', pem),
        channel: 'test',
        chaincode: 'passage',
      });
      try {
        const input = { requestId: 'offer', ucr, to: 'KRIMP01', place: 'KRPUS' };
        return { block: (await party.act('OfferHandover', input)).receipt.block };
      } catch (error) {
        if (error instanceof ClientError) return { code: error.code };
        throw error;
      }
    },
    [certificate, UCR] as const,
  );
}

describe('an act signed in a browser', () => {
  let browser: Browser | undefined;
  let gateway: TestGateway;
  let page: Page;
  let certificate: string;
  before(async function () {
    browser = await needBrowser(this);
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
    page = await browser.newPage();
    // A secure context, which WebCrypto asks for; nothing is fetched from it.
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>a party</title>' }),
    );
    await page.goto('https://party.test/');
    await page.exposeFunction('gateway', async (body: string) => {
      const headers = { 'content-type': 'application/json' };
      return (await gateway.fetch({ method: 'POST', headers, body }, carrier)).text();
    });
    const client = fileURLToPath(import.meta.resolve('@passage/client'));
    await page.addScriptTag({ content: await scriptForBrowser(client, 'passage') });
    certificate = certificateOf(await newKey(page));
  });
  after(async () => {
    await browser?.close();
    if (browser) await gateway.remove();
  });

  it('is refused by the page where the gateway changes a message, with the code that Node gives', async () => {
    const cases: readonly (readonly [string, Tampering])[] = [
      ['CHANNEL_DIFFERS', { proposal: (input) => ({ ...input, channelId: 'another' }) }],
      ['ARGUMENTS_DIFFER', { proposal: (input) => ({ ...input, args: [...input.args, Buffer.from('1')] }) }],
      [
        'TIME_DIFFERS',
        { proposal: (input) => ({ ...input, timestamp: { seconds: 1_700_000_000, nanos: 0 } }) },
      ],
      ['RESULT_DIFFERS', { answer: (answer) => answer.replace('"handover":1', '"handover":2') }],
      ['WRITES_DIFFER', { writes: (writes) => writes.filter(([name]) => !name.startsWith('request/')) }],
    ];
    const before = gateway.ledger.chain.length;
    for (const [code, tampering] of cases) {
      gateway.ledger.tampering = tampering;
      expect(await offer(page, certificate)).to.deep.equal({ code });
    }
    expect(gateway.ledger.chain).to.have.length(before);
    gateway.ledger.tampering = {};
  });

  it('stands in a block, by a key that cannot be taken out of the browser', async () => {
    expect(await offer(page, certificate)).to.deep.equal({ block: gateway.ledger.chain.length - 1 });
    const query = `{ shipment(ucr: "${UCR}") { custody { open { number act { party keyHeldBy } } } } }`;
    const open = at(fine(await gateway.ask(query)), 'shipment.custody.open');
    expect(open).to.deep.equal({ number: 1, act: { party: 'CARRIER', keyHeldBy: 'party' } });
    const extractable = await page.evaluate(
      () => (globalThis as unknown as Globals).key.privateKey.extractable,
    );
    expect(extractable).to.equal(false);
  });
});
