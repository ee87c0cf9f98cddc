import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type ChainKey, generateChain } from '@passage/ledger/generator';
import { expect } from 'chai';

import { addCard, cardSummaries, organizationsByCard, writeCard } from './card.js';
import { foundOrganization } from './own-organization.js';
import { type FabricPaths, fabricPaths } from './paths.js';
import type { Organization, OrganizationName } from './topology.js';

function newKey(): ChainKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = publicKey.export({ format: 'der', type: 'spki' });
  return { publicKeyInfo, sign: (message) => sign('sha256', message, privateKey) };
}

/** A root and a certificate that it has issued, PEM: those of a generated channel's first organisation. */
function certificates(): { readonly root: string; readonly orderer: string } {
  const { organizations, consenters } = generateChain({ newKey }).consortium;
  const pem = (of: { readonly pem: Uint8Array } | undefined): string =>
    Buffer.from(of?.pem ?? []).toString('utf8');
  return { root: pem(organizations[0]?.ca), orderer: pem(consenters[0]) };
}

describe('cards', () => {
  const root = mkdtempSync(join(tmpdir(), 'passage-cards-'));

  after(() => {
    rmSync(root, { recursive: true, force: true });
  });

  /** A founded folder with the certificates that a card carries. */
  function founded(name: OrganizationName, folder: string = name): [FabricPaths, Organization] {
    const paths = fabricPaths(join(root, folder));
    const organization = foundOrganization(paths, { name, host: '198.51.100.1', basePort: 7400 });
    const files = paths.organization(name);
    const [identities, tls] = [certificates(), certificates()];
    const put = (file: string, pem: string): void => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, pem);
    };
    put(files.caCert, identities.root);
    put(files.tlsCaCert, tls.root);
    put(files.member('orderer').identity.cert, identities.orderer);
    put(files.member('orderer').tls.cert, tls.orderer);
    writeCard(paths, organization);
    return [paths, organization];
  }

  const refusal = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  it('carry roots and certificates of the orderer into another folder, and no key', () => {
    const [customs, own] = founded('customs');
    const [port] = founded('port');
    const card = port.organization('port').card;
    const { organization, identityRoot } = addCard(customs, own, card);
    expect(organization).to.equal('port');
    expect(organizationsByCard(customs).map(({ name }) => name)).to.deep.equal(['customs', 'port']);
    expect(cardSummaries(customs)[1]?.identityRoot).to.equal(identityRoot);
    const [theirs, ours] = [port, customs].map((paths) => paths.organization('port'));
    for (const read of ['caCert', 'tlsCaCert'] as const)
      expect(readFileSync(ours?.[read] ?? '', 'utf8')).to.equal(readFileSync(theirs?.[read] ?? '', 'utf8'));
    expect(readFileSync(join(ours?.msp ?? '', 'tlscacerts', 'tlsca-cert.pem'), 'utf8')).to.contain(
      'CERTIFICATE',
    );
    expect(readFileSync(card, 'utf8')).not.to.contain('PRIVATE');
  });

  it('are refused when they do not hang together, are no cards, or come too late', () => {
    const [business, own] = founded('business');
    const [auditor] = founded('auditor');
    const card = auditor.organization('auditor').card;
    const text = readFileSync(card, 'utf8');
    const altered = (
      change: (card: { certificates: Record<string, string>; format: string }) => void,
    ): string => {
      const value = JSON.parse(text) as { certificates: Record<string, string>; format: string };
      change(value);
      const file = join(root, 'altered.json');
      writeFileSync(file, JSON.stringify(value));
      return file;
    };
    const swapped = altered((value) => (value.certificates.orderer = value.certificates.ordererTls ?? ''));
    expect(refusal(() => addCard(business, own, swapped))).to.have.property('code', 'CARD_UNUSABLE');
    const notRoot = altered((value) => (value.certificates.tlsRoot = value.certificates.ordererTls ?? ''));
    expect(refusal(() => addCard(business, own, notRoot))).to.have.property('code', 'CARD_UNUSABLE');
    const format = altered((value) => (value.format = 'another'));
    expect(refusal(() => addCard(business, own, format))).to.have.property('code', 'CARD_UNUSABLE');
    expect(refusal(() => addCard(business, own, join(root, 'nowhere')))).to.have.property(
      'code',
      'CARD_UNUSABLE',
    );
    expect(organizationsByCard(business).map(({ name }) => name)).to.deep.equal(['business']);

    addCard(business, own, card);
    writeFileSync(business.genesis, '');
    addCard(business, own, card);
    const [another] = founded('auditor', 'another');
    expect(refusal(() => addCard(business, own, another.organization('auditor').card))).to.have.property(
      'code',
      'CARD_UNUSABLE',
    );
  });
});
