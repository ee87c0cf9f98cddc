import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { writeBundle } from '@passage/evidence';
import { badBundles, Stories } from '@passage/evidence/testing';
import { needSharedData } from '@passage/testing';
import { needBrowser } from '@passage/testing/browser';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';

import { checkFile } from './browser/check-file.js';
import type { Sheet } from './browser/sheet.js';
import { buildPage } from './build-page.js';

const WORDS = { holds: 'holds', fails: 'does not hold', 'not-checked': 'not checked', note: 'note' } as const;

/** What of a sheet stands on the page, as text. */
interface Shown {
  readonly headline: string;
  readonly explanation: string;
  readonly facts: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

function expected(file: string, { headline, explanation, facts, lines }: Sheet): Shown {
  return {
    headline,
    explanation,
    facts: [['file', file] as const, ...facts].map(([name, value]) => `${name}: ${value}`),
    lines: lines.map(({ status, check, subject = '', code, text }) => [
      WORDS[status],
      `${check.replaceAll('-', ' ')}${subject}`,
      code === undefined ? text : `${code} ${text}`,
    ]),
  };
}

/** Chooses a file, gives a genesis hash, and reads what the page then says. */
async function readOff(page: Page, name: string, bytes: Uint8Array, genesisHash: string): Promise<Shown> {
  await page
    .getByLabel('Bundle')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(bytes) });
  await page.getByLabel('Genesis hash').fill(genesisHash);
  await page.locator('#result').evaluate((result) => result.replaceChildren());
  await page.getByRole('button', { name: 'Check' }).click();
  return shown(page);
}

async function shown(page: Page): Promise<Shown> {
  await page.locator('#verdict:focus').waitFor();
  return page.evaluate(() => {
    const texts = (place: ParentNode, selector: string): string[] =>
      [...place.querySelectorAll(selector)].map(({ textContent }) => textContent);
    const rows = [...document.querySelectorAll('tbody tr')];
    return {
      headline: texts(document, '#verdict').join(),
      explanation: texts(document, '.verdict p').join(),
      facts: [...document.querySelectorAll('dl div')].map((fact) => texts(fact, 'dt, dd').join(': ')),
      // The sign in front of the word is for the eye alone.
      lines: rows.map((row) => texts(row, 'td, th').map((text, at) => (at === 0 ? text.slice(1) : text))),
    };
  });
}

describe('the page that checks bundles, in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passage-page-'));
  const asked: string[] = [];
  let browser: Browser | undefined;
  let page: Page;
  let stories: Stories;
  before(async function () {
    browser = await needBrowser(this);
    const path = join(folder, 'page.html');
    writeFileSync(path, await buildPage());
    page = await browser.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    asked.length = 0;
    stories = new Stories();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What page and Node say of a file, which has to be the same; the sheet. */
  async function same(
    name: string,
    bytes: Uint8Array,
    genesisHash = stories.good.chain.genesisHash,
  ): Promise<Sheet> {
    const sheet = checkFile(bytes, genesisHash);
    expect(await readOff(page, name, bytes, genesisHash), name).to.deep.equal(expected(name, sheet));
    return sheet;
  }

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`says of a bundle of ${kind} line by line what Node says`, async () => {
      const { verdict, lines } = await same(
        `${kind}.json`,
        stories.good.bytes(kind, undefined, [stories.good.opening]),
      );
      expect(verdict).to.equal('good');
      expect(lines.map(({ status }) => status)).to.include.members(['holds', 'not-checked']);
    });
  }

  it('does not call complete what nobody has stated to be, nor good what an embedded network says', async () => {
    const { statement, ...bundle } = stories.good.bundle('blocks');
    expect(statement?.statement.events).to.equal(bundle.events.length);
    const open = writeBundle({
      ...bundle,
      configuration: bundle.configuration.slice(0, 1),
      tips: [],
      state: [],
      devices: [],
    });
    const sheet = await same('no statement.json', open);
    expect(sheet.verdict, sheet.explanation).to.equal('open');
    expect(sheet.headline).to.include('completeness: not proven');
    const { embedded } = stories;
    const { verdict, explanation } = await same(
      'embedded.json',
      embedded.bytes('proofs'),
      embedded.chain.genesisHash,
    );
    expect(verdict).to.equal('open');
    expect(explanation).to.match(/^It is of an embedded network/);
  });

  it('finds what Node finds, line by line, in bundles that somebody has tampered with', async () => {
    // One in four of the corpus: they take the browser half a second each.
    for (const { name, fault, make } of badBundles.filter((_, index) => index % 4 === 0)) {
      const bundle = make(stories);
      const trusted = fault === 'GENESIS_OTHER' ? stories.good.chain.genesisHash : bundle.genesisHash;
      const { verdict, lines } = await same(`${name}.json`, writeBundle(bundle), trusted);
      expect(verdict, name).to.equal('bad');
      expect(lines.find(({ status }) => status === 'fails')?.code, name).to.equal(fault);
    }
  });

  it('says as Node does why it cannot read what is no bundle', async () => {
    const text = Buffer.from(stories.good.bytes('proofs')).toString();
    for (const [what, bytes] of Object.entries({
      'a blank more': Buffer.from(text.replace(',', ', ')),
      'another version': Buffer.from(text.replace('bundle-1', 'bundle-2')),
      'cut off': Buffer.from(text.slice(0, -3)),
      'no JSON': Buffer.from('bundle'),
      'no byte': new Uint8Array(),
    })) {
      const { headline } = await same(`${what}.json`, bytes);
      expect(headline, what).to.equal('This file cannot be checked');
    }
  });

  it('refuses a bundle of another ledger, and checks nothing without a genesis hash', async () => {
    const bytes = stories.good.bytes('blocks');
    expect((await same('other ledger.json', bytes, 'ab'.repeat(32))).verdict).to.equal('bad');
    expect((await same('no hash.json', bytes, '')).headline).to.equal('The genesis hash is missing');
  });

  for (const [name, total] of [
    ['ecdsa_secp256r1_sha256_test.json', 484],
    ['ecdsa_secp256r1_sha256_p1363_test.json', 262],
    ['ed25519_test.json', 151],
  ] as const) {
    it(`judges the ${total} signatures of Wycheproof's ${name} as Node does`, async function () {
      const { verdict, lines } = await same(
        name,
        readFileSync(join(needSharedData(this, 'wycheproof'), name)),
      );
      expect(lines).to.have.length(total);
      expect(verdict).to.equal('good');
    });
  }

  it('takes a file that is dropped on it, and shows markup in it as text', async () => {
    const vector = { tcId: 1, comment: '<b>bold</b>', msg: '', sig: '', result: 'invalid' };
    const group = { type: 'EcdsaVerify', publicKeyDer: '', publicKey: {}, tests: [vector] };
    await page.evaluate(
      (text) => {
        document.getElementById('result')?.replaceChildren();
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], 'dropped.json'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      JSON.stringify({ testGroups: [group] }),
    );
    const { facts, lines } = await shown(page);
    expect(facts[0]).to.equal('file: dropped.json');
    expect(lines).to.deep.equal([['holds', 'signaturetest 1', 'refused: <b>bold</b>']]);
  });

  it('has asked for nothing, and its own policy would let nothing through', async () => {
    expect(asked).to.deep.equal([]);
    const blocked = await page.evaluate(async () => {
      const violation = new Promise<string>((found) =>
        document.addEventListener('securitypolicyviolation', (event) => found(event.effectiveDirective)),
      );
      const outcome = await fetch('https://passage.test/').then(
        () => 'fetched',
        () => 'refused',
      );
      return [outcome, await violation];
    });
    expect(blocked).to.deep.equal(['refused', 'connect-src']);
  });

  it('is the same to the byte each time it is built', async () => {
    expect(await buildPage()).to.equal(readFileSync(join(folder, 'page.html'), 'utf8'));
  });
});
