import { badUuid, notFound, parameterError } from '../../errors.js';
import type { Answer, Call, Instance, Route } from '../../kind.js';
import { isUuid } from '../../shape.js';
import type { Fields, StoredObject } from '../../store.js';
import { isRecord } from '../normal-text.js';
import { managersOf } from './domains.js';
import { enabledApplications } from './settings.js';

/** Who manages the domain of an e-mail address, for login pages. Source: FusionAuth docs apis/identity-providers, "Lookup". */
export const lookupRoute: Route = {
  method: 'GET',
  path: '/api/identity-provider/lookup',
  endpoint: '/api/identity-provider/lookup',
  scope: 'anonymous',
  handle: lookup,
};

/** Of the tenant that the query names first, and then of all. The domain may be a whole e-mail address. */
function lookup({ query, instance }: Call): Answer {
  const domain = (query.get('domain') ?? '').trim();
  const tenantId = query.get('tenantId') ?? '';
  if (domain === '') throw parameterError('blank', 'domain', 'The domain is required.');
  if (tenantId !== '' && !isUuid(tenantId)) throw badUuid('tenantId', tenantId);
  const managers = managersOf(domain.slice(domain.lastIndexOf('@') + 1), instance).filter((provider) =>
    isFound(provider, instance),
  );
  const own = managers.find((provider) => provider['tenantId'] === tenantId.toLowerCase());
  const found = own ?? managers.find((provider) => provider['tenantId'] === undefined);
  if (found === undefined) throw notFound();
  return { status: 200, body: { identityProvider: detailsOf(found) } };
}

function isFound({ enabled }: StoredObject, { switches }: Instance): boolean {
  return enabled === true || switches.lookupOfDisabled === 'found';
}

/** Source: `LookupResponse` of fusionauth-java-client. */
function detailsOf(provider: StoredObject): Fields {
  const { id, name, tenantId, type, idpEndpoint, oauth2 } = provider;
  return {
    applicationIds: enabledApplications(provider),
    id,
    idpEndpoint,
    name,
    ...(isRecord(oauth2) ? { oauth2: publicOauth2(oauth2, type) } : {}),
    tenantId,
    type,
  };
}

/** Without the secret and the claims; External JWT has no client that authenticates. */
function publicOauth2(oauth2: Fields, type: unknown): Fields {
  const {
    client_secret: _secret,
    emailClaim: _email,
    emailVerifiedClaim: _verified,
    uniqueIdClaim: _uniqueId,
    usernameClaim: _username,
    clientAuthenticationMethod,
    ...rest
  } = oauth2;
  return type === 'ExternalJWT' ? rest : { ...rest, clientAuthenticationMethod };
}
