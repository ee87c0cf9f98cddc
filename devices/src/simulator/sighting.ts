import type { CommitmentSubject, DeviceKind, JsonObject } from '@passage/domain';

/** A device as a voyage needs it: a fixed reader at a place, or any free e-seal of the carrier. */
export interface DeviceNeed {
  readonly kind: DeviceKind;
  /** Party id of its owner. */
  readonly owner: string;
  /** UN/LOCODE; absent for an e-seal, which travels. */
  readonly place?: string;
}

/** What opens a commitment, as JSON: whoever has it can show which value was committed to. Never goes to the ledger. */
export interface KeptOpening extends CommitmentSubject {
  readonly value: string;
  /** 32 bytes in base64url. */
  readonly salt: string;
  /** What stands in the statement, base64url. */
  readonly commitment: string;
}

/** One device saw one shipment at one time. */
export interface Sighting {
  readonly ucr: string;
  /** ISO 8601 UTC, the same as the event's `eventTime`. */
  readonly time: string;
  readonly device: DeviceNeed;
  /** An EPCIS 2.0 ObjectEvent with action OBSERVE. */
  readonly event: JsonObject;
  readonly opening?: KeptOpening;
}
