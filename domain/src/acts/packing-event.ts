import { describeEvent } from '../epcis/describe-event.js';
import { unitOfUri } from '../identifiers/transport-unit.js';
import { ucrOfUri } from '../identifiers/ucr.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { entries } from './concern.js';

/** Goods of a consignment among an event's children: all of them, or so many packages. */
export interface GoodsChild {
  readonly ucr: string;
  readonly packages?: number;
  readonly pointer: string;
}

/** A transport unit among an event's children. */
export interface UnitChild {
  readonly unit: string;
  readonly pointer: string;
}

/** What an AggregationEvent says about units and consignments; whatever else it names is its sender's business. */
export interface PackingEvent {
  /** The unit that the children go into or come out of. */
  readonly parent?: string;
  readonly goods: readonly GoodsChild[];
  readonly units: readonly UnitChild[];
  /** The consignments that the children units travel with. */
  readonly ucrs: readonly string[];
}

/** Reads an AggregationEvent, whatever its form: what cannot be read is left out. */
export function readPacking(event: JsonObject): PackingEvent {
  const { parentID } = event;
  const parent = typeof parentID === 'string' ? unitOfUri(parentID) : undefined;
  const children = entries(event['childEPCs']);
  const counted = entries(event['childQuantityList']);
  return {
    ...(parent !== undefined && { parent }),
    goods: [
      ...children.flatMap((child, index) => goodsIn(child, undefined, `/childEPCs/${String(index)}`)),
      ...counted.flatMap((child, index) =>
        isJsonObject(child) ? goodsIn(child['epcClass'], child, `/childQuantityList/${String(index)}`) : [],
      ),
    ],
    units: children.flatMap((child, index) => {
      const unit = typeof child === 'string' ? unitOfUri(child) : undefined;
      return unit === undefined ? [] : [{ unit, pointer: `/childEPCs/${String(index)}` }];
    }),
    ucrs: describeEvent(event).ucrs,
  };
}

function goodsIn(uri: JsonValue | undefined, counted: JsonObject | undefined, pointer: string): GoodsChild[] {
  const ucr = typeof uri === 'string' ? ucrOfUri(uri) : undefined;
  if (ucr === undefined) return [];
  const quantity = counted?.['quantity'];
  return [{ ucr, pointer, ...(typeof quantity === 'number' && { packages: quantity }) }];
}
