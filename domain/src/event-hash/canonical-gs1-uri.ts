import { digitalLinkOfUri } from './digital-link.js';
import { digitalLinkOfUrn } from './epc-urn.js';

/**
 * The one URI that the event hash uses for a GS1 key (CBV 2.0 section 8.9.2): a Digital Link on id.gs1.org with the finest
 * identification and nothing else. Undefined where the text is neither an EPC URN of a GS1 key nor such a link.
 */
export function canonicalGs1Uri(text: string): string | undefined {
  if (text.startsWith('urn:epc:')) return digitalLinkOfUrn(text);
  return text.startsWith('http') ? digitalLinkOfUri(text) : undefined;
}
