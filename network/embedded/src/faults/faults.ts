import type { OrganizationName } from '../organization-name.js';
import { NO_FAULTS, type DeliveryFault, type FaultState } from './fault-state.js';

/** What is made to go wrong on a running network, for tests. Everything asks here; nobody else knows of faults. */
export class Faults {
  #state: FaultState = NO_FAULTS;
  /** Fires at every change, so that open streams look again. */
  #changed = new AbortController();

  get state(): FaultState {
    return this.#state;
  }

  /** Puts these faults in the place of all earlier ones. */
  set(state: Partial<FaultState>): void {
    this.#state = { ...NO_FAULTS, ...state };
    const before = this.#changed;
    this.#changed = new AbortController();
    before.abort();
  }

  clear(): void {
    this.set(NO_FAULTS);
  }

  isDown(organization: OrganizationName): boolean {
    return this.#state.down.includes(organization);
  }

  /** Whether its peer endorses another answer than the chaincode's. */
  differs(organization: OrganizationName): boolean {
    return this.#state.differing.includes(organization);
  }

  /** Whether anything is wrong with its deliveries. */
  hasDelivery(organization: OrganizationName): boolean {
    return this.#state.delivery[organization] !== undefined;
  }

  deliveryOf(organization: OrganizationName): DeliveryFault {
    return this.#state.delivery[organization] ?? {};
  }

  /** Fires at the next change of faults. */
  get change(): AbortSignal {
    return this.#changed.signal;
  }

  /** Resolves when orderers make blocks. */
  async whenOrdering(): Promise<void> {
    while (this.#state.stalled) await this.nextChange();
  }

  nextChange(): Promise<void> {
    const { change } = this;
    return new Promise((resolve) => {
      change.addEventListener('abort', () => {
        resolve();
      });
    });
  }
}
