import 'reflect-metadata';

import { webcrypto } from 'node:crypto';

import { X509CertificateGenerator } from '@peculiar/x509';
import { expect } from 'chai';

import { standingOf } from './standing.js';

const DAY = 86_400_000;
const start = new Date('2026-01-01T00:00:00Z');
const after = (days: number): Date => new Date(start.getTime() + days * DAY);

async function certificate(days: number): Promise<string> {
  const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, false, ['sign', 'verify']);
  const validity = { notBefore: start, notAfter: after(days) };
  const made = await X509CertificateGenerator.createSelfSigned({ keys, signingAlgorithm, ...validity });
  return made.toString('pem');
}

describe('standingOf', () => {
  it('makes a certificate of a year due 30 days before its end', async () => {
    const cert = await certificate(365);
    expect(standingOf(cert, after(334)).state).to.equal('good');
    const due = standingOf(cert, after(335));
    expect([due.state, due.daysLeft]).to.deep.equal(['due', 30]);
    expect(due.renewFrom).to.deep.equal(after(335));
    expect(due.notAfter).to.deep.equal(after(365));
  });

  it('makes a short one due in the last third of its life', async () => {
    const cert = await certificate(3);
    expect(standingOf(cert, after(1.9)).state).to.equal('good');
    expect(standingOf(cert, after(2)).state).to.equal('due');
  });

  it('calls it ended from its last moment on', async () => {
    const cert = await certificate(365);
    expect(standingOf(cert, after(365)).state).to.equal('ended');
    expect(standingOf(cert, after(366.5))).to.include({ state: 'ended', daysLeft: -2 });
  });
});
