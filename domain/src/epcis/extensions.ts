import { isDigest } from '../bytes/digest.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { record, report, text, type Check, type ExtensionCheck, type Fields, type Scope } from './check.js';
import { PSG_LICENCE_PLATE_COMMITMENT, PSG_NAMESPACE, PSG_PREFIX } from './psg.js';
import { isUri } from './values.js';

/** Prefixes that need no declaration: ours, and those that GS1's own context defines. */
const KNOWN_PREFIXES = [PSG_PREFIX, 'epcis', 'cbv', 'cbvmda', 'gs1', 'rdfs', 'owl', 'xsd', 'dcterms'];

/** The prefixes that an event may use: the known ones and those that its `@context` declares. Nothing is loaded. */
export function prefixesOf(event: JsonObject): ReadonlySet<string> {
  const context = event['@context'];
  const parts = context === undefined ? [] : isJsonArray(context) ? context : [context];
  return new Set([...KNOWN_PREFIXES, ...parts.filter(isJsonObject).flatMap((part) => Object.keys(part))]);
}

/** `@context`: a URI, a map from prefixes to namespaces, or a list of these; ours is no other's. */
export const context: Check = (value, pointer, scope) => {
  const parts = isJsonArray(value) ? value : [value];
  parts.forEach((part, index) =>
    contextPart(part, isJsonArray(value) ? `${pointer}/${index}` : pointer, scope),
  );
};

function contextPart(part: JsonValue, pointer: string, scope: Scope): void {
  if (typeof part === 'string') {
    if (!isUri(part)) report(scope, pointer, 'VALUE', 'must be a URI');
  } else if (!isJsonObject(part)) {
    report(scope, pointer, 'TYPE', 'must be a URI or an object of prefixes');
  } else {
    for (const [prefix, namespace] of Object.entries(part)) {
      if ((prefix === PSG_PREFIX) === (namespace === PSG_NAMESPACE)) continue;
      report(
        scope,
        pointerTo(pointer, prefix),
        'VALUE',
        `${PSG_PREFIX} and ${PSG_NAMESPACE} belong together`,
      );
    }
  }
}

const commitment = text('be a commitment of 43 characters: a plate never stands in clear', isDigest);

/** An extension: its name is a URI, or has a prefix that is declared. Its value is the business of whoever wrote it. */
export const extension: ExtensionCheck = (name, value, pointer, scope) => {
  if (name === PSG_LICENCE_PLATE_COMMITMENT || name === `${PSG_NAMESPACE}licencePlateCommitment`) {
    commitment(value, pointer, scope);
  } else if (!hasKnownPrefix(name, scope)) {
    report(scope, pointer, 'UNKNOWN_FIELD', 'is no field here, and no extension with a declared prefix');
  }
};

function hasKnownPrefix(name: string, scope: Scope): boolean {
  const colon = name.indexOf(':');
  if (colon <= 0 || colon === name.length - 1) return false;
  return scope.prefixes.has(name.slice(0, colon)) || /^(?:urn:|https?:\/\/)/.test(name);
}

/** An object with EPCIS fields of its own that may also carry extensions. */
export function extensible(fields: Fields): Check {
  return record(fields, extension);
}
