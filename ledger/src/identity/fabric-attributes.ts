import { decodeUtf8 } from '../codec/index.js';
import { ExtensionOid } from './extensions.js';
import type { Certificate } from './certificate.js';

/**
 * The attributes that Fabric's CA wrote into a certificate: UTF-8 JSON `{"attrs": {name: value}}` in an extension of its
 * own (fabric-ca, lib/attrmgr). Empty where there are none or they are not that.
 */
export function fabricAttributes({ extensions }: Certificate): ReadonlyMap<string, string> {
  const extension = extensions.get(ExtensionOid.FABRIC_ATTRIBUTES);
  const text = extension && decodeUtf8(extension.value);
  const attributes = text === undefined ? undefined : attrsOf(text);
  return new Map(
    Object.entries(attributes ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function attrsOf(text: string): object | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { attrs } = (parsed ?? {}) as { attrs?: unknown };
  return typeof attrs === 'object' && attrs !== null ? attrs : undefined;
}
