export { checkSignature, organisationSignature, organisationsIn, pemOf } from './organisation-signature.js';
export type { OrganisationSignature, SignatureFault, SignatureVerdict } from './organisation-signature.js';
export { signedText } from './signed-text.js';
