/** Whether a text has the form of an ISO 3166-1 alpha-2 code. Which codes are in use changes, and is not judged. */
export function isCountryCode(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

/**
 * Whether a text has the form of a UN/LOCODE (UNECE Recommendation 16): country, then three of A-Z and 2-9. Whether the place
 * is in the list is not judged: UNECE publishes a new one twice a year.
 */
export function isUnLocode(text: string): boolean {
  return /^[A-Z]{2}[A-Z2-9]{3}$/.test(text);
}
