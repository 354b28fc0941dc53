import type { World } from '../../contract/resources.js';

interface Sample {
  /** The sample below `astro/src/content/json`. */
  readonly sample: string;
  /** What it has. */
  readonly what: string;
  /** Who says that it is wrong. */
  readonly source: string;
  readonly call: string;
  readonly ofTenant?: true;
  readonly body: (world: World, n: number) => object;
}

/** A mistake of the documentation: the fields that are refused for it, or what an answer does not have. */
export type DocumentedError = Sample & Answered;

type Answered =
  | { readonly answer: 'refused'; readonly fields: readonly string[] }
  | { readonly answer: 'ignored'; readonly ignored: string };

const tenant = (what: string, source: string, fields: object, answer: Answered): DocumentedError => ({
  sample: 'tenants/request.json',
  what,
  source,
  call: 'POST /api/tenant',
  body: (_, n) => ({ tenant: { name: `Mistaken fleet ${n}`, ...fields } }),
  ...answer,
});

const ignored = (name: string): Answered => ({ answer: 'ignored', ignored: `"${name}"` });
const refused = (...fields: readonly string[]): Answered => ({ answer: 'refused', fields });

const simple = (name: string, value: unknown, source: string, answer: Answered): DocumentedError => ({
  sample: 'themes/simple-request.json',
  what: `variables.${name}`,
  source,
  call: 'POST /api/theme',
  body: ({ defaultMessages }, n) => ({
    theme: { defaultMessages, name: `Mistaken look ${n}`, type: 'simple', variables: { [name]: value } },
  }),
  ...answer,
});

const variables = 'SimpleThemeVariables of the client libraries and of the OpenAPI file';

/** By name, every field of a sample that the documentation's own text, the client library or the schema has otherwise. */
export const documentedErrors: readonly DocumentedError[] = [
  tenant(
    'webhookIds in the tenant',
    'docs apis/tenants: `webhookIds` stands beside the tenant',
    { webhookIds: ['00000000-0000-4000-8000-000000000042'] },
    ignored('webhookIds'),
  ),
  tenant(
    'emailConfiguration.properties as an object',
    'docs apis/tenants: a String, one property a line',
    { emailConfiguration: { properties: { key: 'value' } } },
    refused('tenant.emailConfiguration.properties'),
  ),
  tenant(
    'completionTokenTimeToLiveInSeconds',
    'ExternalIdentifierConfiguration, which has no such field',
    { externalIdentifierConfiguration: { completionTokenTimeToLiveInSeconds: 1800 } },
    ignored('completionTokenTimeToLiveInSeconds'),
  ),
  tenant(
    'FormField where no one is gated',
    'docs apis/tenants: FormField needs the unverified behavior Gated',
    { emailConfiguration: { unverified: { behavior: 'Allow' }, verificationStrategy: 'FormField' } },
    refused('tenant.emailConfiguration.verificationStrategy'),
  ),
  {
    sample: 'lambdas/response.json',
    what: 'enabled',
    source: 'Lambda: `enabled` is `@JsonIgnore`',
    call: 'PUT /api/lambda/{samlLambdaId}',
    body: (_, n) => ({ lambda: { body: 'function reconcile() {}', enabled: true, name: `Mistaken lambda ${n}` } }),
    ...ignored('enabled'),
  },
  {
    sample: 'themes/request.json',
    what: 'messages of one line',
    source: 'docs apis/themes: the default messages must have every key',
    call: 'POST /api/theme',
    body: (_, n) => ({
      theme: { defaultMessages: 'title=Login', name: `Mistaken look ${n}`, templates: { index: '[#ftl/]' } },
    }),
    ...refused('theme.defaultMessages'),
  },
  simple('backgroundImageUrl', 'https://acme.test/sea.png', variables, ignored('backgroundImageUrl')),
  simple('logoImageUrl', 'https://acme.test/anchor.png', variables, ignored('logoImageUrl')),
  simple('backgroundRepeat', 'no-repeat', variables, ignored('backgroundRepeat')),
  simple('logoImageDisplay', 'flex', variables, ignored('logoImageDisplay')),
  simple('footerDisplay', 'flex', `${variables}: a boolean`, refused('theme.variables.footerDisplay')),
  {
    sample: 'integrations/response.json',
    what: 'twilio',
    source: 'Integrations, which has had messengers instead since 1.26',
    call: 'PUT /api/integration',
    body: () => ({ integrations: { twilio: { accountSID: 'AC0', authToken: 'a secret', enabled: true } } }),
    ...ignored('twilio'),
  },
];
