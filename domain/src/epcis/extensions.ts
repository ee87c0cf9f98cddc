import { isDigest } from '../bytes/digest.js';
import { canonicalJson } from '../json/canonical.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/value.js';
import { record, report, text, type Check, type ExtensionCheck, type Fields, type Scope } from './check.js';
import {
  PSG_LICENCE_PLATE_COMMITMENT,
  PSG_NAMESPACE,
  PSG_PREFIX,
  PSG_SIGNED_FOR,
  PSG_TRANSFORMATION,
} from './psg.js';
import { isUri } from './values.js';

/** Prefixes that need no declaration: ours, and those that GS1's own context defines. */
const KNOWN_PREFIXES = [PSG_PREFIX, 'epcis', 'cbv', 'cbvmda', 'gs1', 'rdfs', 'owl', 'xsd', 'dcterms'];

/** GS1's own context: what it declares is known without loading it. */
const EPCIS_CONTEXT =
  /^https:\/\/(?:ref\.gs1\.org\/standards\/epcis|gs1\.github\.io\/EPCIS)\/(?:[0-9.]{1,16}\/)?epcis-context\.jsonld$/;

/** The parts of a `@context`, which may be one or a list. */
export function contextParts(context: JsonValue | undefined): readonly JsonValue[] {
  if (context === undefined) return [];
  return isJsonArray(context) ? context : [context];
}

/**
 * A scope in which a `@context` holds. Nothing is ever loaded: where a context other than GS1's stands as an address, it may
 * declare any prefix, and every prefix is let through.
 */
export function scopeOf(context: JsonValue | undefined): Scope {
  const parts = contextParts(context);
  const elsewhere = parts.some((part) => typeof part === 'string' && !EPCIS_CONTEXT.test(part));
  const declared = new Set([
    ...KNOWN_PREFIXES,
    ...parts.filter(isJsonObject).flatMap((part) => Object.keys(part)),
  ]);
  return { knowsPrefix: (prefix) => elsewhere || declared.has(prefix), violations: [] };
}

/** The scope of a part that adds a `@context` of its own; what is wrong goes into the same list. */
export function innerScope(outer: Scope, context: JsonValue | undefined): Scope {
  if (context === undefined) return outer;
  const inner = scopeOf(context);
  return {
    knowsPrefix: (prefix) => outer.knowsPrefix(prefix) || inner.knowsPrefix(prefix),
    violations: outer.violations,
  };
}

/** `@context`: a URI, a map from prefixes to namespaces, or a list of these, each once; ours is no other's. */
export const context: Check = (value, pointer, scope) => {
  const seen = new Set<string>();
  contextParts(value).forEach((part, index) => {
    const place = isJsonArray(value) ? pointerTo(pointer, index) : pointer;
    contextPart(part, place, scope);
    const spelling = canonicalJson(part);
    if (seen.has(spelling)) report(scope, place, 'VALUE', 'must not be there twice');
    seen.add(spelling);
  });
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
  if (isNamed(name, PSG_LICENCE_PLATE_COMMITMENT)) {
    commitment(value, pointer, scope);
  } else if (isNamed(name, PSG_TRANSFORMATION)) {
    report(scope, pointer, 'UNKNOWN_FIELD', `is a member of a TransformationEvent, as ${PSG_TRANSFORMATION}`);
  } else if (isNamed(name, PSG_SIGNED_FOR)) {
    report(scope, pointer, 'UNKNOWN_FIELD', `is a member of an event, as ${PSG_SIGNED_FOR}`);
  } else if (!hasKnownPrefix(name, scope)) {
    report(scope, pointer, 'UNKNOWN_FIELD', 'is no field here, and no extension with a declared prefix');
  }
};

/** Whether a name is one of our words, as a CURIE or written out. */
function isNamed(name: string, word: string): boolean {
  return name === word || name === PSG_NAMESPACE + word.slice(PSG_PREFIX.length + 1);
}

function hasKnownPrefix(name: string, scope: Scope): boolean {
  const colon = name.indexOf(':');
  if (colon <= 0 || colon === name.length - 1) return false;
  return scope.knowsPrefix(name.slice(0, colon)) || /^(?:urn:|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/.test(name);
}

/** An object that has no fields of its own besides extensions: ILMD, and what stands around events. */
export const extensionsOnly: Check = record({ required: {}, optional: {} }, extension);

/** An object with EPCIS fields of its own and no place for extensions. */
export function closed(fields: Fields): Check {
  return record(fields, (_name, _value, pointer, scope) =>
    report(scope, pointer, 'UNKNOWN_FIELD', 'is no field here, and there is no place for extensions'),
  );
}

/** An object with EPCIS fields of its own that may also carry extensions. */
export function extensible(fields: Fields): Check {
  return record(fields, extension);
}
