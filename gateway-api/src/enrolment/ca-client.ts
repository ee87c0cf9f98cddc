import { readFileSync } from 'node:fs';
import { request } from 'node:https';

import * as z from 'zod';

import { gatewayError, messageOf } from '../errors.js';
import type { KeyPair } from '../keystore/keystore.js';
import { lowSSigner } from '../keystore/signer.js';

/** An attribute that the CA writes into the certificate. */
export interface CertificateAttribute {
  readonly name: string;
  readonly value: string;
}

/** The part of fabric-ca's REST interface that a gateway needs. */
export interface CertificateAuthority {
  /** Registers a client identity whose enrolment certificates carry the attributes. */
  register(
    registrar: KeyPair,
    id: string,
    secret: string,
    attributes: readonly CertificateAttribute[],
  ): Promise<void>;
  /** Exchanges a certificate request for a certificate (PEM). */
  enroll(id: string, secret: string, csr: string): Promise<string>;
}

const answer = z.object({
  success: z.boolean(),
  result: z.unknown(),
  errors: z.array(z.object({ code: z.number(), message: z.string() })).nullish(),
});
const enrolled = z.object({ Cert: z.string().min(1) });

/** fabric-ca's own error number for an id that is registered already (lib/caerrors/errors.go). */
const ALREADY_REGISTERED = 74;
const DEADLINE_MS = 10_000;

/** Speaks to a fabric-ca server (or the embedded network's) over TLS, trusting the given root alone. */
export function fabricCaClient(ca: { url: string; name: string; tlsRootCert: string }): CertificateAuthority {
  const call = async (
    path: string,
    body: unknown,
    authorize: (text: string) => string | Promise<string>,
  ): Promise<z.infer<typeof answer>> => {
    const text = JSON.stringify(body);
    try {
      const root = readFileSync(ca.tlsRootCert);
      return answer.parse(JSON.parse(await post(new URL(path, ca.url), root, text, await authorize(text))));
    } catch (error) {
      throw enrolmentFailed(`the CA at ${ca.url} cannot be used: ${messageOf(error)}`, error);
    }
  };

  return {
    async register(registrar, id, secret, attributes) {
      const path = '/api/v1/register';
      const body = {
        id,
        type: 'client',
        secret,
        affiliation: '',
        max_enrollments: -1,
        attrs: attributes.map((a) => ({ ...a, ecert: true })),
        caname: ca.name,
      };
      const reply = await call(path, body, (text) => registrarToken(registrar, 'POST', path, text));
      const known = reply.errors?.some((e) => e.code === ALREADY_REGISTERED) ?? false;
      if (!reply.success && !known) throw refusedBy(ca.url, id, reply);
    },
    async enroll(id, secret, csr) {
      const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
      const reply = await call('/api/v1/enroll', { certificate_request: csr, caname: ca.name }, () => basic);
      const result = enrolled.safeParse(reply.result);
      if (!reply.success || !result.success) throw refusedBy(ca.url, id, reply);
      return Buffer.from(result.data.Cert, 'base64').toString('utf8');
    },
  };
}

/**
 * fabric-ca's token: base64(cert) "." base64(signature over `METHOD.b64(path).b64(body).b64(cert)`)
 * (util.GenECDSAToken). fabric-ca refuses a signature with a high S.
 */
async function registrarToken(
  registrar: KeyPair,
  method: string,
  path: string,
  body: string,
): Promise<string> {
  const b64 = (text: string): string => Buffer.from(text).toString('base64');
  const payload = `${method}.${b64(path)}.${b64(body)}.${b64(registrar.cert)}`;
  const signature = await lowSSigner(registrar.key)(Buffer.from(payload));
  return `${b64(registrar.cert)}.${Buffer.from(signature).toString('base64')}`;
}

function refusedBy(url: string, id: string, reply: z.infer<typeof answer>): Error {
  const reasons = reply.errors?.map((e) => `${String(e.code)} ${e.message}`).join('; ');
  return enrolmentFailed(`the CA at ${url} refused ${id}: ${reasons ?? 'no reason given'}`);
}

function enrolmentFailed(message: string, cause?: unknown): Error {
  return gatewayError('ENROLMENT_FAILED', message, {
    retryable: true,
    cause,
  });
}

function post(url: URL, root: Buffer, body: string, authorization: string): Promise<string> {
  return new Promise((done, failed) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization,
    };
    const sent = request(url, { method: 'POST', ca: root, headers, timeout: DEADLINE_MS }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        done(Buffer.concat(parts).toString('utf8'));
      });
      response.on('error', failed);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${String(DEADLINE_MS)} ms`)));
    sent.on('error', failed);
    sent.end(body);
  });
}
