import { BoundedSignatureMemo, serializeIdentity, signatureMemoKey } from '../identity/index.js';
import { issueCertificate, selfSigned } from './certificates.js';
import type { Sign } from '../block/index.js';
import type { Certificate, SignatureMemo } from '../identity/index.js';
import type { Certified, ChainKey } from './certificates.js';

/** Somebody with a certificate who signs. */
export interface Member {
  readonly mspId: string;
  /** Serialized msp.SerializedIdentity. */
  readonly identity: Uint8Array;
  readonly certificate: Certificate;
  readonly pem: Uint8Array;
  readonly sign: Sign;
}

export interface Organization {
  readonly name: string;
  readonly mspId: string;
  readonly ca: Certified;
  readonly admin: Member;
  readonly peer: Member;
  readonly client: Member;
  /** A second client, for whom nothing is sent but what a test needs: his certificate can be revoked. */
  readonly formerClient: Member;
}

export interface Consenter extends Member {
  /** From 1, as the channel configuration numbers its orderers. */
  readonly id: number;
}

/** Everybody who acts on a generated channel, with every key. */
export interface Consortium {
  readonly channel: string;
  readonly organizations: readonly Organization[];
  readonly consenters: readonly Consenter[];
  /** Somebody whose CA no organisation knows, and who claims to be a client of the first. */
  readonly stranger: Member;
  /** Signatures made here need not be checked again by who made them. */
  readonly memo: SignatureMemo;
}

export interface ConsortiumOptions {
  readonly channel: string;
  /** Names in lower case; `customs` becomes CustomsMSP. At least one. */
  readonly organizations: readonly string[];
  /** Orderers, dealt out to the organisations in turn: 4 to 7, as BFT needs them. */
  readonly consenters: number;
  /** Common names, as `client1.customs`, of those whose certificate is over when the chain begins. */
  readonly expired?: readonly string[];
  /** Called once for each certificate. */
  readonly newKey: () => ChainKey;
}

/**
 * The first organisation, whose client sends what nobody else has to.
 *
 * @throws RangeError if there is none
 */
export function founderOf({ organizations }: Pick<Consortium, 'organizations'>): Organization {
  const [first] = organizations;
  if (first === undefined) throw new RangeError('a channel needs at least one organisation');
  return first;
}

/** More than a block's worth: a signature is looked for in the block in which it stands. */
const REMEMBERED_SIGNATURES = 20_000;

/** Makes all keys and certificates of a channel. */
export function formConsortium(options: ConsortiumOptions): Consortium {
  const { channel, newKey, expired: ended = [] } = options;
  const memo = new BoundedSignatureMemo(REMEMBERED_SIGNATURES);
  let serial = 1000;
  const newCa = (name: string): Certified =>
    selfSigned({ commonName: `ca.${name}`, serial: ++serial }, newKey());
  const newMember = (ca: Certified, mspId: string, unit: string, commonName: string): Member => {
    const expired = ended.includes(commonName);
    const issued = issueCertificate(ca, { commonName, unit, serial: ++serial, expired }, newKey());
    const identity = serializeIdentity(mspId, issued.pem);
    return { mspId, identity, ...issued, sign: remembering(issued, memo) };
  };

  const organizations = options.organizations.map((name): Organization => {
    const mspId = `${name.charAt(0).toUpperCase()}${name.slice(1)}MSP`;
    const ca = newCa(name);
    const member = (unit: string, commonName: string): Member =>
      newMember(ca, mspId, unit, `${commonName}.${name}`);
    return {
      name,
      mspId,
      ca,
      admin: member('admin', 'admin'),
      peer: member('peer', 'peer0'),
      client: member('client', 'client1'),
      formerClient: member('client', 'client2'),
    };
  });
  const first = founderOf({ organizations });
  const consenters = Array.from({ length: options.consenters }, (_, index): Consenter => {
    const { ca, mspId, name } = organizations[index % organizations.length] ?? first;
    const id = index + 1;
    return { id, ...newMember(ca, mspId, 'orderer', `orderer${id}.${name}`) };
  });
  const stranger = newMember(newCa('nowhere'), first.mspId, 'client', `client1.${first.name}`);
  return { channel, organizations, consenters, stranger, memo };
}

function remembering({ certificate, sign }: Certified, memo: SignatureMemo): Sign {
  return (message) => {
    const signature = sign(message);
    memo.add(signatureMemoKey(certificate, message, signature));
    return signature;
  };
}
