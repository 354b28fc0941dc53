/** What the instance has before: ten lambdas and ten webhooks that change, ten lambdas that go. */
export const before = `lambdas:
${lines(10, (at) => `  claims-${at}: { name: Claims ${at}, type: JWTPopulate, body: "function populate() { /* 1 */ }" }`)}
${lines(10, (at) => `  gone-${at}: { name: Gone ${at}, type: JWTPopulate, body: "function populate() {}" }`)}
webhooks:
${lines(10, (at) => `  siem-${at}: { url: "https://siem-${at}.acme.test/1", connectTimeout: 1000, readTimeout: 1000, httpAuthenticationPassword: !secret env:SIEM_PASSWORD, httpAuthenticationUsername: siem }`)}`;

/** Sixty changes of it: creates that refer to each other, updates with and without a secret, and deletes. */
export const after = `tenants:
  crew: { name: Crew }
  guests: { name: Guests }
applications:
  web: { name: Web, tenantId: crew, roles: [{ name: admin }, { name: deck }], lambdaConfiguration: { accessTokenPopulateId: new-0 } }
  kiosk: { name: Kiosk, tenantId: guests, roles: [{ name: guest }] }
groups:
  officers: { name: Officers, tenantId: crew, roleIds: [web/admin, web/deck] }
lambdas:
${lines(10, (at) => `  claims-${at}: { name: Claims ${at}, type: JWTPopulate, body: "function populate() { /* 2 */ }" }`)}
${lines(22, (at) => `  new-${at}: { name: New ${at}, type: JWTPopulate, body: "function populate() {}" }`)}
webhooks:
${lines(10, (at) => `  siem-${at}: { url: "https://siem-${at}.acme.test/2", connectTimeout: 1000, readTimeout: 1000, httpAuthenticationPassword: !secret env:SIEM_PASSWORD, httpAuthenticationUsername: siem }`)}
absent:
  lambdas: [${Array.from({ length: 10 }, (_, at) => `gone-${at}`).join(', ')}]`;

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join('\n');
}
