const TO_ESCAPE = /[~/]/;

/** The JSON pointer (RFC 6901) of a member or an element of the value at `parent`; the whole document is ''. */
export function pointerTo(parent: string, child: string | number): string {
  // Hardly any member has such a name, and pointers are made of all that are read.
  if (typeof child === 'number' || !TO_ESCAPE.test(child)) return `${parent}/${child}`;
  return `${parent}/${child.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
