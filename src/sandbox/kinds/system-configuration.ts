import { isIP } from 'node:net';

import type { Problem } from '../errors.js';
import { placesAt, valueAt, withValueAt } from '../fields.js';
import type { Instance, Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank } from './normal-text.js';
import { numberProblems } from './rules.js';

/**
 * The settings of the instance as a whole; there is one, always. Sources: FusionAuth docs apis/system; field initialisers
 * and `normalize()` of fusionauth-java-client's `SystemConfiguration` and its parts. A POST, which the list of API
 * endpoints has and the docs do not, is answered 405.
 */
export const systemConfiguration: Kind = {
  name: 'systemConfiguration',
  label: 'System Configuration',
  path: '/api/system-configuration',
  one: 'systemConfiguration',
  many: 'systemConfigurations',
  idParameter: 'systemConfigurationId',
  ids: 'one',
  operations: ['patch', 'read', 'update'],
  scope: 'global',
  shape: 'SystemConfiguration',
  internal: ['id'],
  defaults: systemDefaults,
  normalise: normalSystem,
  validate: systemProblems,
};

function systemDefaults({ switches }: Instance): Fields {
  const yearOld = { delete: { enabled: false, numberOfDaysToRetain: 365 } };
  return {
    auditLogConfiguration: yearOld,
    corsConfiguration: {
      allowCredentials: false,
      allowedHeaders: [],
      allowedMethods: [],
      allowedOrigins: [],
      debug: false,
      enabled: false,
      exposedHeaders: [],
      preflightMaxAgeInSeconds: 0,
    },
    data: {},
    eventLogConfiguration: { numberToRetain: 10_000 },
    loginRecordConfiguration: yearOld,
    trustedProxyConfiguration: { trustPolicy: 'All', trusted: [] },
    uiConfiguration: {},
    usageDataConfiguration: { enabled: switches.usageDataDefault === 'on', numberOfDaysToRetain: 366 },
    webhookEventLogConfiguration: { enabled: true, delete: { enabled: true, numberOfDaysToRetain: 30 } },
  };
}

const methods = 'corsConfiguration.allowedMethods';
const proxies = 'trustedProxyConfiguration.trusted';

function normalSystem(object: Fields, { instance }: Write): Fields {
  const distinct = [...new Set(listAt(object, methods).map(String))];
  const ordered =
    instance.switches.corsMethodOrder === 'lost'
      ? distinct.toSorted((left, right) => (left < right ? -1 : 1))
      : distinct;
  const named = listAt(object, proxies).filter((proxy) => !isBlank(proxy));
  return withValueAt(withValueAt(object, methods, ordered), proxies, named);
}

function listAt(object: Fields, path: string): readonly unknown[] {
  const value = valueAt(object, path);
  return Array.isArray(value) ? value : [];
}

function systemProblems(object: StoredObject): readonly Problem[] {
  const isDeleted = (part: string): boolean => valueAt(object, `${part}.delete.enabled`) === true;
  const retained = ['auditLogConfiguration', 'loginRecordConfiguration', 'webhookEventLogConfiguration']
    .filter((part) => isDeleted(part))
    .map((part) => [`${part}.delete.numberOfDaysToRetain`, { min: 1 }] as const);
  return [
    ...timezoneProblems(object),
    ...numberProblems(object, {
      'corsConfiguration.preflightMaxAgeInSeconds': { min: 0 },
      'eventLogConfiguration.numberToRetain': { min: 1 },
      'usageDataConfiguration.numberOfDaysToRetain': { min: 1 },
      ...Object.fromEntries(retained),
    }),
    ...originProblems(object),
    ...proxyProblems(object),
  ];
}

/** Required, and no text but a zone of the time-zone database or an offset (`java.time.ZoneId`). */
function timezoneProblems({ reportTimezone }: StoredObject): readonly Problem[] {
  const field = 'reportTimezone';
  if (isBlank(reportTimezone)) {
    return [{ field, kind: 'missing', message: 'You must specify the [systemConfiguration.reportTimezone] property.' }];
  }
  if (isTimezone(String(reportTimezone))) return [];
  const message = `Unable to parse JSON. The property [systemConfiguration.${field}] was invalid. The error was [Possible conversion error]. The detailed exception was [Unknown time-zone ID: ${String(reportTimezone)}].`;
  return [{ field, kind: 'invalidJSON', message }];
}

function isTimezone(text: string): boolean {
  if (/^(?:Z|(?:UTC|GMT|UT)?[+-]\d{1,2}(?::?\d{2}){0,2})$/.test(text)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** "If the wildcard * is specified, no additional domains may be specified" (FusionAuth docs apis/system). */
function originProblems(object: StoredObject): readonly Problem[] {
  const field = 'corsConfiguration.allowedOrigins';
  const origins = listAt(object, field);
  if (!origins.includes('*') || origins.length === 1) return [];
  return [{ field, kind: 'invalid', message: 'Beside the origin [*] there can be no other.' }];
}

/** IP addresses and ranges of them; with the policy `All` they are "accepted but ignored" (FusionAuth docs apis/system). */
function proxyProblems(object: StoredObject): readonly Problem[] {
  if (valueAt(object, 'trustedProxyConfiguration.trustPolicy') === 'All') return [];
  return placesAt(object, `${proxies}.*`)
    .filter(({ value }) => !isAddressRange(String(value)))
    .map(({ path, value }) => ({
      field: path,
      kind: 'invalid',
      message: `The trusted proxy [${String(value)}] is neither an IP address nor a range of them in CIDR notation.`,
    }));
}

function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
