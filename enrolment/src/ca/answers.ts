import * as z from 'zod';

import { EnrolmentError } from '../errors.js';
import type { EnrolmentErrorCode } from '../errors.js';

const problem = z.object({ code: z.number(), message: z.string() });

/** The envelope of every answer of fabric-ca (CA:api/net.go). */
export const answer = z.object({
  success: z.boolean(),
  result: z.unknown(),
  errors: z.array(problem).nullish(),
});

export type Answer = z.infer<typeof answer>;

/** fabric-ca's own numbers (CA:lib/caerrors/servererror.go) that call for a next step of their own. */
const meanings: ReadonlyMap<number, EnrolmentErrorCode> = new Map([
  [10, 'ID_UNKNOWN'], // revocation of an id that is not there
  [35, 'NOT_ALLOWED'], // no hf.GenCRL
  [63, 'ID_UNKNOWN'], // user cannot be got
  [71, 'NOT_ALLOWED'],
  [74, 'ID_TAKEN'],
]);

/** The CA says no more than this to whoever it does not recognise. */
const AUTHENTICATION_FAILURE = 20;

/** Turns the CA's refusal into ours. `by` is what the asker showed. */
export function refusalOf(
  { errors }: Answer,
  { who, url, by }: { readonly who: string; readonly url: string; readonly by: 'secret' | 'certificate' },
): EnrolmentError {
  const [first] = errors ?? [];
  const words =
    errors?.map(({ code, message }) => `${String(code)} ${message}`).join('; ') ?? 'no reason given';
  const unrecognised = by === 'secret' ? 'SECRET_REFUSED' : 'CERTIFICATE_REFUSED';
  const code =
    first?.code === AUTHENTICATION_FAILURE ? unrecognised : (meanings.get(first?.code ?? 0) ?? 'CA_REFUSED');
  return new EnrolmentError(code, `the CA at ${url} refused ${who}: ${words}`);
}

const base64 = z
  .string()
  .min(1)
  .transform((text) => Buffer.from(text, 'base64').toString('utf8'));

export const enrolled = z.object({ Cert: base64, ServerInfo: z.object({ CAChain: base64 }) });
export const registered = z.object({ secret: z.string() });
export const revocationList = z.object({ CRL: base64 });
export const revoked = z.object({
  RevokedCerts: z.array(z.object({ Serial: z.string(), AKI: z.string() })).nullish(),
});
export const certificates = z.object({ certs: z.array(z.object({ PEM: z.string() })).nullish() });

export const identity = z.object({
  id: z.string(),
  type: z.string(),
  max_enrollments: z.number().default(-1),
  attrs: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
export const identities = z.object({ identities: z.array(identity).nullish() });
