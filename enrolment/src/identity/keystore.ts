import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { PRIVATE, PUBLIC, readIfThere, writeWhole } from '../files.js';

/** A certificate with its private key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/**
 * The keys that a gateway holds for parties: `<folder>/<party>.<role>/{key.pem (0600), cert.pem}`, with the secret by which
 * the CA gives it certificates. Files are written whole or not at all; the certificate comes last, so an entry counts once it
 * has one.
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

  /** The enrolment secret, which is there before the certificate. */
  findSecret(name: string): string | undefined {
    return this.#read(name, 'enrolment-secret');
  }

  saveSecret(name: string, secret: string): void {
    writeWhole(this.#path(name, 'enrolment-secret'), secret, PRIVATE);
  }

  /** In this order, so that a renewal cut short leaves no certificate rather than one of another key. */
  save(name: string, pair: KeyPair): void {
    rmSync(this.#path(name, 'cert.pem'), { force: true });
    writeWhole(this.#path(name, 'key.pem'), pair.key, PRIVATE);
    writeWhole(this.#path(name, 'cert.pem'), pair.cert, PUBLIC);
  }

  /** Drops key, certificate and secret. */
  forget(name: string): void {
    rmSync(this.#path(name, '.'), { recursive: true, force: true });
  }

  /** Every certificate that is there (PEM), by the folder's name. */
  certificates(): ReadonlyMap<string, string> {
    const names = readdirSync(this.#folder).filter((name) =>
      existsSync(join(this.#folder, name, 'cert.pem')),
    );
    return new Map(names.map((name) => [name, readIfThere(join(this.#folder, name, 'cert.pem')) ?? '']));
  }

  #read(name: string, file: string): string | undefined {
    return readIfThere(this.#path(name, file));
  }

  /** Party ids come from outside: nothing but letters, digits, `.`, `_` and `-` stays as it is in a file name. */
  #path(name: string, file: string): string {
    const safe = name.replace(/[^A-Za-z0-9._-]/g, (c) => `%${c.codePointAt(0)?.toString(16) ?? ''}`);
    return join(this.#folder, safe.replace(/^\./, '%2e'), file);
  }
}
