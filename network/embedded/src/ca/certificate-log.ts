import { LineFile } from './line-file.js';

/** A certificate that the CA has issued. */
export interface IssuedCertificate {
  /** Serial number, lower-case hex without leading zeros: as fabric-ca writes it. */
  readonly serial: string;
  /** Enrolment id of its owner. */
  readonly id: string;
  /** End of its validity, in milliseconds since 1970. */
  readonly notAfter: number;
  /** Missing in what an earlier version wrote. */
  readonly pem?: string;
}

/** Since when, in milliseconds since 1970, and why: a reason code of RFC 5280 5.3.1. */
export interface Revocation {
  readonly at: number;
  readonly reason: number;
}

type LogLine =
  | { readonly issued: IssuedCertificate }
  | { readonly revoked: string; readonly revocation: Revocation }
  | { readonly disabled: string };

/** What the CA knows of the certificates it has issued, in a file of one JSON line for each event. */
export class CertificateLog {
  readonly #issued = new Map<string, IssuedCertificate>();
  readonly #revoked = new Map<string, Revocation>();
  readonly #disabled = new Set<string>();
  readonly #file: LineFile<LogLine>;

  constructor(path: string) {
    this.#file = new LineFile(path, (line) => {
      this.#take(line);
    });
  }

  find(serial: string): IssuedCertificate | undefined {
    return this.#issued.get(serial);
  }

  issued(): IssuedCertificate[] {
    return [...this.#issued.values()];
  }

  /** Certificates of an identity that count still. */
  inForce(id: string): IssuedCertificate[] {
    return [...this.#issued.values()].filter((one) => one.id === id && !this.#revoked.has(one.serial));
  }

  /** Every revoked certificate, with its revocation. */
  revoked(): (IssuedCertificate & Revocation)[] {
    return [...this.#revoked].flatMap(([serial, revocation]) => {
      const certificate = this.#issued.get(serial);
      return certificate === undefined ? [] : { ...certificate, ...revocation };
    });
  }

  isRevoked(serial: string): boolean {
    return this.#revoked.has(serial);
  }

  /** Whether the identity gets no certificate any more. */
  isDisabled(id: string): boolean {
    return this.#disabled.has(id);
  }

  addIssued(issued: IssuedCertificate): void {
    this.#append({ issued });
  }

  revoke(serial: string, revocation: Revocation): void {
    this.#append({ revoked: serial, revocation });
  }

  disable(id: string): void {
    this.#append({ disabled: id });
  }

  close(): void {
    this.#file.close();
  }

  #append(line: LogLine): void {
    this.#file.append(line);
    this.#take(line);
  }

  #take(line: LogLine): void {
    if ('issued' in line) this.#issued.set(line.issued.serial, line.issued);
    else if ('revoked' in line) this.#revoked.set(line.revoked, line.revocation);
    else this.#disabled.add(line.disabled);
  }
}
