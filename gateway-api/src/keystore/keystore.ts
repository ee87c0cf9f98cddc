import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { writeAtomically } from '../files/atomic.js';

/** A certificate with its private key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/**
 * The keys this gateway holds for parties: `<folder>/<party>.<role>/{key.pem (0600), cert.pem}`. Files are written
 * whole or not at all; the certificate comes last, so an entry counts once it has one.
 */
export class Keystore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** The stored pair, or undefined while there is no certificate. */
  find(name: string): KeyPair | undefined {
    const cert = this.#read(name, 'cert.pem');
    const key = this.#read(name, 'key.pem');
    return cert !== undefined && key !== undefined ? { cert, key } : undefined;
  }

  /** Any other small secret kept beside the pair (the enrolment secret, before the certificate is there). */
  findSecret(name: string, file: 'enrolment-secret'): string | undefined {
    return this.#read(name, file);
  }

  saveSecret(name: string, file: 'enrolment-secret', secret: string): void {
    writeAtomically(this.#path(name, file), secret, 0o600);
  }

  save(name: string, pair: KeyPair): void {
    writeAtomically(this.#path(name, 'key.pem'), pair.key, 0o600);
    writeAtomically(this.#path(name, 'cert.pem'), pair.cert);
  }

  #read(name: string, file: string): string | undefined {
    try {
      return readFileSync(this.#path(name, file), 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Party ids come from outside: nothing but letters, digits, `.`, `_` and `-` stays as it is in a file name. */
  #path(name: string, file: string): string {
    const safe = name.replace(/[^A-Za-z0-9._-]/g, (c) => `%${c.codePointAt(0)?.toString(16) ?? ''}`);
    return join(this.#folder, safe.replace(/^\./, '%2e'), file);
  }
}
