import { transportUnit } from '../containment/containment-record.js';
import { decision, type Decision } from '../customs/decision.js';
import { units } from '../customs/hold-record.js';
import { customsResponseCodes, type CustomsResponse } from '../customs/responses.js';
import { list, object } from '../shape/composites.js';
import { ordinal, partyId, reason, sha256Base64url, sha256Hex, timestamp } from '../shape/fields.js';
import { constant, line, oneOf, pattern } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';

export const inspectionKinds = ['documents', 'scan', 'physical'] as const;

export type InspectionKind = (typeof inspectionKinds)[number];

export const inspectionResults = ['conforming', 'non_conforming'] as const;

export type InspectionResult = (typeof inspectionResults)[number];

export const inspectionOutcomes = ['release_recommended', 'hold', 'detain'] as const;

export type Disposition = (typeof inspectionOutcomes)[number];

/** By whom (a pseudonym where it is an officer) and when. */
export type By = { readonly by: string; readonly at: string };

/** The units that are looked at. */
export type Choice = By & { readonly units: readonly string[] };

/** An image of a unit, anchored by what the scanner itself has signed. The image stays where it is. */
export type Image = By & {
  readonly unit: string;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  /** Version of the WCO's Unified File Format that the file is in, as `2.0.0`. */
  readonly uff: string;
  /** The scanner's statement: its key, number, and hash of the statementId (base64url). */
  readonly kid: string;
  readonly seq: number;
  readonly statement: string;
};

/** Which program looked at an image, in which version. */
export type Model = { readonly id: string; readonly version: string };

/** What a program made of an image. */
export type Reading = By & {
  readonly image: string;
  readonly model: Model;
  readonly result: InspectionResult;
};

/** What an officer found. */
export type Opinion = By & { readonly result: InspectionResult; readonly reason: string };

/** What is to become of the goods. */
export type Outcome = By & {
  readonly disposition: Disposition;
  /** The hold or detention that keeps them, and how a message would say it (UN/EDIFACT 7365). */
  readonly hold?: number;
  readonly response?: CustomsResponse;
  readonly reason?: string;
};

/** An order of customs to look at a consignment, and all that came of it. Key `inspection/<ucr>/<number>`, numbers from 1. */
export type InspectionRecord = {
  readonly v: 1;
  readonly ucr: string;
  readonly inspection: number;
  readonly kind: InspectionKind;
  /** Party id of whoever is to carry it out: a terminal, a warehouse; for documents perhaps the declarant. */
  readonly to: string;
  readonly deadline: string;
  readonly ordered: Decision;
  readonly choice?: Choice;
  readonly images: readonly Image[];
  readonly readings: readonly Reading[];
  readonly verdict?: Opinion;
  readonly review?: Opinion;
  readonly outcome?: Outcome;
};

/** The most images of one inspection, and the most readings. */
export const maxImages = 50;

export const model = object<Model>({ id: line(64), version: line(40) }, {});

/** As the WCO numbers its format: two or three numbers with dots. */
export const uffVersion = pattern(
  /^\d{1,3}(?:\.\d{1,3}){1,2}$/,
  'a version of the Unified File Format, as 2.0.0',
);

const by = { by: partyId, at: timestamp } as const;

const opinion = object<Opinion>({ ...by, result: oneOf(inspectionResults), reason }, {});

const image = object<Image>(
  {
    ...by,
    unit: transportUnit,
    sha256: sha256Hex,
    uff: uffVersion,
    kid: sha256Base64url,
    seq: ordinal,
    statement: sha256Base64url,
  },
  {},
);

export const inspectionRecord = object<InspectionRecord>(
  {
    v: constant(1),
    ucr,
    inspection: ordinal,
    kind: oneOf(inspectionKinds),
    to: partyId,
    deadline: timestamp,
    ordered: decision,
    images: list(image, { min: 0, max: maxImages }),
    readings: list(
      object<Reading>({ ...by, image: sha256Hex, model, result: oneOf(inspectionResults) }, {}),
      { min: 0, max: maxImages },
    ),
  },
  {
    choice: object<Choice>({ ...by, units }, {}),
    verdict: opinion,
    review: opinion,
    outcome: object<Outcome>(
      { ...by, disposition: oneOf(inspectionOutcomes) },
      { hold: ordinal, response: oneOf(customsResponseCodes), reason },
    ),
  },
);
