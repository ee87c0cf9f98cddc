import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PRIVATE, writeWhole } from '@passage/enrolment';

import { gatewayError } from '../errors.js';

/** AES-256-GCM (NIST SP 800-38D): a fresh 96-bit nonce for each text, and a tag of 128 bits. */
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** The key's file in the keystore, in which every party has a folder. */
const FILE = 'secrets.key';

/**
 * Seals the secrets that the operational database keeps, so that whoever reads a copy of it without the keystore reads none. A sealed
 * text is `aes-256-gcm:<id of the key>:<nonce, sealed bytes and tag in base64url>`, and opens for whatever it was sealed for alone.
 */
export class SecretSeal {
  /** Names the key: which one it is shows in every row. */
  readonly keyId: string;
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
    this.keyId = createHash('sha256').update('passage secret seal').update(key).digest('hex').slice(0, 16);
  }

  /** The seal of a keystore; its key (32 random bytes in hex, mode 0600) is made at the first start. Throws `CONFIG_INVALID`. */
  static of(keystore: string): SecretSeal {
    const path = join(keystore, FILE);
    if (!existsSync(path)) writeWhole(path, `${randomBytes(32).toString('hex')}\n`, PRIVATE);
    const text = readFileSync(path, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) {
      const next =
        'Restore it from a copy; or move it away, start again, and rotate the secret of each webhook.';
      throw gatewayError('CONFIG_INVALID', `${path} holds no key`, { next });
    }
    return new SecretSeal(Buffer.from(text, 'hex'));
  }

  /** Seals a text for what it belongs to, as a row's id. */
  seal(text: string, owner: string): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${CIPHER}:${this.keyId}:${sealed.toString('base64url')}`;
  }

  /** The text that was sealed; undefined where another key sealed it, or for something else, or it was changed since. */
  open(sealed: string, owner: string): string | undefined {
    const [cipher, keyId, text = ''] = sealed.split(':');
    const bytes = Buffer.from(text, 'base64url');
    if (cipher !== CIPHER || keyId !== this.keyId || bytes.length < NONCE + TAG) return undefined;
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(owner))
      .setAuthTag(bytes.subarray(-TAG));
    try {
      return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}

/** Whether a text is what a seal makes, of whatever key. */
export function isSealed(text: string): boolean {
  return text.startsWith(`${CIPHER}:`);
}
