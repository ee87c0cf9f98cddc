import { createHash } from 'node:crypto';

import { toLowS } from '@passage/ledger';
import type * as Pkcs11 from 'pkcs11js';

import { EnrolmentError, messageOf } from '../errors.js';
import type { OpenKey, TokenPlace } from './places.js';
import { derOfPoint, signatureOfHalves } from './token-encoding.js';

type Module = typeof Pkcs11;
type Library = Pkcs11.PKCS11;

/** Curve P-256 as EC parameters: OID 1.2.840.10045.3.1.7, DER. */
const P256 = Buffer.from('06082a8648ce3d030107', 'hex');

/**
 * A P-256 key pair in a token, by its label; with `create`, a new one where there is none: made inside, sensitive and not
 * extractable. Throws EnrolmentError TOKEN_UNUSABLE or KEY_UNUSABLE.
 */
export async function openTokenKey(
  place: TokenPlace,
  pin: string,
  create: 'create' | 'existing',
): Promise<OpenKey> {
  const pkcs11 = await loadBinding();
  const library = new pkcs11.PKCS11();
  const inToken = <T>(what: string, work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof EnrolmentError) throw cause;
      throw new EnrolmentError('TOKEN_UNUSABLE', `${what}: ${messageOf(cause)}`, { cause });
    }
  };
  inToken(`the PKCS#11 module ${place.module} cannot be loaded`, () => {
    library.load(place.module);
    library.C_Initialize();
  });
  try {
    const session = inToken(`the token "${place.token}" takes no session`, () =>
      openSession(pkcs11, library, place.token, pin),
    );
    const key = inToken(`the key "${place.label}" cannot be used`, () =>
      findOrCreate(pkcs11, library, session, place, create),
    );
    return {
      publicKeyInfo: key.publicKeyInfo,
      sign: (message) =>
        Promise.resolve(
          inToken(`the token "${place.token}" does not sign`, () =>
            sign(pkcs11, library, session, key.handle, message),
          ),
        ),
      close: () => {
        library.C_Finalize();
        library.close();
      },
    };
  } catch (error) {
    library.C_Finalize();
    library.close();
    throw error;
  }
}

/** `pkcs11js` is an optional dependency, compiled only where somebody wants it. */
async function loadBinding(): Promise<Module> {
  try {
    const loaded = (await import('pkcs11js')) as { readonly default?: Module } & Module;
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new EnrolmentError('TOKEN_UNUSABLE', 'the package pkcs11js is not compiled here', {
      next: 'Run `npm rebuild pkcs11js --ignore-scripts=false`; it needs a C++ compiler (docs/enrolment.md).',
      cause,
    });
  }
}

function openSession(pkcs11: Module, library: Library, label: string, pin: string): Pkcs11.Handle {
  const slots = library.C_GetSlotList(true);
  const found = slots.find((slot) => library.C_GetTokenInfo(slot).label.trim() === label);
  if (found === undefined) {
    const labels = slots.map((slot) => library.C_GetTokenInfo(slot).label.trim());
    const there = labels
      .filter((one) => one !== '')
      .map((one) => `"${one}"`)
      .join(', ');
    throw new EnrolmentError(
      'TOKEN_UNUSABLE',
      `there is no token "${label}" (those there: ${there || 'none'})`,
    );
  }
  const session = library.C_OpenSession(found, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
  library.C_Login(session, pkcs11.CKU_USER, pin);
  return session;
}

interface TokenKey {
  readonly handle: Pkcs11.Handle;
  readonly publicKeyInfo: Uint8Array;
}

function findOrCreate(
  pkcs11: Module,
  library: Library,
  session: Pkcs11.Handle,
  { label, token }: TokenPlace,
  create: 'create' | 'existing',
): TokenKey {
  const find = (kind: number): Pkcs11.Handle[] => findAll(pkcs11, library, session, kind, label);
  const [privateKey, ...others] = find(pkcs11.CKO_PRIVATE_KEY);
  if (others.length > 0) {
    throw new EnrolmentError('KEY_UNUSABLE', `the token "${token}" has several keys "${label}"`, {
      next: 'Choose a label that only one key pair bears.',
    });
  }
  if (privateKey === undefined) {
    if (create === 'existing')
      throw new EnrolmentError('KEY_UNUSABLE', `the token "${token}" has no key "${label}"`);
    const made = generate(pkcs11, library, session, label);
    return {
      handle: made.privateKey,
      publicKeyInfo: publicKeyInfo(pkcs11, library, session, made.publicKey),
    };
  }
  const [publicKey] = find(pkcs11.CKO_PUBLIC_KEY);
  if (publicKey === undefined)
    throw new EnrolmentError('KEY_UNUSABLE', `the token "${token}" has no public key "${label}"`);
  return { handle: privateKey, publicKeyInfo: publicKeyInfo(pkcs11, library, session, publicKey) };
}

function findAll(
  pkcs11: Module,
  library: Library,
  session: Pkcs11.Handle,
  kind: number,
  label: string,
): Pkcs11.Handle[] {
  library.C_FindObjectsInit(session, [
    { type: pkcs11.CKA_CLASS, value: kind },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_EC },
    { type: pkcs11.CKA_LABEL, value: label },
  ]);
  try {
    return library.C_FindObjects(session, 2);
  } finally {
    library.C_FindObjectsFinal(session);
  }
}

function generate(
  pkcs11: Module,
  library: Library,
  session: Pkcs11.Handle,
  label: string,
): { readonly publicKey: Pkcs11.Handle; readonly privateKey: Pkcs11.Handle } {
  const shared = [
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_LABEL, value: label },
    // By this fabric-gateway's own HSM signer finds it.
    { type: pkcs11.CKA_ID, value: Buffer.from(label) },
  ];
  return library.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11.CKM_EC_KEY_PAIR_GEN },
    [...shared, { type: pkcs11.CKA_EC_PARAMS, value: P256 }, { type: pkcs11.CKA_VERIFY, value: true }],
    [
      ...shared,
      { type: pkcs11.CKA_PRIVATE, value: true },
      { type: pkcs11.CKA_SENSITIVE, value: true },
      { type: pkcs11.CKA_EXTRACTABLE, value: false },
      { type: pkcs11.CKA_SIGN, value: true },
    ],
  );
}

function publicKeyInfo(
  pkcs11: Module,
  library: Library,
  session: Pkcs11.Handle,
  key: Pkcs11.Handle,
): Uint8Array {
  const [parameters, point] = library.C_GetAttributeValue(session, key, [
    { type: pkcs11.CKA_EC_PARAMS },
    { type: pkcs11.CKA_EC_POINT },
  ]);
  if (!Buffer.isBuffer(parameters?.value) || !P256.equals(parameters.value) || !Buffer.isBuffer(point?.value))
    throw new EnrolmentError(
      'KEY_UNUSABLE',
      'the key in the token is not on curve P-256, which Fabric asks for',
    );
  return derOfPoint(point.value);
}

/** The token signs a digest: CKM_ECDSA_SHA256 is not everywhere. */
function sign(
  pkcs11: Module,
  library: Library,
  session: Pkcs11.Handle,
  key: Pkcs11.Handle,
  message: Uint8Array,
): Uint8Array {
  library.C_SignInit(session, { mechanism: pkcs11.CKM_ECDSA }, key);
  const halves = library.C_Sign(session, createHash('sha256').update(message).digest(), Buffer.alloc(64));
  return toLowS(signatureOfHalves(halves), 'P-256');
}
