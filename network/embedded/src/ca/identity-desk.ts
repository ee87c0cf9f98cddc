import { isRegistrar, isTrue } from './attributes.js';
import { authorizationFailure, CaCode, CaError } from './ca-error.js';
import { CA_NAME, requireName } from './ca-name.js';
import type { AuthorizedRequest } from './caller.js';
import type { CertificateLog } from './certificate-log.js';
import type { IdentityRegistry, RegisteredIdentity } from './identity-registry.js';
import { parseModification } from './request-body.js';

interface Parts {
  readonly registry: IdentityRegistry;
  readonly log: CertificateLog;
  /** Who signed the request. */
  readonly caller: (request: AuthorizedRequest) => RegisteredIdentity;
  /** Does what writes to the register, or says that the disk is full. */
  readonly room: (work: () => void) => Promise<void>;
  readonly now: () => Date;
}

type Answer = Readonly<Record<string, unknown>>;

/** What a registrar may see and change of the identities. Secrets are nobody's to see. */
export class IdentityDesk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Every identity (CA:lib/serveridentities.go, getIDs). */
  identities(request: AuthorizedRequest): Answer {
    this.#requireRegistrar(request, caNameOf(request));
    return { identities: this.#parts.registry.all().map(shown), caname: CA_NAME };
  }

  /** The one that the path names. */
  identity(request: AuthorizedRequest): Answer {
    this.#requireRegistrar(request, caNameOf(request));
    return { ...shown(this.#named(request)), caname: CA_NAME };
  }

  /** Gives it another secret, or lets it use its secret more often (CA:lib/serveridentities.go, processPutRequest). */
  async modify(request: AuthorizedRequest): Promise<Answer> {
    const { caName, secret, maxEnrollments } = parseModification(request.body);
    this.#requireRegistrar(request, caName);
    const { id } = this.#named(request);
    await this.#parts.room(() => {
      this.#parts.registry.change(id, {
        ...(secret !== undefined && { secret }),
        ...(maxEnrollments !== undefined && { maxEnrollments }),
      });
    });
    return { ...shown(this.#named(request)), secret: secret ?? '', caname: CA_NAME };
  }

  /** Certificates of one identity or of all, for registrars and revokers (CA:lib/servercertificates.go). */
  certificates(request: AuthorizedRequest): Answer {
    const { log, now } = this.#parts;
    const caller = this.#parts.caller(request);
    const query = queryOf(request);
    requireName(query.get('ca') ?? '');
    if (!isRegistrar(caller) && !isTrue(caller, 'hf.Revoker')) throw authorizationFailure();
    const id = query.get('id') ?? '';
    const found = log
      .issued()
      .filter((one) => id === '' || one.id === id)
      .filter(({ serial }) => query.get('notrevoked') !== 'true' || !log.isRevoked(serial))
      .filter(({ notAfter }) => query.get('notexpired') !== 'true' || notAfter > now().getTime());
    return { certs: found.flatMap(({ pem }) => (pem === undefined ? [] : [{ PEM: pem }])), caname: CA_NAME };
  }

  #requireRegistrar(request: AuthorizedRequest, caName: string): void {
    const caller = this.#parts.caller(request);
    requireName(caName);
    if (!isRegistrar(caller)) throw authorizationFailure();
  }

  #named({ uri }: AuthorizedRequest): RegisteredIdentity {
    const id = decodeURIComponent(new URL(uri, 'https://ca').pathname.split('/').at(-1) ?? '');
    const identity = this.#parts.registry.get(id);
    if (identity !== undefined) return identity;
    throw new CaError(404, CaCode.NO_SUCH_USER, `Failed to get User '${id}': no such identity`);
  }
}

function shown({ id, type, affiliation, attributes, maxEnrollments }: RegisteredIdentity): object {
  return { id, type, affiliation, attrs: attributes, max_enrollments: maxEnrollments };
}

function queryOf({ uri }: AuthorizedRequest): URLSearchParams {
  return new URL(uri, 'https://ca').searchParams;
}

function caNameOf(request: AuthorizedRequest): string {
  return queryOf(request).get('ca') ?? '';
}
