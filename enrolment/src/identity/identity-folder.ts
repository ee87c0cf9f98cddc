import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';

import { equalBytes } from '@passage/ledger';
import * as z from 'zod';

import type { CaServer } from '../ca/ca-client.js';
import { EnrolmentError, messageOf } from '../errors.js';
import { PRIVATE, PUBLIC, readIfThere, readText, replaceFile, writeWhole } from '../files.js';
import { newKeyPem, pemKey } from '../keys/file-key.js';
import type { KeyPlace } from '../keys/places.js';

const description = z.object({
  format: z.literal('passage-identity-1'),
  id: z.string().min(1),
  mspId: z.string().min(1).optional(),
  ca: z.object({ url: z.url(), name: z.string().min(1) }),
  key: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('file'), path: z.string().min(1) }),
    z.object({
      kind: z.literal('pkcs11'),
      module: z.string().min(1),
      token: z.string().min(1),
      label: z.string().min(1),
    }),
  ]),
});

/** What an owner has of one identity. Paths are absolute. */
export interface OwnedIdentity {
  readonly certFile: string;
  readonly id: string;
  readonly mspId?: string;
  readonly ca: CaServer;
  readonly key: KeyPlace;
  /** PEM */
  readonly cert: string;
}

const filesOf = (folder: string) => ({
  description: join(folder, 'identity.json'),
  cert: join(folder, 'cert.pem'),
  key: join(folder, 'key.pem'),
  chain: join(folder, 'ca-chain.pem'),
  tlsRoot: join(folder, 'ca-tls-root.pem'),
});

/** The key file of an identity whose owner has named no other place. */
export function keyFileIn(folder: string): string {
  return filesOf(folder).key;
}

/** Where a new identity's files may go: a folder that holds none yet. Throws EnrolmentError IDENTITY_UNUSABLE. */
export function needNoIdentity(folder: string): void {
  if (!existsSync(filesOf(folder).cert)) return;
  throw new EnrolmentError('IDENTITY_UNUSABLE', `${folder} holds an identity already`, {
    next: 'Renew it with `passage enroll renew`, or name another folder with --out.',
  });
}

/**
 * Writes what belongs to an identity: `identity.json`, `ca-chain.pem`, `ca-tls-root.pem`, and last `cert.pem`, by which the
 * folder counts. The key is where it was made.
 */
export function saveIdentity(folder: string, identity: Omit<OwnedIdentity, 'certFile'>, chain: string): void {
  const files = filesOf(folder);
  const { id, mspId, ca, key } = identity;
  const text = {
    format: 'passage-identity-1',
    id,
    ...(mspId !== undefined && { mspId }),
    ca: { url: ca.url, name: ca.name },
    key: key.kind === 'file' ? { ...key, path: nearPath(folder, key.path) } : key,
  };
  writeWhole(files.description, `${JSON.stringify(text, null, 2)}\n`, PUBLIC);
  writeWhole(files.tlsRoot, readText(ca.tlsRootFile), PUBLIC);
  writeWhole(files.chain, chain, PUBLIC);
  writeWhole(files.cert, identity.cert, PUBLIC);
}

/** Reads an identity's folder. Throws EnrolmentError IDENTITY_UNUSABLE or FILE_UNUSABLE. */
export function readIdentity(folder: string): OwnedIdentity {
  const files = filesOf(resolve(folder));
  const read = readDescription(files.description);
  finishReplacement(read.key.kind === 'file' ? resolve(folder, read.key.path) : undefined, files.cert);
  const { id, mspId, ca, key } = read;
  return {
    certFile: files.cert,
    id,
    ...(mspId !== undefined && { mspId }),
    ca: { ...ca, tlsRootFile: files.tlsRoot },
    key: key.kind === 'file' ? { ...key, path: resolve(folder, key.path) } : key,
    cert: readText(files.cert),
  };
}

function readDescription(path: string): z.infer<typeof description> {
  const text = readIfThere(path);
  if (text === undefined) {
    throw new EnrolmentError('IDENTITY_UNUSABLE', `there is no identity in ${join(path, '..')}`, {
      next: 'Name the folder that `passage enroll` wrote, or enrol first.',
    });
  }
  try {
    return description.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw new EnrolmentError('IDENTITY_UNUSABLE', `${path} is not as expected: ${why}`, { cause });
  }
}

/** A key that waits for its certificate, as the file it will be. */
export function nextKey(path: string): string {
  const pem = newKeyPem();
  writeWhole(`${path}.next`, pem, PRIVATE);
  return pem;
}

/** Puts a renewed certificate in place, and the key that was made for it, if one was. A crash in between is mended at reading. */
export function replaceCertificate({ certFile, key }: OwnedIdentity, cert: string): void {
  writeWhole(`${certFile}.next`, cert, PUBLIC);
  finishReplacement(key.kind === 'file' ? key.path : undefined, certFile);
}

function finishReplacement(keyFile: string | undefined, certFile: string): void {
  const cert = readIfThere(`${certFile}.next`);
  if (cert === undefined) return;
  const key = keyFile === undefined ? undefined : readIfThere(`${keyFile}.next`);
  if (keyFile !== undefined && key !== undefined && isFor(cert, pemKey(key, keyFile).publicKeyInfo))
    replaceFile(`${keyFile}.next`, keyFile);
  replaceFile(`${certFile}.next`, certFile);
}

/** Whether a certificate (PEM) is for the key with this SubjectPublicKeyInfo. */
export function isFor(cert: string, publicKeyInfo: Uint8Array): boolean {
  return equalBytes(
    new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }),
    publicKeyInfo,
  );
}

/** A key in the folder itself is named without a path, so that the folder can be moved. */
function nearPath(folder: string, path: string): string {
  return relative(folder, path) === basename(path) ? basename(path) : resolve(path);
}
