/** The JSON pointer (RFC 6901) of a member or an element of the value at `parent`; the whole document is ''. */
export function pointerTo(parent: string, child: string | number): string {
  return `${parent}/${String(child).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
