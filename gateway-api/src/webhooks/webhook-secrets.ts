import { isSealed } from '../keystore/secret-seal.js';
import type { SecretSeal } from '../keystore/secret-seal.js';
import type { WebhookTable } from './webhook-database.js';
import { newSecret } from './webhook-signature.js';

/** How long the secret before a rotation signs, too. */
const OVERLAP_MS = 24 * 3_600_000;

type SealedColumns = Pick<WebhookTable, 'secret' | 'previous_secret'>;
type SecretColumns = SealedColumns & Pick<WebhookTable, 'previous_until'>;

/** The secrets of webhooks: sealed in their rows, opened for each signature. */
export class WebhookSecrets {
  readonly #seal: SecretSeal;

  constructor(seal: SecretSeal) {
    this.#seal = seal;
  }

  /** A fresh secret for a webhook, and the columns that keep it; the one before, where there is one, signs for a day more. */
  fresh(id: string, before?: WebhookTable): { readonly secret: string; readonly columns: SecretColumns } {
    const secret = newSecret();
    const previous = before && this.#seal.open(before.secret, id) !== undefined ? before.secret : null;
    const until = previous === null ? null : new Date(Date.now() + OVERLAP_MS).toISOString();
    const columns = { secret: this.#seal.seal(secret, id), previous_secret: previous, previous_until: until };
    return { secret, columns };
  }

  /** The secrets that sign at a moment, the newest first; none where the keystore's key cannot open them. */
  signing({ id, secret, previous_secret, previous_until }: WebhookTable, at: Date): readonly string[] {
    const isPrevious = previous_secret !== null && (previous_until ?? '') > at.toISOString();
    return [secret, ...(isPrevious ? [previous_secret] : [])].flatMap(
      (sealed) => this.#seal.open(sealed, id) ?? [],
    );
  }

  /** A row's secrets, sealed where they are in clear. */
  sealed({ id, secret, previous_secret }: SealedColumns & Pick<WebhookTable, 'id'>): SealedColumns {
    const seal = (text: string): string => (isSealed(text) ? text : this.#seal.seal(text, id));
    return { secret: seal(secret), previous_secret: previous_secret === null ? null : seal(previous_secret) };
  }
}
