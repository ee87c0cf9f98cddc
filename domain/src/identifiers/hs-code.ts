/** Editions of the Harmonized System that a shipment may be coded in, by the year they came into force. */
export const hsEditions = ['2017', '2022'] as const;
export type HsEdition = (typeof hsEditions)[number];

/**
 * Whether a text has the form of a six-digit HS subheading: chapter 01 to 97 without 77, which is reserved (HS
 * Convention, Annex), and a heading of that chapter. Whether the edition has the code is not judged.
 */
export function isHsCode(text: string): boolean {
  if (!/^[0-9]{6}$/.test(text)) return false;
  const chapter = Number(text.slice(0, 2));
  return chapter >= 1 && chapter <= 97 && chapter !== 77 && text.slice(2, 4) !== '00';
}

/** Whether a text names an edition that we know. */
export function isHsEdition(text: string): text is HsEdition {
  return (hsEditions as readonly string[]).includes(text);
}
