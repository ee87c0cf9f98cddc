/** The node OUs of every organisation, as configtxgen and the peer read them from an MSP folder (F:msp/configbuilder.go). */
export const NODE_OUS = ['client', 'peer', 'admin', 'orderer'] as const;

/** `config.yaml` of an MSP folder with node OUs on. */
export function nodeOusYaml(): string {
  const lines = NODE_OUS.map((unit) => {
    const title = `${unit.charAt(0).toUpperCase()}${unit.slice(1)}OUIdentifier`;
    return `  ${title}:\n    OrganizationalUnitIdentifier: ${unit}`;
  });
  return ['NodeOUs:', '  Enable: true', ...lines, ''].join('\n');
}
