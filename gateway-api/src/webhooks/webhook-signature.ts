import { createHmac, randomBytes } from 'node:crypto';

/** What a secret looks like to whoever copies it (Standard Webhooks, "Signature scheme"). */
const PREFIX = 'whsec_';

/** A fresh secret: 32 random bytes (the specification asks for 24 to 64). */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/** One delivery as it is signed. */
export interface Signed {
  /** Names the message; the same at each attempt. */
  readonly id: string;
  /** Of the attempt. */
  readonly at: Date;
  readonly body: string;
}

/**
 * The headers of a delivery (Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` in seconds, and `webhook-signature`, a list
 * of `v1,` and HMAC-SHA256 in base64 over id, timestamp and body with dots between them). Each secret signs: after a rotation the
 * old one, too, for a while.
 */
export function signedHeaders(
  { id, at, body }: Signed,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
