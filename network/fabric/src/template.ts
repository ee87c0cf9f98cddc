/** What a template may name: `${customs.port.peer}` is `values.customs.port.peer`. */
export interface TemplateValues {
  readonly [name: string]: string | number | TemplateValues;
}

/**
 * Fills in `${a.b}`. Text is escaped for a YAML single-quoted scalar (YAML 1.2, 7.3.2): the templates quote every value that
 * may hold more than letters and digits.
 *
 * @throws TypeError for a name that nothing gives: a mistake in the template
 */
export function fill(template: string, values: TemplateValues): string {
  return template.replace(/\$\{([a-zA-Z.]+)\}/g, (_, path: string) => escaped(lookUp(values, path)));
}

function lookUp(values: TemplateValues, path: string): string | number {
  let found: string | number | TemplateValues | undefined = values;
  for (const name of path.split('.')) found = typeof found === 'object' ? found[name] : undefined;
  if (typeof found === 'string' || typeof found === 'number') return found;
  throw new TypeError(`the template names ${path}, which has no value`);
}

function escaped(value: string | number): string {
  return String(value).replaceAll("'", "''");
}
