export { CaClient } from './ca/ca-client.js';
export type { CaServer, CertificateName, IdentityAttribute, IdentityType } from './ca/ca-client.js';
export { certificateRequest } from './ca/certificate-request.js';
export type { CertificateHolder } from './ca/token.js';
export { EnrolmentError } from './errors.js';
export { newKeyPem, pemKey } from './keys/file-key.js';
export { holderOf } from './keys/signing-key.js';
