import type { EventType } from '@fusionauth/typescript-client';

import { isAtLeast, oldestVersion } from '../version.js';

/** `user.create` and all the others: the values of the client's `EventType`. */
export type EventTypeName = `${EventType}`;

/** What is fixed about a type of event. */
export interface EventFacts {
  /**
   * `tenant`: a tenant switches it on and off. `instance`: it belongs to no tenant and goes to every webhook that takes it.
   * `test`: sent to one webhook on purpose and never by itself.
   */
  readonly scope: 'instance' | 'tenant' | 'test';
  /** Whether webhooks may have a say in what the event is about. */
  readonly transactional: boolean;
  /** The version that brought it, if the sandbox can be an older one. */
  readonly since?: string;
}

const asked: EventFacts = { scope: 'tenant', transactional: true };
const told: EventFacts = { scope: 'tenant', transactional: false };
const system: EventFacts = { scope: 'instance', transactional: false };

/**
 * Every type of event. Sources: fusionauth-java-client, `InstanceEvent` and `NonTransactionalEvent`, which the classes of
 * the events implement; for what is newer than that client, FusionAuth docs extend/events-and-webhooks/events, where each
 * page says scope, transaction compatibility and version.
 */
const facts: Readonly<Record<EventTypeName, EventFacts>> = {
  'audit-log.create': system,
  'entity.create': { ...asked, since: '1.69' },
  'entity.create.complete': { ...told, since: '1.69' },
  'entity.delete': { ...asked, since: '1.69' },
  'entity.delete.complete': { ...told, since: '1.69' },
  'entity.update': { ...asked, since: '1.69' },
  'entity.update.complete': { ...told, since: '1.69' },
  'event-log.create': system,
  'group.create': asked,
  'group.create.complete': told,
  'group.delete': asked,
  'group.delete.complete': told,
  'group.member.add': asked,
  'group.member.add.complete': told,
  'group.member.remove': asked,
  'group.member.remove.complete': told,
  'group.member.update': asked,
  'group.member.update.complete': told,
  'group.update': asked,
  'group.update.complete': told,
  'jwt.public-key.update': asked,
  'jwt.refresh': asked,
  'jwt.refresh-token.revoke': asked,
  'kickstart.success': system,
  test: { scope: 'test', transactional: false },
  'user.action': asked,
  'user.bulk.create': asked,
  'user.create': asked,
  'user.create.complete': told,
  'user.deactivate': asked,
  'user.delete': asked,
  'user.delete.complete': told,
  'user.email.update': told,
  'user.email.verified': asked,
  'user.identity-provider.link': told,
  'user.identity-provider.unlink': told,
  'user.identity.update': { ...asked, since: '1.59' },
  'user.identity.verified': { ...asked, since: '1.59' },
  'user.login.failed': asked,
  'user.login.new-device': asked,
  'user.login.success': asked,
  'user.login.suspicious': asked,
  'user.loginId.duplicate.create': told,
  'user.loginId.duplicate.update': told,
  'user.password.breach': asked,
  'user.password.reset.send': told,
  'user.password.reset.start': told,
  'user.password.reset.success': told,
  'user.password.update': told,
  'user.reactivate': asked,
  'user.registration.create': asked,
  'user.registration.create.complete': told,
  'user.registration.delete': asked,
  'user.registration.delete.complete': told,
  'user.registration.update': asked,
  'user.registration.update.complete': told,
  'user.registration.verified': asked,
  'user.two-factor.challenge': { ...told, since: '1.68' },
  'user.two-factor.failed-attempt': { ...told, since: '1.68' },
  'user.two-factor.method.add': told,
  'user.two-factor.method.remove': told,
  'user.two-factor.success': { ...told, since: '1.68' },
  'user.update': asked,
  'user.update.complete': told,
};

const byType: ReadonlyMap<string, EventFacts> = new Map(Object.entries(facts));

/** What is fixed about a type; undefined for a text that is none. */
export function factsOf(type: string): EventFacts | undefined {
  return byType.get(type);
}

/** The types that a version of FusionAuth has, in alphabetical order. */
export function eventTypesOf(version: string): readonly string[] {
  return [...byType].filter(([, { since = oldestVersion }]) => isAtLeast(version, since)).map(([type]) => type);
}
