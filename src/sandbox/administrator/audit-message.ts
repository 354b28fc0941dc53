import type { Kind } from '../kind.js';
import { isBlank } from '../kinds/normal-text.js';
import type { Fields } from '../store.js';
import type { Switches } from '../switches.js';
import { undocumentedText } from '../undocumented-text.js';

/** What an administrator did to an object. */
export interface AuditedChange {
  readonly method: 'DELETE' | 'PATCH' | 'POST' | 'PUT';
  readonly kind: Kind;
  /** As it is now, or was before it was deleted. */
  readonly object: Fields;
  /** The ids in the path, by the names they have there: `userId`. */
  readonly ids: Readonly<Record<string, string>>;
  /** What the object is a part of, with its kind: the application of a role. */
  readonly owner?: { readonly kind: Kind; readonly object: Fields };
}

const verbs = { DELETE: 'Deleted', PATCH: 'Updated', POST: 'Created', PUT: 'Updated' } as const;

/**
 * The message of the entry. Sources: FusionAuth docs, sample of the event `audit-log.create` (a user who was updated); the
 * tables `audit_logs` of databases that people have published (applications, tenants and groups that were created or
 * updated, a user and an API key that were created, a role that was added); the docs of an Elixir client (a registration
 * that was deleted). All others are made after these:
 * UNVERIFIED (switch undocumentedTexts).
 */
export function auditMessage(
  { method, kind, object, ids, owner }: AuditedChange,
  switches: Pick<Switches, 'undocumentedTexts'>,
): string {
  const verb = verbs[method];
  const { id, name } = object;
  if (owner !== undefined) {
    const preposition = { Created: 'to', Updated: 'of', Deleted: 'from' }[verb];
    return `${verb === 'Created' ? 'Added' : verb} ${called(kind)}${identified(object)} ${preposition} ${called(owner.kind)}${identified(owner.object)}`;
  }
  switch (kind.name) {
    case 'user': {
      const logins = [object['email'], object['username'], object['phoneNumber']];
      const login = `loginId [${logins.filter((value) => typeof value === 'string')[0] ?? 'null'}]`;
      if (verb !== 'Created') return `${verb} the user with Id [${String(id)}] and ${login}`;
      return `Created user with Id [${String(id)}], name [${fullName(object)}] and ${login}`;
    }
    case 'registration':
      return `${verb} user registration for user with Id [${ids['userId']}] and the application with Id [${String(object['applicationId'])}]`;
    case 'apiKey':
      if (verb !== 'Created' || isBlank(object['key']) || object['retrievable'] === false) break;
      return `Created the API key with Id [${String(id)}] and a key ending [*${String(object['key']).slice(-7)}].`;
  }
  return undocumentedText(`${verb} the ${called(kind)}${identified({ id, name })}`, switches);
}

/** The label in the middle of a sentence: `email template`, `API key`. */
function called({ label }: Kind): string {
  return label
    .split(' ')
    .map((word) => (word === word.toUpperCase() ? word : word.toLowerCase()))
    .join(' ');
}

function identified({ id, name }: Fields): string {
  const parts = Object.entries({ Id: id, name }).filter(([, value]) => !isBlank(value));
  return parts.length === 0 ? '' : ` with ${parts.map(([what, value]) => `${what} [${String(value)}]`).join(' and ')}`;
}

/** A user without a name has, in Java, the name `null`. */
function fullName({ fullName: whole, firstName, lastName }: Fields): string {
  if (!isBlank(whole)) return String(whole);
  const parts = [firstName, lastName].filter((part) => !isBlank(part));
  return parts.length === 0 ? 'null' : parts.map(String).join(' ');
}
