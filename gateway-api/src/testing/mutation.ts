/** The text of a mutation that takes `input`, by the convention that `doThis` takes a `DoThisInput`. */
export function mutation(name: string, fields: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
}
