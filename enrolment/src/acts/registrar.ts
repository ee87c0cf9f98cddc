import * as z from 'zod';

import type { CaClient } from '../ca/ca-client.js';
import { certificateRequest } from '../ca/certificate-request.js';
import type { CertificateHolder } from '../ca/token.js';
import { EnrolmentError, messageOf } from '../errors.js';
import { readText } from '../files.js';
import { newKeyPem, pemKey } from '../keys/file-key.js';
import { holderOf } from '../keys/signing-key.js';

const credential = z.object({ id: z.string().min(1), secret: z.string().min(1) });

/** An enrolment id with its secret: what a registrar hands to an owner, and what `registrar.json` holds. */
export type Credential = z.infer<typeof credential>;

/** Reads `{"id", "secret"}`. Throws EnrolmentError FILE_UNUSABLE. */
export function readCredential(path: string): Credential {
  const text = readText(path);
  try {
    return credential.parse(JSON.parse(text));
  } catch (cause) {
    throw new EnrolmentError('FILE_UNUSABLE', `${path} is no {"id": …, "secret": …}: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** The registrar for as long as a command runs: its key is made in memory and dropped. */
export async function registrarHolder(ca: CaClient, { id, secret }: Credential): Promise<CertificateHolder> {
  const key = pemKey(newKeyPem(), id);
  const { cert } = await ca.enroll(id, secret, await certificateRequest(key, { commonName: id }));
  return holderOf(cert, key);
}
